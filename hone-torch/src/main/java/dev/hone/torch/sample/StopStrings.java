package dev.hone.torch.sample;

import dev.hone.torch.tokenizer.TokenBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Stop strings, found in the bytes of the text, so that neither they nor their characters need to begin or
/// end where tokens do.
///
/// @param kept tokens of a forced prefix: a stop string may begin in it, but one that ends in it is none
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
record StopStrings(List<String> strings, TokenBytes bytes, int[] kept) implements Stop {

    /// Looks at the last token and as much before it as the longest string needs.
    @Override
    public boolean isMet(int[] drawn, int count) {
        int fresh = bytes.of(drawn[count - 1]).length;
        int wanted = longest() - 1 + fresh;
        byte[] tail = new byte[wanted];
        int from = wanted;
        boolean whole = true; // whether the tail is all of the text
        for (int i = kept.length + count - 1; i >= 0 && whole; i--) {
            byte[] each = bytes.of(i < kept.length ? kept[i] : drawn[i - kept.length]);
            int part = Math.min(each.length, from);
            from -= part;
            System.arraycopy(each, each.length - part, tail, from, part);
            whole = part == each.length;
        }
        if (whole && from < wanted && tail[from] == ' ' && bytes.dropsSpace()) {
            from++;
        }
        for (String string : strings) {
            byte[] sought = string.getBytes(StandardCharsets.UTF_8);
            for (int end = Math.max(wanted - fresh + 1, from + sought.length); end <= wanted; end++) {
                if (Arrays.equals(tail, end - sought.length, end, sought, 0, sought.length)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int longest() {
        return strings.stream()
                .mapToInt(string -> string.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(1);
    }

    /// Where a text ends: before the string that is complete first, of several the longest.
    ///
    /// @param forced characters of the forced prefix
    /// @return empty if none is in it
    static OptionalInt end(List<String> strings, String text, int forced) {
        int first = Integer.MAX_VALUE;
        int begin = -1;
        for (String string : strings) {
            int at = text.indexOf(string, Math.max(0, forced - string.length() + 1));
            if (at < 0) {
                continue;
            }
            int end = at + string.length();
            if (end < first || (end == first && at < begin)) {
                first = end;
                begin = at;
            }
        }
        return begin < 0 ? OptionalInt.empty() : OptionalInt.of(begin);
    }
}
