package health.carryover.platform.library;

import health.carryover.clinical.exercise.Exercise;
import health.carryover.platform.library.ExerciseReader.Phrases;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The exercises that are known: the built-in ones from the files beside this class, and what a clinic adds. */
public final class ExerciseLibrary {
    private final Map<String, Exercise> byCode;
    private final Phrases general;

    private ExerciseLibrary(Map<String, Exercise> byCode, Phrases general) {
        this.byCode = Collections.unmodifiableMap(byCode);
        this.general = general;
    }

    /** The built-in library. */
    public static ExerciseLibrary builtIn() {
        return read(LibraryFiles.builtIn());
    }

    /**
     * Reads a library that stands alone.
     * @throws InvalidLibraryException naming file, row and column of all that is wrong
     */
    public static ExerciseLibrary read(LibraryFiles files) {
        var reader = new ExerciseReader(Set.of(), new Phrases());
        Map<String, Exercise> exercises = reader.read(files);
        return new ExerciseLibrary(exercises, reader.general());
    }

    /**
     * This library and a clinic's own exercises after it. They bring their own checks and phrases, use the general
     * phrases of this library where they bring none, and change nothing of what is here.
     * @throws InvalidLibraryException naming file, row and column of all that is wrong, such as a code that is taken
     */
    public ExerciseLibrary plus(LibraryFiles files) {
        Map<String, Exercise> all = new LinkedHashMap<>(byCode);
        all.putAll(new ExerciseReader(codes(), general).read(files));
        return new ExerciseLibrary(all, general);
    }

    public Optional<Exercise> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** In the order of the files. */
    public Collection<Exercise> all() {
        return byCode.values();
    }

    public Set<String> codes() {
        return byCode.keySet();
    }
}
