package health.carryover.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.stepfunctions.Conformance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./carryover asl}: state-machine conformance cases against our interpreter. */
@Command(
        name = "asl",
        mixinStandardHelpOptions = true,
        description = {
            "Runs state-machine conformance cases on the local interpreter and compares with what AWS recorded.",
            "Prints each failed case with its first difference, then 'N passed, N failed'. Exit code 1 when one failed."
        })
final class AslCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "case files, or folders with case files (*.json)")
    private List<Path> paths = List.of();

    @Option(
            names = "--json",
            description = "print one JSON document: passed, failed, cases with name, passed, difference")
    private boolean json;

    private record Result(String name, @Nullable String difference) {
        boolean passed() {
            return difference == null;
        }
    }

    @Override
    public Integer call() {
        List<Result> results = files().stream().map(this::run).toList();
        long failed = results.stream().filter(result -> !result.passed()).count();
        PrintWriter out = spec().commandLine().getOut();
        if (json) out.println(document(results, failed));
        else {
            for (Result result : results)
                if (!result.passed()) out.println("FAILED " + result.name() + ": " + result.difference());
            out.println(results.size() - failed + " passed, " + failed + " failed");
        }
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.exists(path)) throw bad("there is no " + path, null);
            try (Stream<Path> found = Files.walk(path)) {
                found.filter(file -> file.equals(path)
                                ? Files.isRegularFile(file)
                                : file.toString().endsWith(".json"))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw bad(path + " cannot be read: " + e.getMessage(), e);
            }
        }
        if (files.isEmpty()) throw bad("no case file (*.json) in " + paths, null);
        return files;
    }

    private Result run(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
        try {
            Optional<String> difference = Conformance.firstDifference(Files.readString(file));
            return new Result(name, difference.orElse(null));
        } catch (IllegalArgumentException | IOException e) {
            throw bad(file + ": " + e.getMessage(), e);
        }
    }

    private static String document(List<Result> results, long failed) {
        ObjectNode document = new JsonMapper().createObjectNode();
        document.put("passed", results.size() - failed).put("failed", failed);
        for (Result result : results) {
            document.withArray("cases")
                    .addObject()
                    .put("name", result.name())
                    .put("passed", result.passed())
                    .put("difference", result.difference());
        }
        return document.toString();
    }

    private ParameterException bad(String message, @Nullable Throwable cause) {
        return new ParameterException(spec().commandLine(), message, cause);
    }

    private CommandSpec spec() {
        if (spec == null) throw new IllegalStateException("called outside picocli");
        return spec;
    }
}
