package dev.hone.torch.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/// What a template can reach behind a dot, a bracket or a call: entries of dictionaries, elements of lists,
/// the state of a loop, and those methods of Python's values that are listed here. Of Java objects, nothing.
final class TemplateMethods extends ELResolver {
    private final TemplateBudget budget;

    TemplateMethods(TemplateBudget budget) {
        this.budget = budget;
    }

    @Override
    public @Nullable Object getValue(ELContext context, Object base, Object property) {
        context.setPropertyResolved(true);
        String name = String.valueOf(property);
        return switch (base) {
            case Map<?, ?> map -> map.get(name);
            case List<?> list -> element(list, name);
            case String text -> {
                int at = place(name, text.length());
                yield at < 0 ? null : text.substring(at, at + 1);
            }
            case TemplateLoop.Turns loop -> loopState(loop, name);
            default -> null; // undefined, as any unknown attribute is in Jinja2
        };
    }

    private static @Nullable Object element(List<?> list, String name) {
        int at = place(name, list.size());
        return at < 0 ? null : list.get(at);
    }

    /// An index, negative ones from the end; -1 if there is none.
    private static int place(String name, int size) {
        try {
            int index = Integer.parseInt(name);
            int at = index < 0 ? index + size : index;
            return at >= 0 && at < size ? at : -1;
        } catch (NumberFormatException notOne) {
            return -1;
        }
    }

    private static @Nullable Object loopState(TemplateLoop.Turns loop, String name) {
        return switch (name) {
            case "index" -> (long) loop.getIndex();
            case "index0" -> (long) loop.getIndex0();
            case "revindex" -> (long) loop.getRevindex();
            case "revindex0" -> (long) loop.getRevindex0();
            case "first" -> loop.isFirst();
            case "last" -> loop.isLast();
            case "length" -> (long) loop.getLength();
            case "previtem" -> loop.beside(-1);
            case "nextitem" -> loop.beside(1);
            default -> throw new ELException("loop." + name + " is not supported");
        };
    }

    @Override
    public @Nullable Object invoke(
            ELContext context, Object base, Object method, Class<?>[] types, @Nullable Object[] arguments) {
        context.setPropertyResolved(true);
        budget.call();
        String name = String.valueOf(method);
        try {
            return switch (base) {
                case Filter filter -> filtered(filter, arguments);
                case ExpTest test -> tested(test, name, arguments);
                case Map<?, ?> map -> ofMap(map, name, arguments);
                case List<?> list -> ofList(list, name, arguments);
                case String text -> ofText(text, name, arguments);
                default -> throw unknown(name, base);
            };
        } catch (IllegalArgumentException refused) { // Jinjava would take it for a missing overload, and go on
            throw new ELException(refused.getMessage(), refused);
        }
    }

    /// Jinjava calls filters and tests as methods: the value, the interpreter, then the arguments.
    @SuppressWarnings("unchecked") // the argument map is Jinjava's own
    private static @Nullable Object filtered(Filter filter, @Nullable Object[] arguments) {
        return filter.filter(
                arguments[0], (JinjavaInterpreter) arguments[1], (Object[]) arguments[2], (Map<String, Object>)
                        arguments[3]);
    }

    private static boolean tested(ExpTest test, String name, @Nullable Object[] arguments) {
        Object[] rest = Arrays.copyOfRange(arguments, 2, arguments.length);
        boolean is = test.evaluate(arguments[0], (JinjavaInterpreter) arguments[1], rest);
        return name.equals("evaluateNegated") != is;
    }

    private static @Nullable Object ofMap(Map<?, ?> map, String name, @Nullable Object[] arguments) {
        return switch (name) {
            case "items" -> pairs(map);
            case "keys" -> new ArrayList<>(map.keySet());
            case "values" -> new ArrayList<>(map.values());
            case "get" -> map.containsKey(text(arguments, 0)) ? map.get(text(arguments, 0)) : any(arguments, 1);
            default -> throw unknown(name, map);
        };
    }

    static List<Object> pairs(Map<?, ?> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(Arrays.asList(key, value)));
        return pairs;
    }

    private static Object ofList(List<?> list, String name, @Nullable Object[] arguments) {
        return switch (name) {
            case "reversed" -> reversed(list);
            case "count" -> (long) Collections.frequency(list, any(arguments, 0));
            case "index" -> {
                int at = list.indexOf(any(arguments, 0));
                if (at < 0) {
                    throw new ELException("the index of a value that the list does not hold");
                }
                yield (long) at;
            }
            default -> throw unknown(name, list); // append and the like change values: Jinja2's sandbox refuses too
        };
    }

    static List<Object> reversed(List<?> list) {
        List<Object> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Object ofText(String text, String name, @Nullable Object[] arguments) {
        return switch (name) {
            case "strip" -> PythonText.strip(text, characters(arguments));
            case "lstrip" -> PythonText.lstrip(text, characters(arguments));
            case "rstrip" -> PythonText.rstrip(text, characters(arguments));
            case "split" -> PythonText.split(text, characters(arguments), most(arguments));
            case "rsplit" -> PythonText.rsplit(text, characters(arguments), most(arguments));
            case "splitlines" -> PythonText.lines(text);
            case "startswith" -> starts(arguments).anyMatch(text::startsWith);
            case "endswith" -> starts(arguments).anyMatch(text::endsWith);
            case "replace" -> PythonText.replace(text, text(arguments, 0), text(arguments, 1));
            case "upper" -> PythonText.upper(text);
            case "lower" -> PythonText.lower(text);
            case "capitalize" -> PythonText.capitalize(text);
            case "title" -> PythonText.title(text);
            case "find" -> (long) text.indexOf(text(arguments, 0));
            case "rfind" -> (long) text.lastIndexOf(text(arguments, 0));
            case "count" -> PythonText.count(text, text(arguments, 0));
            case "isdigit" -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
            case "join" -> PythonText.join(text, strings(any(arguments, 0)));
            case "reversed" -> new StringBuilder(text).reverse().toString();
            default -> throw unknown(name, text);
        };
    }

    /// The text or the tuple of texts that `startswith` and `endswith` take.
    private static Stream<String> starts(@Nullable Object[] arguments) {
        return any(arguments, 0) instanceof List<?> several ? strings(several).stream() : Stream.of(text(arguments, 0));
    }

    private static List<String> strings(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(TemplateFilters::text).toList();
        }
        throw new ELException("a list of texts is needed, got " + kind(value));
    }

    private static @Nullable Object any(@Nullable Object[] arguments, int at) {
        return at < arguments.length ? arguments[at] : null;
    }

    private static String text(@Nullable Object[] arguments, int at) {
        if (any(arguments, at) instanceof String text) {
            return text;
        }
        throw new ELException("a text is needed as argument " + (at + 1) + ", got " + kind(any(arguments, at)));
    }

    private static @Nullable String characters(@Nullable Object[] arguments) {
        return any(arguments, 0) == null ? null : text(arguments, 0);
    }

    /// How often to split at most; -1 for everywhere.
    private static int most(@Nullable Object[] arguments) {
        return any(arguments, 1) instanceof Number number ? number.intValue() : -1;
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case String _ -> "a text";
            case Map<?, ?> _ -> "a dictionary";
            case List<?> _ -> "a list";
            default -> "this value";
        };
    }

    private static ELException unknown(String name, Object base) {
        return new ELException("the method " + name + " of " + kind(base) + " is not supported");
    }

    @Override
    public boolean isReadOnly(ELContext context, Object base, Object property) {
        return true;
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) {
        throw new ELException("a template cannot change " + property);
    }

    @Override
    public Class<?> getType(ELContext context, Object base, Object property) {
        return Object.class;
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, Object base) {
        return Object.class;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, Object base) {
        return Collections.emptyIterator();
    }
}
