package dev.hone.torch.learn;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.hone.torch.file.Fault;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/// OpenBLAS, which multiplies float32 matrices for libtorch, kept to the thread that asks.
///
/// Its own threads and libtorch's would wait for each other, spinning, and the bits of a product
/// depend on their number. Work is shared out by whole sequences instead, to threads of Java's.
final class OpenBlas {
    private OpenBlas() {}

    /// Loaded when first used, and kept: a native library is never unloaded.
    private static final class Native {
        static {
            try {
                for (Path file : files()) {
                    handle(library(file), "openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT))
                            .invokeExact(1);
                }
            } catch (IOException broken) {
                throw Fault.storage("cannot unpack OpenBLAS", broken);
            } catch (Throwable broken) {
                throw new IllegalStateException("openblas_set_num_threads failed", broken);
            }
        }

        /// Loads this class.
        static void load() {}

        /// Where the loader put the library. Some platforms get a second copy of it, under the name of a smaller
        /// library; which of the two libtorch computes with depends on the order of loading.
        private static List<Path> files() throws IOException {
            Loader.load(openblas_nolapack.class);
            String suffix = Loader.getPlatform().startsWith("linux") ? ".0" : "";
            String resource =
                    "/org/bytedeco/openblas/" + Loader.getPlatform() + "/" + System.mapLibraryName("openblas") + suffix;
            Path file = Loader.cacheResource(openblas_nolapack.class, resource).toPath();
            Path second = file.resolveSibling(System.mapLibraryName("openblas_nolapack") + suffix);
            return Files.exists(second) ? List.of(file, second) : List.of(file);
        }

        @SuppressWarnings("restricted")
        private static SymbolLookup library(Path file) {
            return SymbolLookup.libraryLookup(file, Arena.global());
        }

        @SuppressWarnings("restricted")
        private static MethodHandle handle(
                SymbolLookup library, String name, FunctionDescriptor type, Linker.Option... options) {
            return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type, options);
        }
    }

    /// From now on every product of this process is computed on the thread that asks for it.
    static void computeOnTheCallersThread() {
        Native.load();
    }
}
