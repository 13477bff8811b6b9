package dev.hone.torch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/// OpenBLAS' `sgemm` straight on Java arrays. It is the copy of the library that libtorch computes with.
final class OpenBlas implements MatrixProduct {
    private static final int ROW_MAJOR = 101;
    private static final int AS_IT_IS = 111;

    /// Protects OpenBLAS' process-wide thread count: samplers (many at a time) need 1, training alone needs all. Its
    /// kernels, and so the bits, depend on that count.
    private static final ReadWriteLock THREAD_COUNT = new ReentrantReadWriteLock(true);

    /// Loaded when first used, and kept: a native library is never unloaded.
    private static final class Native {
        static final MethodHandle SGEMM;
        static final MethodHandle SET_THREADS;

        static {
            try {
                SymbolLookup library = library();
                SGEMM = handle(
                        library,
                        "cblas_sgemm",
                        FunctionDescriptor.ofVoid(
                                JAVA_INT,
                                JAVA_INT,
                                JAVA_INT,
                                JAVA_INT,
                                JAVA_INT,
                                JAVA_INT,
                                JAVA_FLOAT,
                                ADDRESS,
                                JAVA_INT,
                                ADDRESS,
                                JAVA_INT,
                                JAVA_FLOAT,
                                ADDRESS,
                                JAVA_INT),
                        Linker.Option.critical(true));
                SET_THREADS = handle(library, "openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
            } catch (IOException broken) {
                throw Fault.storage("cannot unpack OpenBLAS", broken);
            }
        }

        @SuppressWarnings("restricted")
        private static SymbolLookup library() throws IOException {
            Loader.load(openblas_nolapack.class);
            String resource = "/org/bytedeco/openblas/" + Loader.getPlatform() + "/" + System.mapLibraryName("openblas")
                    + (Loader.getPlatform().startsWith("linux") ? ".0" : "");
            Path file = Loader.cacheResource(openblas_nolapack.class, resource).toPath();
            return SymbolLookup.libraryLookup(file, Arena.global());
        }

        @SuppressWarnings("restricted")
        private static MethodHandle handle(
                SymbolLookup library, String name, FunctionDescriptor type, Linker.Option... options) {
            return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type, options);
        }
    }

    /// Work during which the thread count must not change.
    interface Work<T> {
        T run();
    }

    /// Runs work that calls [#multiply], at the same time as other such work.
    static <T> T oneThreadEach(Work<T> work) {
        THREAD_COUNT.readLock().lock();
        try {
            setThreads(1);
            return work.run();
        } finally {
            THREAD_COUNT.readLock().unlock();
        }
    }

    /// Runs work alone, with libtorch's products on so many threads.
    static <T> T alone(int threads, Work<T> work) {
        THREAD_COUNT.writeLock().lock();
        try {
            setThreads(threads);
            return work.run();
        } finally {
            THREAD_COUNT.writeLock().unlock();
        }
    }

    private static void setThreads(int count) {
        try {
            Native.SET_THREADS.invokeExact(count);
        } catch (Throwable broken) {
            throw new IllegalStateException("openblas_set_num_threads failed", broken);
        }
    }

    @Override
    public void multiply(float[] weights, int out, int in, float[] columns, float[] result, int width) {
        MemorySegment w = MemorySegment.ofArray(weights);
        MemorySegment x = MemorySegment.ofArray(columns);
        MemorySegment y = MemorySegment.ofArray(result);
        try {
            for (int from = 0; from < width; from += PANEL) {
                Native.SGEMM.invokeExact(
                        ROW_MAJOR,
                        AS_IT_IS,
                        AS_IT_IS,
                        out,
                        PANEL,
                        in,
                        1f,
                        w,
                        in,
                        x.asSlice(4L * from),
                        width,
                        0f,
                        y.asSlice(4L * from),
                        width);
            }
        } catch (Throwable broken) {
            throw new IllegalStateException("cblas_sgemm failed", broken);
        }
    }
}
