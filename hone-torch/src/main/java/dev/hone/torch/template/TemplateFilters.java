package dev.hone.torch.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The filters of templates: those in which Jinjava departs from Jinja2, and the names of those in which it does not.
final class TemplateFilters {
    /// Jinjava's own, as they are.
    private static final Set<String> JINJAVA = Set.of(
            "selectattr", "rejectattr", "select", "reject", "map", "unique", "sort", "int", "float", "abs", "round");

    private static final Map<String, Body> OURS = Map.ofEntries(
            Map.entry("trim", (value, call) -> PythonText.strip(text(value), call.has(0) ? text(call.get(0)) : null)),
            Map.entry("tojson", TemplateFilters::tojson),
            Map.entry("items", (value, _) -> value instanceof Map<?, ?> map ? TemplateMethods.pairs(map) : List.of()),
            Map.entry("dictsort", TemplateFilters::dictsort),
            Map.entry("length", (value, _) -> length(value)),
            Map.entry("count", (value, _) -> length(value)),
            Map.entry("list", (value, _) -> list(value)),
            Map.entry("string", (value, _) -> text(value)),
            Map.entry("join", TemplateFilters::join),
            Map.entry("default", TemplateFilters::orElse),
            Map.entry("d", TemplateFilters::orElse),
            Map.entry(
                    "first",
                    (value, _) -> list(value).isEmpty() ? null : list(value).getFirst()),
            Map.entry(
                    "last",
                    (value, _) -> list(value).isEmpty() ? null : list(value).getLast()),
            Map.entry("reverse", (value, _) -> reversed(value)),
            Map.entry("indent", TemplateFilters::indent),
            Map.entry("safe", (value, _) -> value),
            Map.entry(
                    "replace", (value, call) -> PythonText.replace(text(value), text(call.get(0)), text(call.get(1)))),
            Map.entry("upper", (value, _) -> PythonText.upper(text(value))),
            Map.entry("lower", (value, _) -> PythonText.lower(text(value))),
            Map.entry("capitalize", (value, _) -> PythonText.capitalize(text(value))),
            Map.entry("title", (value, _) -> PythonText.title(text(value))));

    private TemplateFilters() {}

    /// The arguments of a call.
    record Call(List<@Nullable Object> positional, Map<String, Object> named) {
        boolean has(int at) {
            return at < positional.size();
        }

        @Nullable
        Object get(int at) {
            return has(at) ? positional.get(at) : null;
        }

        /// By place or by name.
        @Nullable
        Object get(int at, String name) {
            return has(at) ? positional.get(at) : named.get(name);
        }
    }

    private interface Body {
        @Nullable
        Object apply(@Nullable Object value, Call call);
    }

    private record Named(String name, Body body) implements Filter {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public @Nullable Object filter(
                @Nullable Object value, JinjavaInterpreter interpreter, Object[] arguments, Map<String, Object> named) {
            return body.apply(value, new Call(Arrays.asList(arguments), named));
        }

        @Override
        public @Nullable Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
            return filter(value, interpreter, (Object[]) arguments, Map.of());
        }
    }

    /// Those that replace Jinjava's.
    static List<Filter> ours() {
        List<Filter> filters = new ArrayList<>();
        OURS.forEach((name, body) -> filters.add(new Named(name, body)));
        return filters;
    }

    /// All that a template may call.
    static Set<String> names() {
        Set<String> names = new TreeSet<>(JINJAVA);
        names.addAll(OURS.keySet());
        return names;
    }

    static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean flag -> flag ? "True" : "False";
            case Float number -> PythonJson.decimal(number);
            case Double number -> PythonJson.decimal(number);
            case Map<?, ?> map -> python(map);
            case List<?> list -> python(list);
            default -> value.toString();
        };
    }

    private static String python(Object value) {
        var text = new BoundedText();
        python(value, text);
        return text.toString();
    }

    /// As Python prints a dictionary or a list.
    private static void python(@Nullable Object value, BoundedText to) {
        String separator = "";
        switch (value) {
            case String text ->
                to.append(text.contains("'") && !text.contains("\"") ? '"' + text + '"' : "'" + escaped(text) + "'");
            case Map<?, ?> map -> {
                to.append('{');
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    to.append(separator);
                    python(entry.getKey(), to);
                    to.append(": ");
                    python(entry.getValue(), to);
                    separator = ", ";
                }
                to.append('}');
            }
            case List<?> list -> {
                to.append('[');
                for (Object each : list) {
                    to.append(separator);
                    python(each, to);
                    separator = ", ";
                }
                to.append(']');
            }
            case null, default -> to.append(text(value));
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("'", "\\'")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    private static Object tojson(@Nullable Object value, Call call) {
        int indent = call.get(1, "indent") instanceof Number number ? number.intValue() : -1;
        List<String> separators = List.of(indent < 0 ? ", " : ",", ": ");
        if (call.get(2, "separators") instanceof List<?> two && two.size() == 2) {
            separators = two.stream().map(TemplateFilters::text).toList();
        }
        return new PythonJson(
                        indent,
                        TemplateTruth.of(call.get(0, "ensure_ascii")),
                        TemplateTruth.of(call.get(3, "sort_keys")),
                        separators)
                .write(value);
    }

    private static Object dictsort(@Nullable Object value, Call call) {
        if (!call.positional().isEmpty() || !call.named().isEmpty() || !(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("dictsort is supported for dictionaries, without arguments");
        }
        return map.keySet().stream()
                .sorted(Comparator.comparing(key -> PythonText.lower(String.valueOf(key))))
                .map(key -> Arrays.asList(key, map.get(key)))
                .toList();
    }

    private static Object length(@Nullable Object value) {
        return switch (value) {
            case String text -> (long) text.codePointCount(0, text.length());
            case Map<?, ?> map -> (long) map.size();
            case null, default -> (long) list(value).size();
        };
    }

    /// What a loop over the value yields.
    static List<?> list(@Nullable Object value) {
        return switch (value) {
            case null -> List.of(); // undefined is empty
            case String text -> PythonText.characters(text);
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case List<?> list -> list;
            case Iterable<?> some -> {
                List<Object> all = new ArrayList<>();
                some.forEach(all::add);
                yield all;
            }
            default -> throw new IllegalArgumentException(value + " cannot be iterated over");
        };
    }

    private static Object join(@Nullable Object value, Call call) {
        String separator = call.get(0, "d") instanceof String text ? text : "";
        List<String> parts = call.get(1, "attribute") instanceof String attribute
                ? list(value).stream()
                        .map(each -> text(each instanceof Map<?, ?> map ? map.get(attribute) : null))
                        .toList()
                : list(value).stream().map(TemplateFilters::text).toList();
        return PythonText.join(separator, parts);
    }

    private static @Nullable Object orElse(@Nullable Object value, Call call) {
        boolean alsoFalse = TemplateTruth.of(call.get(1, "boolean"));
        boolean missing = alsoFalse ? !TemplateTruth.of(value) : value == null;
        if (!missing) {
            return value;
        }
        return call.has(0) || call.named().containsKey("default_value") ? call.get(0, "default_value") : "";
    }

    private static Object reversed(@Nullable Object value) {
        return value instanceof String text
                ? new StringBuilder(text).reverse().toString()
                : TemplateMethods.reversed(list(value));
    }

    private static Object indent(@Nullable Object value, Call call) {
        int width = call.get(0, "width") instanceof Number number ? number.intValue() : 4;
        String space = call.get(0, "width") instanceof String text ? text : " ".repeat(Math.clamp(width, 0, 100));
        boolean first = TemplateTruth.of(call.get(1, "first"));
        boolean blank = TemplateTruth.of(call.get(2, "blank"));
        var lines = new BoundedText();
        int count = 0;
        for (String line : text(value).split("\n", -1)) {
            boolean untouched = count == 0 ? !first : line.isEmpty() && !blank;
            lines.append(count++ == 0 ? "" : "\n")
                    .append(untouched ? "" : space)
                    .append(line);
        }
        return lines.toString();
    }
}
