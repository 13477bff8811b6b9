package dev.hone.torch.kernel;

/// The upper half of a float32.
public final class BFloat16 {
    private BFloat16() {}

    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /// The nearest, ties to even. NaN is not looked after: a model that computes one is refused when it is drawn from.
    public static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }

    public static void of(float[] from, int start, short[] to, int at, int count) {
        for (int i = 0; i < count; i++) {
            int bits = Float.floatToRawIntBits(from[start + i]);
            to[at + i] = (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
        }
    }
}
