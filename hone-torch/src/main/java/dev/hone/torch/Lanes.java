package dev.hone.torch;

/// Arithmetic on arrays with one element per row of a batch.
///
/// Each element is computed from the elements at the same place only, with strict float32 and in a fixed order, so a
/// row's result cannot depend on the others. The loops have the form that the compiler turns into vector
/// instructions: whole arrays, equal indices.
final class Lanes {
    private Lanes() {}

    /// `sum += a[0]*b[0] + .. + a[3]*b[3]`, from left to right.
    static void addProducts(
            float[] sum,
            float[] a0,
            float[] b0,
            float[] a1,
            float[] b1,
            float[] a2,
            float[] b2,
            float[] a3,
            float[] b3) {
        for (int r = 0; r < sum.length; r++) {
            sum[r] = sum[r] + a0[r] * b0[r] + a1[r] * b1[r] + a2[r] * b2[r] + a3[r] * b3[r];
        }
    }

    static void addProduct(float[] sum, float[] a, float[] b) {
        for (int r = 0; r < sum.length; r++) {
            sum[r] = sum[r] + a[r] * b[r];
        }
    }

    static void add(float[] sum, float[] a) {
        for (int r = 0; r < sum.length; r++) {
            sum[r] = sum[r] + a[r];
        }
    }

    static void max(float[] max, float[] a) {
        for (int r = 0; r < max.length; r++) {
            max[r] = Math.max(max[r], a[r]);
        }
    }

    /// `to = a * b * factor`.
    static void product(float[] to, float[] a, float[] b, float factor) {
        for (int r = 0; r < to.length; r++) {
            to[r] = a[r] * b[r] * factor;
        }
    }

    /// `to = a * factor + bias`.
    static void scaled(float[] to, float[] a, float factor, float[] bias) {
        for (int r = 0; r < to.length; r++) {
            to[r] = a[r] * factor + bias[r];
        }
    }

    /// Turns the pair `(a, b)` by the angle of each row.
    static void rotate(float[] a, float[] b, float[] cos, float[] sin) {
        for (int r = 0; r < a.length; r++) {
            float first = a[r];
            float second = b[r];
            a[r] = first * cos[r] - second * sin[r];
            b[r] = second * cos[r] + first * sin[r];
        }
    }

    /// `to = 1 / a`.
    static void inverse(float[] to, float[] a) {
        for (int r = 0; r < to.length; r++) {
            to[r] = 1f / a[r];
        }
    }

    /// `to = 1 / sqrt(sum / count + epsilon)`.
    static void inverseRoot(float[] to, float[] sum, int count, float epsilon) {
        for (int r = 0; r < to.length; r++) {
            to[r] = 1f / (float) Math.sqrt(sum[r] / count + epsilon);
        }
    }

    /// `gate = gate / (1 + e^-gate) * up`.
    static void gated(float[] gate, float[] up, Scratch scratch) {
        for (int r = 0; r < gate.length; r++) {
            scratch.in[r] = -gate[r];
        }
        exponential(scratch.out, scratch);
        for (int r = 0; r < gate.length; r++) {
            gate[r] = gate[r] / (1f + scratch.out[r]) * up[r];
        }
    }

    /// `to = e^((a - shift) * factor) * keep`.
    static void exponential(float[] to, float[] a, float[] shift, float[] factor, float[] keep, Scratch scratch) {
        for (int r = 0; r < to.length; r++) {
            scratch.in[r] = (a[r] - shift[r]) * factor[r];
        }
        exponential(to, scratch);
        for (int r = 0; r < to.length; r++) {
            to[r] = to[r] * keep[r];
        }
    }

    /// Arrays that [#exponential] works in.
    static final class Scratch {
        final float[] in;
        final float[] out;
        private final int[] power;
        private final float[] rest;

        Scratch(int width) {
            in = new float[width];
            out = new float[width];
            power = new int[width];
            rest = new float[width];
        }
    }

    /// `to = e^in` to 1e-7 relative, for `in` in [-87, 88] and clamped there (Cephes' polynomial). In three loops,
    /// because the compiler does not vectorise one that also moves bits between floats and ints.
    private static void exponential(float[] to, Scratch s) {
        float[] in = s.in;
        int[] power = s.power;
        float[] rest = s.rest;
        for (int r = 0; r < to.length; r++) {
            float x = Math.min(88f, Math.max(in[r], -87f));
            in[r] = x;
            power[r] = (int) (x * 1.442695f + 128.5f) - 128;
        }
        for (int r = 0; r < to.length; r++) {
            float whole = power[r];
            float y = in[r] - whole * 0.6933594f + whole * 2.12194440e-4f;
            float p = 0.00019875691f;
            p = p * y + 0.0013981999f;
            p = p * y + 0.008333452f;
            p = p * y + 0.041665796f;
            p = p * y + 0.16666666f;
            p = p * y + 0.5f;
            rest[r] = p * y * y + y + 1f;
        }
        for (int r = 0; r < to.length; r++) {
            to[r] = rest[r] * Float.intBitsToFloat((power[r] + 127) << 23);
        }
    }
}
