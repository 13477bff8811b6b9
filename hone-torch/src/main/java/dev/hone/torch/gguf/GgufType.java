package dev.hone.torch.gguf;

import dev.hone.torch.file.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// How the values of a GGUF tensor are stored: blocks of `perBlock` numbers in `bytes` bytes.
///
/// The ids are ggml's. Types that are not listed here are refused by their name.
enum GgufType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),
    Q4_K(12, 256, 144),
    Q6_K(14, 256, 210),
    BF16(30, 1, 2);

    /// ggml's names by id; empty where an id is not in use.
    private static final List<String> NAMES = List.of(
            "F32", "F16", "Q4_0", "Q4_1", "", "", "Q5_0", "Q5_1", "Q8_0", "Q8_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K",
            "Q6_K", "Q8_K", "IQ2_XXS", "IQ2_XS", "IQ3_XXS", "IQ1_S", "IQ4_NL", "IQ3_S", "IQ2_S", "IQ4_XS", "I8", "I16",
            "I32", "I64", "F64", "IQ1_M", "BF16", "", "", "", "TQ1_0", "TQ2_0", "", "", "", "MXFP4", "NVFP4");

    private final int id;
    private final int perBlock;
    private final int bytes;

    GgufType(int id, int perBlock, int bytes) {
        this.id = id;
        this.perBlock = perBlock;
        this.bytes = bytes;
    }

    /// Numbers in a block.
    int perBlock() {
        return perBlock;
    }

    /// Bytes of a block.
    int bytes() {
        return bytes;
    }

    /// @param where file and tensor, for the message
    static GgufType of(int id, String where) {
        for (GgufType type : values()) {
            if (type.id == id) {
                return type;
            }
        }
        String name = id >= 0 && id < NAMES.size() ? NAMES.get(id) : "";
        throw Fault.data(
                where + ": type " + (name.isEmpty() ? "number " + id + " is unknown" : name + " is not supported")
                        + "; supported are "
                        + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", ")),
                "choose a file in one of these types");
    }
}
