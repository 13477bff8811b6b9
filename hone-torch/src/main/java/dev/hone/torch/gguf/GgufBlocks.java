package dev.hone.torch.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Quantised blocks to float32, to the bit what llama.cpp's `ggml-quants.c` and `gguf.quants.dequantize` compute.
///
/// In the formulas `q` is the stored number, `d` the block's scale and `m` its offset, both float16.
final class GgufBlocks {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private GgufBlocks() {}

    /// @param count of values; `data` holds exactly their blocks
    static float[] values(GgufType type, MemorySegment data, int count) {
        float[] values = new float[count];
        switch (type) {
            case F32 -> MemorySegment.copy(data, FLOAT, 0, values, 0, count);
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float.float16ToFloat(data.getAtIndex(SHORT, i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float.intBitsToFloat(data.getAtIndex(SHORT, i) << 16);
                }
            }
            case Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q4_K, Q6_K -> blocks(type, data, values);
        }
        return values;
    }

    private static void blocks(GgufType type, MemorySegment data, float[] values) {
        byte[] block = new byte[type.bytes()];
        for (int at = 0; at < values.length; at += type.perBlock()) {
            long from = (long) at / type.perBlock() * block.length;
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, from, block, 0, block.length);
            switch (type) {
                case Q4_0 -> nibbles(block, 2, half(block, 0), 8, values, at);
                case Q4_1 -> nibblesAndOffset(block, 4, half(block, 0), half(block, 2), values, at);
                case Q5_0 -> fiveBits(block, 2, half(block, 0), values, at);
                case Q5_1 -> fiveBitsAndOffset(block, 4, half(block, 0), half(block, 2), values, at);
                case Q8_0 -> eightBits(block, half(block, 0), values, at);
                case Q4_K -> superBlockOfFourBits(block, values, at);
                case Q6_K -> superBlockOfSixBits(block, values, at);
                case F32, F16, BF16 -> throw new IllegalArgumentException(type + " has no blocks");
            }
        }
    }

    private static float half(byte[] block, int at) {
        return Float.float16ToFloat((short) ((block[at] & 0xff) | (block[at + 1] << 8)));
    }

    private static int low(byte pair) {
        return pair & 0xf;
    }

    private static int high(byte pair) {
        return (pair >> 4) & 0xf;
    }

    /// `d * (q - middle)`: the low nibbles are the first 16 values, the high ones the last 16.
    private static void nibbles(byte[] block, int from, float d, int middle, float[] values, int at) {
        for (int i = 0; i < 16; i++) {
            values[at + i] = d * (low(block[from + i]) - middle);
            values[at + 16 + i] = d * (high(block[from + i]) - middle);
        }
    }

    /// `d * q + m`.
    private static void nibblesAndOffset(byte[] block, int from, float d, float m, float[] values, int at) {
        for (int i = 0; i < 16; i++) {
            values[at + i] = d * low(block[from + i]) + m;
            values[at + 16 + i] = d * high(block[from + i]) + m;
        }
    }

    /// The fifth bit of value `i` is bit `i` of the four bytes at `from`; the nibbles follow them.
    private static int fifth(byte[] block, int from, int i) {
        return ((block[from + i / 8] >> (i % 8)) & 1) << 4;
    }

    /// `d * (q - 16)`.
    private static void fiveBits(byte[] block, int from, float d, float[] values, int at) {
        for (int i = 0; i < 16; i++) {
            byte pair = block[from + 4 + i];
            values[at + i] = d * ((low(pair) | fifth(block, from, i)) - 16);
            values[at + 16 + i] = d * ((high(pair) | fifth(block, from, i + 16)) - 16);
        }
    }

    /// `d * q + m`.
    private static void fiveBitsAndOffset(byte[] block, int from, float d, float m, float[] values, int at) {
        for (int i = 0; i < 16; i++) {
            byte pair = block[from + 4 + i];
            values[at + i] = d * (low(pair) | fifth(block, from, i)) + m;
            values[at + 16 + i] = d * (high(pair) | fifth(block, from, i + 16)) + m;
        }
    }

    /// `d * q`.
    private static void eightBits(byte[] block, float d, float[] values, int at) {
        for (int i = 0; i < 32; i++) {
            values[at + i] = d * block[2 + i];
        }
    }

    /// `d * scale * q - m * offset`, with a scale and an offset of six bits for each 32 of the 256 values.
    private static void superBlockOfFourBits(byte[] block, float[] values, int at) {
        float d = half(block, 0);
        float m = half(block, 2);
        for (int part = 0; part < 8; part++) {
            float scale = d * sixBits(block, 4, part);
            float offset = m * sixBits(block, 8, part);
            int shift = part % 2 * 4;
            for (int i = 0; i < 32; i++) {
                int q = (block[16 + part / 2 * 32 + i] >> shift) & 0xf;
                values[at + part * 32 + i] = scale * q - offset;
            }
        }
    }

    /// Eight numbers of six bits from four bytes and half of the four at 12: the first four are low bits of a byte, the
    /// others have their low four bits in the shared bytes (low nibbles of scales, high ones of offsets) and their
    /// high two at the top of the four.
    private static int sixBits(byte[] block, int from, int part) {
        if (part < 4) {
            return block[from + part] & 0x3f;
        }
        byte shared = block[12 + part - 4];
        return (from == 4 ? low(shared) : high(shared)) | ((block[from + part - 4] >> 2) & 0x30);
    }

    /// `d * scale * (q - 32)`, with a signed scale of eight bits for each 16 of the 256 values. Of each 128 values, the
    /// low four bits lie in 64 bytes and the high two in 32.
    private static void superBlockOfSixBits(byte[] block, float[] values, int at) {
        float d = half(block, 208);
        for (int i = 0; i < 256; i++) {
            int half = i / 128;
            int within = i % 128;
            int low = (block[half * 64 + within % 64] >> (within / 64 * 4)) & 0xf;
            int high = (block[128 + half * 32 + within % 32] >> (within / 32 * 2)) & 3;
            float scale = d * block[192 + i / 16];
            values[at + i] = scale * ((low | (high << 4)) - 32);
        }
    }
}
