package dev.hone.app.settings;

import dev.hone.generate.HintText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One value that can be set: its name, default and range, and nothing else knows them.
///
/// @param <T> what it is read as
public final class Key<T> {
    private final String name;
    private final Class<T> type;
    private final T standard;
    private final String meaning;
    private final Function<String, Optional<T>> parse;
    private final Function<T, String> write;
    private final Rule<T> rule;

    Key(
            String name,
            Class<T> type,
            T standard,
            String meaning,
            Function<String, Optional<T>> parse,
            Function<T, String> write,
            Rule<T> rule) {
        this.name = name;
        this.type = type;
        this.standard = standard;
        this.meaning = meaning;
        this.parse = parse;
        this.write = write;
        this.rule = rule;
    }

    /// Dotted, as in `learning.batch`.
    public String name() {
        return name;
    }

    public T standard() {
        return standard;
    }

    public String meaning() {
        return meaning;
    }

    /// Whether a file may have a list of values for it.
    boolean isList() {
        return type == List.class;
    }

    T cast(Object value) {
        return type.cast(value);
    }

    Optional<T> parse(String text) {
        return parse.apply(text.strip());
    }

    public String write(Object value) {
        return write.apply(type.cast(value));
    }

    /// What is wrong with a value, if anything is.
    Optional<String> problem(Object value) {
        return rule.holds().test(type.cast(value)) ? Optional.empty() : Optional.of(refusal(write(value)));
    }

    String refusal(String received) {
        return name + " must be " + rule.allowed() + " but was " + received;
    }

    @Override
    public String toString() {
        return name;
    }

    public static Key<String> text(String name, String standard, String meaning) {
        return text(name, standard, new Rule<>("a name", value -> !value.isBlank()), meaning);
    }

    static Key<String> text(String name, String standard, Rule<String> rule, String meaning) {
        return new Key<>(name, String.class, standard, meaning, Optional::of, value -> value, rule);
    }

    /// A prompt with a hint.
    public static Key<HintText> hint(String name, HintText standard, String meaning) {
        return new Key<>(
                name,
                HintText.class,
                standard,
                meaning,
                text -> hint(text, standard.names()),
                HintText::template,
                Rule.any("a text with {problem}"
                        + standard.names().stream()
                                .map(place -> " and {" + place + "}")
                                .collect(Collectors.joining())));
    }

    private static Optional<HintText> hint(String text, List<String> names) {
        try {
            return Optional.of(new HintText(text, names));
        } catch (IllegalArgumentException otherPlaces) {
            return Optional.empty();
        }
    }

    public static Key<Long> whole(String name, long standard, String meaning) {
        return new Key<>(
                name, Long.class, standard, meaning, Key::longNumber, Object::toString, Rule.any("a whole number"));
    }

    /// At least 0, which is the default.
    public static Key<Long> wholeOrNone(String name, String meaning) {
        return new Key<>(
                name,
                Long.class,
                0L,
                meaning,
                Key::longNumber,
                Object::toString,
                new Rule<>("a whole number of at least 0", value -> value >= 0));
    }

    public static Key<Integer> count(String name, int standard, String meaning) {
        return new Key<>(name, Integer.class, standard, meaning, Key::wholeNumber, Object::toString, Rule.COUNT);
    }

    public static Key<Integer> countOrNone(String name, String meaning) {
        return countOrNone(name, 0, meaning);
    }

    public static Key<Integer> countOrNone(String name, int standard, String meaning) {
        return new Key<>(
                name, Integer.class, standard, meaning, Key::wholeNumber, Object::toString, Rule.COUNT_OR_NONE);
    }

    public static Key<Integer> countOrAll(String name, int standard, int all, String meaning) {
        return new Key<>(
                name,
                Integer.class,
                standard,
                meaning,
                text -> text.equals("all") ? Optional.of(all) : wholeNumber(text),
                value -> value == all ? "all" : value.toString(),
                new Rule<>("a whole number of at least 1, or all", value -> value >= 1));
    }

    public static Key<Double> real(String name, double standard, Rule<Double> rule, String meaning) {
        return new Key<>(name, Double.class, standard, meaning, Key::number, Object::toString, rule);
    }

    /// Several numbers; written with commas, in a file also as a list.
    @SuppressWarnings("unchecked") // a list of what is parsed here
    public static Key<List<Double>> reals(String name, List<Double> standard, Rule<Double> each, String meaning) {
        return new Key<>(
                name,
                (Class<List<Double>>) (Class<?>) List.class,
                standard,
                meaning,
                Key::numbers,
                values -> values.stream().map(Object::toString).collect(Collectors.joining(", ")),
                Rule.each(each));
    }

    public static <E extends Enum<E>> Key<E> choice(String name, Class<E> type, E standard, String meaning) {
        List<E> choices = Arrays.asList(type.getEnumConstants());
        Function<E, String> write = choice -> choice.name().toLowerCase(Locale.ROOT);
        String allowed = String.join(" or ", choices.stream().map(write).toList());
        return new Key<>(
                name,
                type,
                standard,
                meaning,
                text -> choices.stream()
                        .filter(choice -> write.apply(choice).equals(text))
                        .findFirst(),
                write,
                Rule.any(allowed));
    }

    private static Optional<Integer> wholeNumber(String text) {
        return longNumber(text)
                .filter(value -> value >= Integer.MIN_VALUE && value < Integer.MAX_VALUE)
                .map(Long::intValue);
    }

    private static Optional<Long> longNumber(String text) {
        return text.matches("[+-]?\\d{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }

    private static Optional<List<Double>> numbers(String text) {
        List<Double> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Optional<Double> value = number(part.strip());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(List.copyOf(values));
    }

    private static Optional<Double> number(String text) {
        return text.matches("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?")
                ? Optional.of(Double.valueOf(text))
                : Optional.empty();
    }
}
