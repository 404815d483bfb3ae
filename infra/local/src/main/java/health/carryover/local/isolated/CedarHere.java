package health.carryover.local.isolated;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The one thing that a layer for another processor cannot bring to this machine: Cedar's native library. The layer holds
 * the one of linux-arm64, which is deployed; elsewhere Cedar is pointed at the same version's library for this machine,
 * from the command line's own class path.
 */
final class CedarHere {
    /** Cedar loads what this environment variable names. */
    static final String VARIABLE = "CEDAR_JAVA_FFI_LIB";

    private CedarHere() {}

    /** @return whether the layer's own library runs here */
    static boolean isDeployedPlatform() {
        return System.getProperty("os.name").equals("Linux") && processor().equals("aarch64");
    }

    private static String processor() {
        return System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    }

    /** Unpacks the library of this machine. */
    static Path unpack(Path folder) {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        String name = mac ? "libcedar_java_ffi.dylib" : "libcedar_java_ffi.so";
        String resource = "/jne/" + (mac ? "macos" : "linux") + "/" + processor() + "/" + name;
        Path file = folder.resolve(name);
        try (InputStream content = CedarHere.class.getResourceAsStream(resource)) {
            if (content == null) throw new IllegalStateException("Cedar has no library for this machine: " + resource);
            if (!Files.exists(file)) Files.copy(content, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
