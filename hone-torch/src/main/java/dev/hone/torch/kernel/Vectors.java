package dev.hone.torch.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// Arithmetic on stretches of float32 arrays, strict and in a fixed order.
///
/// The loops have the form that the compiler turns into vector instructions: one array element a pass, equal indices.
public final class Vectors {
    private Vectors() {}

    /// `sum x^2`, in eight sums that are added at the end.
    static float squares(float[] x, int at, int count) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        int i = at;
        for (; i + 8 <= at + count; i += 8) {
            a += x[i] * x[i];
            b += x[i + 1] * x[i + 1];
            c += x[i + 2] * x[i + 2];
            d += x[i + 3] * x[i + 3];
            e += x[i + 4] * x[i + 4];
            f += x[i + 5] * x[i + 5];
            g += x[i + 6] * x[i + 6];
            h += x[i + 7] * x[i + 7];
        }
        for (; i < at + count; i++) {
            a += x[i] * x[i];
        }
        return ((a + b) + (c + d)) + ((e + f) + (g + h));
    }

    /// `to = x / sqrt(mean(x^2) + epsilon) * weight`.
    public static void normalise(float[] to, int start, float[] x, int at, float[] weight, int count, float epsilon) {
        float scale = 1f / (float) Math.sqrt(squares(x, at, count) / count + epsilon);
        for (int i = 0; i < count; i++) {
            to[start + i] = x[at + i] * scale * weight[i];
        }
    }

    /// Turns each pair `(i, i + size/2)` of a head: the cosines and the sines of a position begin at `angle`.
    public static void rotate(float[] x, int at, int size, float[] cosines, float[] sines, int angle) {
        int half = size / 2;
        for (int i = 0; i < half; i++) {
            float first = x[at + i];
            float second = x[at + half + i];
            float cos = cosines[angle + i];
            float sin = sines[angle + i];
            x[at + i] = first * cos - second * sin;
            x[at + half + i] = second * cos + first * sin;
        }
    }

    public static float max(float[] x, int at, int count) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = at; i < at + count; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    /// In four sums that are added at the end.
    public static double sum(float[] x, int at, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = at;
        for (; i + 4 <= at + count; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < at + count; i++) {
            a += x[i];
        }
        return (a + b) + (c + d);
    }

    /// Arrays that exponentials are computed in.
    public static final class Scratch {
        private final float[] in;
        private final int[] power;
        private final float[] rest;

        public Scratch(int size) {
            in = new float[size];
            power = new int[size];
            rest = new float[size];
        }

        int size() {
            return in.length;
        }
    }

    /// `x = e^x` of the first `count` numbers.
    public static void exponential(float[] x, int count, Scratch scratch) {
        for (int done = 0; done < count; done += scratch.size()) {
            int part = Math.min(scratch.size(), count - done);
            System.arraycopy(x, done, scratch.in, 0, part);
            compute(x, done, part, scratch);
        }
    }

    /// `to = (x - shift) * factor`.
    public static void shift(float[] to, int start, float[] x, int at, int count, float shift, float factor) {
        for (int i = 0; i < count; i++) {
            to[start + i] = (x[at + i] - shift) * factor;
        }
    }

    /// `to = x * factor`.
    public static void scale(float[] to, int start, float[] x, int at, int count, float factor) {
        for (int i = 0; i < count; i++) {
            to[start + i] = x[at + i] * factor;
        }
    }

    /// `to = e^((x - shift) * factor)`.
    public static void exponential(
            float[] to, int start, float[] x, int at, int count, float shift, float factor, Scratch scratch) {
        for (int done = 0; done < count; done += scratch.size()) {
            int part = Math.min(scratch.size(), count - done);
            for (int i = 0; i < part; i++) {
                scratch.in[i] = (x[at + done + i] - shift) * factor;
            }
            compute(to, start + done, part, scratch);
        }
    }

    /// `gate = gate / (1 + e^-gate) * up`.
    public static void gated(float[] gate, float[] up, int count, Scratch scratch) {
        for (int done = 0; done < count; done += scratch.size()) {
            int part = Math.min(scratch.size(), count - done);
            for (int i = 0; i < part; i++) {
                scratch.in[i] = -gate[done + i];
            }
            compute(scratch.rest, 0, part, scratch);
            for (int i = 0; i < part; i++) {
                gate[done + i] = gate[done + i] / (1f + scratch.rest[i]) * up[done + i];
            }
        }
    }

    /// `to = e^in` to 1e-7 relative, for `in` in [-87, 88] and clamped there (Cephes' polynomial). In several loops,
    /// because the compiler does not vectorise one that also moves bits between floats and ints.
    private static void compute(float[] to, int start, int count, Scratch s) {
        float[] in = s.in;
        int[] power = s.power;
        float[] rest = s.rest;
        for (int i = 0; i < count; i++) {
            float x = Math.min(88f, Math.max(in[i], -87f));
            in[i] = x;
            power[i] = (int) (x * 1.442695f + 128.5f) - 128;
        }
        for (int i = 0; i < count; i++) {
            float whole = power[i];
            float y = in[i] - whole * 0.6933594f + whole * 2.12194440e-4f;
            float p = 0.00019875691f;
            p = p * y + 0.0013981999f;
            p = p * y + 0.008333452f;
            p = p * y + 0.041665796f;
            p = p * y + 0.16666666f;
            p = p * y + 0.5f;
            rest[i] = p * y * y + y + 1f;
        }
        for (int i = 0; i < count; i++) {
            power[i] = (power[i] + 127) << 23;
        }
        float[] scale = in; // is not needed any more
        MemorySegment.copy(MemorySegment.ofArray(power), JAVA_FLOAT_UNALIGNED, 0, scale, 0, count);
        for (int i = 0; i < count; i++) {
            to[start + i] = rest[i] * scale[i];
        }
    }
}
