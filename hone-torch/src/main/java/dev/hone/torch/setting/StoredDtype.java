package dev.hone.torch.setting;

import dev.hone.run.HoneException;
import java.nio.ByteBuffer;

/// How the numbers of a tensor lie in a file, little-endian. In memory they are float32.
public enum StoredDtype {
    /// 32 bits: exact.
    F32("float32", 4),
    /// The upper half of float32: its range, 8 bits of precision.
    BF16("bfloat16", 2),
    /// IEEE half precision: 11 bits, up to 65504.
    F16("float16", 2);

    private final String word;
    private final int bytes;

    StoredDtype(String word, int bytes) {
        this.word = word;
        this.bytes = bytes;
    }

    /// @throws HoneException if there is none of that name
    public static StoredDtype named(String word) {
        for (StoredDtype dtype : values()) {
            if (dtype.word.equals(word)) {
                return dtype;
            }
        }
        throw new HoneException(
                HoneException.Kind.SETTINGS,
                "unknown type of numbers \"" + word + "\"; choose float32, bfloat16 or float16");
    }

    /// As `config.json` and PyTorch call it.
    public String word() {
        return word;
    }

    /// Of one number.
    public int bytes() {
        return bytes;
    }

    /// The nearest number that this type can hold, ties to even; infinite where the value is beyond its range.
    public float rounded(float value) {
        return switch (this) {
            case F32 -> value;
            case BF16 -> Float.intBitsToFloat(upperHalf(value) << 16);
            case F16 -> Float.float16ToFloat(Float.floatToFloat16(value));
        };
    }

    private static int upperHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (bits >>> 16) | 0x40; // stays a NaN when its lower half goes
        }
        return (bits + 0x7fff + (bits >>> 16 & 1)) >>> 16;
    }

    /// Reads `count` numbers from the position of the buffer on.
    public void decode(ByteBuffer from, float[] to, int at, int count) {
        switch (this) {
            case F32 -> from.asFloatBuffer().get(to, at, count);
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    to[at + i] = Float.intBitsToFloat(from.getShort() << 16);
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    to[at + i] = Float.float16ToFloat(from.getShort());
                }
            }
        }
    }

    /// Fills the buffer, which then can be read, with `count` numbers.
    public void encode(float[] from, int at, int count, ByteBuffer to) {
        to.clear();
        switch (this) {
            case F32 -> to.asFloatBuffer().put(from, at, count);
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    to.putShort((short) upperHalf(from[at + i]));
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    to.putShort(Float.floatToFloat16(from[at + i]));
                }
            }
        }
        to.position(0).limit(count * bytes);
    }
}
