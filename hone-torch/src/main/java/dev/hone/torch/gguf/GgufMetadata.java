package dev.hone.torch.gguf;

import dev.hone.run.HoneException;
import dev.hone.torch.file.Fault;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a GGUF file says of itself, by key.
///
/// Reading walks over every value and checks it against the file's size, but keeps only where it lies; a value is
/// decoded when it is asked for.
final class GgufMetadata {
    private static final int LONGEST_KEY = 65_535;
    private static final int DEEPEST_ARRAY = 8;
    /// A key of one byte, its length, its type and a value of one byte.
    private static final int SMALLEST_ENTRY = 8 + 1 + 4 + 1;

    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final MemorySegment bytes;
    private final String file;
    private final Map<String, Value> values = new LinkedHashMap<>();

    /// A value's place.
    ///
    /// @param type of the value, or of an array's elements
    /// @param count of an array's elements, -1 for a single value
    private record Value(int type, long count, long at) {
        boolean isArray() {
            return count >= 0;
        }
    }

    private GgufMetadata(MemorySegment bytes, String file) {
        this.bytes = bytes;
        this.file = file;
    }

    /// @param cursor at the first entry; afterwards behind the last
    /// @param count of entries
    static GgufMetadata read(MemorySegment bytes, GgufCursor cursor, long count, String file) {
        var metadata = new GgufMetadata(bytes, file);
        if (count < 0 || count > cursor.left() / SMALLEST_ENTRY) {
            throw Fault.data(
                    file + ": " + Long.toUnsignedString(count) + " metadata entries, and only " + cursor.left()
                            + " bytes follow",
                    "fetch the file again, it is cut or damaged");
        }
        for (long i = 0; i < count; i++) {
            metadata.readEntry(cursor);
        }
        return metadata;
    }

    private void readEntry(GgufCursor cursor) {
        long at = cursor.at();
        String key = cursor.readText();
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw damaged("a metadata key of " + key.length() + " characters at byte " + at + "; allowed is 1 to "
                    + LONGEST_KEY);
        }
        int type = cursor.readInt();
        Value value;
        if (type == ARRAY) {
            int element = cursor.readInt();
            long count = cursor.readCount("elements of \"" + key + "\"", smallest(element, key));
            value = new Value(element, count, cursor.at());
            skipElements(cursor, element, count, key, 1);
        } else {
            value = new Value(type, -1, cursor.at());
            skipOne(cursor, type, key);
        }
        if (values.put(key, value) != null) {
            throw damaged("the metadata key \"" + key + "\" is there twice");
        }
    }

    private void skipElements(GgufCursor cursor, int type, long count, String key, int depth) {
        if (depth > DEEPEST_ARRAY) {
            throw damaged("\"" + key + "\" holds arrays more than " + DEEPEST_ARRAY + " deep");
        }
        if (type == STRING) {
            for (long i = 0; i < count; i++) {
                cursor.skipText();
            }
        } else if (type == ARRAY) {
            for (long i = 0; i < count; i++) {
                int element = cursor.readInt();
                skipElements(cursor, element, cursor.readCount("elements", smallest(element, key)), key, depth + 1);
            }
        } else {
            cursor.skip(count * smallest(type, key)); // cannot overflow: the count was checked against the file
        }
    }

    private void skipOne(GgufCursor cursor, int type, String key) {
        if (type == STRING) {
            cursor.skipText();
        } else {
            cursor.skip(smallest(type, key));
        }
    }

    /// Bytes of a number, or the fewest that a text or an array takes.
    private int smallest(int type, String key) {
        return switch (type) {
            case 0, 1, BOOL -> 1; // uint8, int8
            case 2, 3 -> 2; // uint16, int16
            case 4, 5, 6 -> 4; // uint32, int32, float32
            case STRING, 10, 11, 12 -> 8; // uint64, int64, float64
            case ARRAY -> 12;
            default -> throw damaged("\"" + key + "\" has the unknown value type " + type);
        };
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    String text(String key) {
        Value value = single(key);
        if (value.type() != STRING) {
            throw wrong(key, "a text");
        }
        return cursor(value).readText();
    }

    Optional<String> anyText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    /// A whole number from 0 to the largest `int`.
    int integer(String key) {
        Value value = single(key);
        if (!isWhole(value.type())) {
            throw wrong(key, "a whole number");
        }
        return intOf(key, whole(cursor(value), value.type()));
    }

    int integer(String key, int otherwise) {
        return has(key) ? integer(key) : otherwise;
    }

    double real(String key) {
        Value value = single(key);
        if (value.type() == STRING || value.type() == BOOL) {
            throw wrong(key, "a number");
        }
        return real(cursor(value), value.type());
    }

    double real(String key, double otherwise) {
        return has(key) ? real(key) : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        Value value = single(key);
        if (value.type() != BOOL) {
            throw wrong(key, "true or false");
        }
        return cursor(value).readByte() != 0;
    }

    List<String> texts(String key) {
        Value value = array(key);
        if (value.type() != STRING) {
            throw wrong(key, "a list of texts");
        }
        var texts = new ArrayList<String>();
        GgufCursor cursor = cursor(value);
        for (long i = 0; i < value.count(); i++) {
            texts.add(cursor.readText());
        }
        return texts;
    }

    int[] integers(String key) {
        Value value = array(key);
        if (!isWhole(value.type())) {
            throw wrong(key, "a list of whole numbers");
        }
        int[] numbers = new int[length(key, value)];
        GgufCursor cursor = cursor(value);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = intOf(key, whole(cursor, value.type()));
        }
        return numbers;
    }

    float[] reals(String key) {
        Value value = array(key);
        if (value.type() == STRING || value.type() == BOOL || value.type() == ARRAY) {
            throw wrong(key, "a list of numbers");
        }
        float[] numbers = new float[length(key, value)];
        GgufCursor cursor = cursor(value);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) real(cursor, value.type());
        }
        return numbers;
    }

    private int length(String key, Value value) {
        if (value.count() > Integer.MAX_VALUE - 8) {
            throw wrong(key, "a list of at most " + (Integer.MAX_VALUE - 8) + " elements");
        }
        return (int) value.count();
    }

    private Value single(String key) {
        Value value = value(key);
        if (value.isArray()) {
            throw wrong(key, "one value and not a list");
        }
        return value;
    }

    private Value array(String key) {
        Value value = value(key);
        if (!value.isArray()) {
            throw wrong(key, "a list");
        }
        return value;
    }

    private Value value(String key) {
        Value value = values.get(key);
        if (value == null) {
            throw Fault.data(
                    file + ": \"" + key + "\" is missing in the metadata",
                    "convert the model again with llama.cpp's convert_hf_to_gguf.py, or choose another file");
        }
        return value;
    }

    private GgufCursor cursor(Value value) {
        return new GgufCursor(bytes, file, value.at());
    }

    private static boolean isWhole(int type) {
        return switch (type) {
            case 0, 1, 2, 3, 4, 5, 10, 11 -> true;
            default -> false;
        };
    }

    /// Unsigned 64-bit numbers above the largest `long` come out negative and are refused by who asked.
    private static long whole(GgufCursor cursor, int type) {
        return switch (type) {
            case 0 -> cursor.readByte() & 0xff;
            case 1 -> cursor.readByte();
            case 2 -> cursor.readShort() & 0xffff;
            case 3 -> cursor.readShort();
            case 4 -> cursor.readInt() & 0xffff_ffffL;
            case 5 -> cursor.readInt();
            default -> cursor.readLong();
        };
    }

    private static double real(GgufCursor cursor, int type) {
        return switch (type) {
            case 6 -> Float.intBitsToFloat(cursor.readInt());
            case 12 -> Double.longBitsToDouble(cursor.readLong());
            default -> whole(cursor, type);
        };
    }

    private int intOf(String key, long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw wrong(key, "a whole number from 0 to " + Integer.MAX_VALUE + ", got " + value);
        }
        return (int) value;
    }

    private HoneException wrong(String key, String expected) {
        return Fault.data(
                file + ": the metadata \"" + key + "\" should be " + expected,
                "convert the model again or choose another");
    }

    private HoneException damaged(String what) {
        return Fault.data(file + ": " + what, "fetch the file again, it is damaged");
    }
}
