package io.zipmap.archive;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binding to the inflate functions of Intel's ISA-L 2.31 ({@code igzip_lib.h}), in the library that Intel's GKL ships
 * for Linux x86-64. The library is loaded once per process, on first use, from a temporary file that is deleted at
 * once.
 */
final class Isal {
    private static final String MACHINE = "linux-x86-64";
    private static final String LIBRARY = "/com/intel/gkl/native/libgkl_compression.so";

    private Isal() {}

    /** The reason why the library is not available on this machine; empty if it is. Loads the library. */
    static Optional<String> unavailable() {
        return Optional.ofNullable(Loaded.FAILURE);
    }

    /** @param state a {@code struct inflate_state} */
    static native void isal_inflate_init(Pointer state);

    /** @return negative if the stream is damaged */
    static native int isal_inflate(Pointer state);

    private static final class Loaded {
        static final @Nullable String FAILURE = load();

        private static @Nullable String load() {
            if (!Platform.RESOURCE_PREFIX.equals(MACHINE)) {
                return "this machine is " + Platform.RESOURCE_PREFIX + ", the library is for " + MACHINE;
            }
            try {
                Path file = Files.createTempFile("zipmap-isal", ".so");
                try {
                    copy(file);
                    Native.register(Isal.class, NativeLibrary.getInstance(file.toString()));
                } finally {
                    Files.delete(file);
                }
                return null;
            } catch (IOException | LinkageError e) {
                // No space or no execute permission in the temporary folder, or a C library other than glibc.
                return e.toString();
            }
        }

        private static void copy(Path file) throws IOException {
            try (InputStream library = Isal.class.getResourceAsStream(LIBRARY)) {
                if (library == null) {
                    throw new FileNotFoundException(LIBRARY);
                }
                Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
