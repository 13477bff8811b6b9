package dev.hone.torch.template;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON as Python's `json.dumps` writes it, which is what a model has seen in training.
///
/// @param indent spaces a level; -1 for one line
/// @param separators between elements, and between a key and its value
record PythonJson(int indent, boolean ascii, boolean sorted, List<String> separators) {

    String write(@Nullable Object value) {
        var json = new BoundedText();
        write(value, json, 0);
        return json.toString();
    }

    private void write(@Nullable Object value, BoundedText json, int depth) {
        switch (value) {
            case null -> json.append("null");
            case String text -> quote(text, json);
            case Boolean flag -> json.append(flag.toString());
            case Float number -> json.append(decimal(number));
            case Double number -> json.append(decimal(number));
            case Number number -> json.append(number.toString());
            case Map<?, ?> map -> object(sorted ? new TreeMap<>(map) : map, json, depth);
            case Iterable<?> list -> array(list, json, depth);
            default ->
                throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " is no JSON");
        }
    }

    /// As Python prints a float: `1e-07` where Java prints `1.0E-7`.
    static String decimal(double number) {
        String text = Double.toString(number).toLowerCase(Locale.ROOT);
        int exponent = text.indexOf('e');
        if (exponent < 0) {
            return text;
        }
        String digits = text.substring(0, exponent);
        int power = Integer.parseInt(text.substring(exponent + 1));
        if (power >= -4 && power < 16) {
            String plain = new BigDecimal(text).stripTrailingZeros().toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String shortest = digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
        return shortest + "e" + (power < 0 ? "-" : "+") + (Math.abs(power) < 10 ? "0" : "") + Math.abs(power);
    }

    private void object(Map<?, ?> map, BoundedText json, int depth) {
        json.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            newLine(json, depth + 1);
            quote(String.valueOf(entry.getKey()), json);
            json.append(separators.getLast());
            write(entry.getValue(), json, depth + 1);
            json.append(entries.hasNext() ? separators.getFirst() : "");
        }
        end(json, !map.isEmpty(), depth, '}');
    }

    private void array(Iterable<?> list, BoundedText json, int depth) {
        json.append('[');
        Iterator<?> elements = list.iterator();
        boolean any = elements.hasNext();
        while (elements.hasNext()) {
            newLine(json, depth + 1);
            write(elements.next(), json, depth + 1);
            json.append(elements.hasNext() ? separators.getFirst() : "");
        }
        end(json, any, depth, ']');
    }

    private void end(BoundedText json, boolean any, int depth, char bracket) {
        if (any) {
            newLine(json, depth);
        }
        json.append(bracket);
    }

    private void newLine(BoundedText json, int depth) {
        if (indent >= 0) {
            json.append('\n').spaces((long) indent * depth);
        }
    }

    private void quote(String text, BoundedText json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (each < 0x20 || (ascii && each > 0x7e)) {
                        json.append(String.format("\\u%04x", (int) each));
                    } else {
                        json.append(each);
                    }
                }
            }
        }
        json.append('"');
    }
}
