package dev.hone.torch.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tests (`x is ...`) in which Jinjava departs from Jinja2: a text and a dictionary can be iterated over there.
record TemplateTests(String name, Predicate<@Nullable Object> test) implements ExpTest {

    static List<ExpTest> ours() {
        return List.of(
                new TemplateTests("iterable", TemplateTests::isIterable),
                new TemplateTests("sequence", TemplateTests::isIterable),
                new TemplateTests("truthy", TemplateTruth::of));
    }

    private static boolean isIterable(@Nullable Object value) {
        return value instanceof String || value instanceof Map<?, ?> || value instanceof Iterable<?>;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean evaluate(@Nullable Object value, JinjavaInterpreter interpreter, Object... arguments) {
        return test.test(value);
    }
}
