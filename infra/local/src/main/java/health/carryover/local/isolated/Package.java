package health.carryover.local.isolated;

import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What one function is made of, unpacked as Lambda would: its zip under {@code /var/task}, its layer's {@code java/lib}.
 * The runtime looks for the layer in {@code /opt/java/lib}, which does not exist here, so it lies in the {@code lib} of
 * the task root, where the runtime's class loader looks as well.
 *
 * @param zip the function's own
 * @param taskRoot classes, and jars in {@code lib}
 */
public record Package(String function, String handler, Path zip, Path taskRoot) {
    /** A zip that the template names and that is not built. */
    public static final class NotBuilt extends Exception {
        private static final long serialVersionUID = 1;

        NotBuilt(Path zip) {
            super(zip + " is not there; ./carryover build makes it");
        }
    }

    /** Where a function's code and its layer lie, as the template says; nothing for an image. */
    public static Optional<List<Path>> zips(Path home, Template template, Resource function) {
        String code = function.text("CodeUri");
        if (code == null) return Optional.empty();
        List<Path> zips = new ArrayList<>(List.of(home.resolve(code)));
        for (Resource layer : template.ofType("AWS::Serverless::LayerVersion"))
            function.at("Layers").forEach(used -> {
                if (used.asText().equals(layer.ref())) zips.add(home.resolve(layer.text("ContentUri", "")));
            });
        return Optional.of(zips);
    }

    /** @param into a folder that is new, or that an earlier call filled from the same zips */
    public static Package unpack(Path home, Template template, Resource function, Path into) throws NotBuilt {
        List<Path> zips = zips(home, template, function)
                .orElseThrow(() -> new IllegalArgumentException(function.id() + " has no zip"));
        for (Path zip : zips) if (!Files.exists(zip)) throw new NotBuilt(home.relativize(zip));
        try {
            Path layers = into.resolve("layer");
            for (Path layer : zips.subList(1, zips.size())) if (!Files.exists(layers)) unzip(layer, layers);
            Path taskRoot = into.resolve(function.id());
            unzip(zips.getFirst(), taskRoot);
            Path lib = Files.createDirectories(taskRoot.resolve("lib"));
            for (Path jar : jars(layers.resolve("java/lib")))
                Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar.toAbsolutePath());
            return new Package(function.id(), function.text("Handler", ""), zips.getFirst(), taskRoot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jars of the layer, in the order in which the runtime's class loader takes them. */
    public List<Path> jars() {
        return jars(taskRoot.resolve("lib"));
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unzip(Path zip, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) throw new IOException("an entry of " + zip + " leaves its folder");
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                try (InputStream content = file.getInputStream(entry)) {
                    Files.copy(content, target);
                }
            }
        }
    }
}
