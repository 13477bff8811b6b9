package dev.hone.torch.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.hone.torch.device.LibraryPages;
import dev.hone.torch.device.Libtorch;
import dev.hone.torch.file.Fault;
import dev.hone.torch.setting.Dtype;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/// The micro-kernel of libtorch's own fused attention (`at::native::cpublas::brgemm`, oneDNN underneath): machine code
/// made for each shape when it is first asked for, called without a detour through a tensor.
///
/// It computes on the calling thread, every element as one sum over `k` in order, so rows do not see each other.
/// [#treatsAlike] checks that on the machine at hand before anything relies on it.
public record Brgemm(Dtype dtype) implements RowProduct {

    private static final int TRIALS = 40;
    private static final FunctionDescriptor TYPE = FunctionDescriptor.ofVoid(
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_LONG,
            JAVA_BOOLEAN,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_BOOLEAN);

    // Found when this class is first used, and kept: a native library is never unloaded. Constants, so that the
    // compiler sees through the calls.
    private static final Set<Dtype> THERE = EnumSet.noneOf(Dtype.class);
    private static final MethodHandle FLOAT32;
    private static final MethodHandle BFLOAT16;

    static {
        SymbolLookup library = library();
        FLOAT32 = handle(library, Dtype.FLOAT32, "PKfS3_Pfb");
        BFLOAT16 = handle(library, Dtype.BFLOAT16, "PKN3c108BFloat16ES5_Pfb");
    }

    /// libtorch, on Linux without the part that Java's classes for it need, which is for learning only and takes 30 MB.
    @SuppressWarnings("restricted")
    private static SymbolLookup library() {
        String name = System.mapLibraryName("torch_cpu");
        if (Libtorch.isForCuda() || !Loader.getPlatform().startsWith("linux")) {
            return SymbolLookup.libraryLookup(Libtorch.folder().resolve(name), Arena.global());
        }
        try {
            Loader.load(openblas_nolapack.class);
            opened("libgomp.so.1");
            opened("libc10.so");
            SymbolLookup library = opened(name);
            LibraryPages.giveBack(unpacked(name));
            return library;
        } catch (IOException broken) {
            throw Fault.storage("cannot unpack libtorch", broken);
        }
    }

    /// Libraries opened later find it by its name.
    @SuppressWarnings("restricted")
    private static SymbolLookup opened(String file) throws IOException {
        return SymbolLookup.libraryLookup(unpacked(file), Arena.global());
    }

    private static Path unpacked(String file) throws IOException {
        String resource = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/" + file;
        return Loader.cacheResource(torch.class, resource).toPath();
    }

    /// By its C++ name: six `int64_t`, which are `long` (l) or `long long` (x), a `bool`, then what differs.
    @SuppressWarnings("restricted")
    private static MethodHandle handle(SymbolLookup library, Dtype dtype, String rest) {
        String start = "_ZN2at6native7cpublas6brgemmE";
        var function = library.find(start + "llllllb" + rest).or(() -> library.find(start + "xxxxxxb" + rest));
        if (function.isEmpty()) {
            return MethodHandles.empty(TYPE.toMethodType());
        }
        THERE.add(dtype);
        return Linker.nativeLinker().downcallHandle(function.get(), TYPE, Linker.Option.critical(true));
    }

    /// The fastest product that this machine has for these numbers.
    public static RowProduct of(Dtype dtype) {
        return THERE.contains(dtype) ? new Brgemm(dtype) : new RowProduct.Plain(dtype);
    }

    @Override
    public void multiply(
            int m,
            int n,
            int k,
            MemorySegment left,
            int leftStride,
            MemorySegment right,
            MemorySegment result,
            int resultStride,
            boolean add) {
        try {
            if (dtype == Dtype.BFLOAT16) {
                BFLOAT16.invokeExact(
                        (long) m,
                        (long) n,
                        (long) k,
                        (long) leftStride,
                        (long) n,
                        (long) resultStride,
                        add,
                        left,
                        right,
                        result,
                        true);
            } else {
                FLOAT32.invokeExact(
                        (long) m,
                        (long) n,
                        (long) k,
                        (long) leftStride,
                        (long) n,
                        (long) resultStride,
                        add,
                        left,
                        right,
                        result,
                        false);
            }
        } catch (Throwable broken) {
            throw new IllegalStateException("brgemm failed", broken);
        }
    }

    /// Whether a number comes out the same however many rows and columns are computed with it.
    ///
    /// @param heights numbers of rows, the largest last
    /// @param widths numbers of columns, the largest last
    /// @param k even
    public static boolean treatsAlike(RowProduct product, int[] heights, int[] widths, int k) {
        int tallest = heights[heights.length - 1];
        int widest = widths[widths.length - 1];
        float[] rows = wave(tallest * k);
        float[] columns = wave(widest * k);
        Inputs left = Inputs.of(product.dtype(), tallest * k);
        left.set(0, rows, 0, rows.length);
        float[] all = product(product, tallest, widest, k, left.segment(), packed(product, widest, k, columns));
        for (int width : widths) {
            Inputs right = packed(product, width, k, columns);
            for (int height : heights) {
                int from = tallest - height;
                MemorySegment some =
                        left.segment().asSlice((long) from * k * product.dtype().bytes());
                float[] part = product(product, height, width, k, some, right);
                for (int row = 0; row < height; row++) {
                    int whole = (from + row) * widest;
                    if (!Arrays.equals(part, row * width, (row + 1) * width, all, whole, whole + width)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static float[] wave(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) Math.sin(i * 0.7) / (1 + i % 13);
        }
        return numbers;
    }

    /// The first `n` of `columns`, `[n][k]`, as a right-hand side.
    private static Inputs packed(RowProduct product, int n, int k, float[] columns) {
        float[] packed = new float[n * k];
        for (int column = 0; column < n; column++) {
            for (int i = 0; i < k; i++) {
                packed[product.offset(i, column, n)] = columns[column * k + i];
            }
        }
        Inputs right = Inputs.of(product.dtype(), n * k);
        right.set(0, packed, 0, n * k);
        return right;
    }

    private static float[] product(RowProduct product, int m, int n, int k, MemorySegment left, Inputs right) {
        float[] result = new float[m * n];
        product.multiply(m, n, k, left, k, right.segment(), MemorySegment.ofArray(result), n, false);
        return result;
    }

    /// The numbers that it multiplies faster on this machine; bfloat16 must win clearly, because it is less exact.
    /// Takes a few hundredths of a second.
    public static Dtype fastest() {
        double single = nanos(of(Dtype.FLOAT32));
        return nanos(of(Dtype.BFLOAT16)) * 1.3 < single ? Dtype.BFLOAT16 : Dtype.FLOAT32;
    }

    private static double nanos(RowProduct product) {
        int inner = 512;
        Inputs left = Inputs.of(product.dtype(), PackedMatrix.ROWS * inner);
        Inputs right = Inputs.of(product.dtype(), PackedMatrix.BLOCK * inner);
        MemorySegment result = MemorySegment.ofArray(new float[PackedMatrix.ROWS * PackedMatrix.BLOCK]);
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < TRIALS; trial++) {
            long start = System.nanoTime();
            product.multiply(
                    PackedMatrix.ROWS,
                    PackedMatrix.BLOCK,
                    inner,
                    left.segment(),
                    inner,
                    right.segment(),
                    result,
                    PackedMatrix.BLOCK,
                    false);
            best = Math.min(best, (double) (System.nanoTime() - start));
        }
        return best;
    }
}
