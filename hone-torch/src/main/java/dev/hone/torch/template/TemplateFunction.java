package dev.hone.torch.template;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.lib.fn.MacroFunction;
import com.hubspot.jinjava.objects.date.StrftimeFormatter;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// A function of one text that templates can call.
public final class TemplateFunction extends MacroFunction {
    private final Function<String, String> body;

    private TemplateFunction(String name, Function<String, String> body) {
        super(List.of(), name, new LinkedHashMap<>(), false, new Context(), -1, -1);
        this.body = body;
    }

    /// What the template does not accept, in its own words.
    public static final class Refusal extends Unwritable {
        private static final long serialVersionUID = 1;

        Refusal(String words) {
            super(words);
        }
    }

    static TemplateFunction raiseException() {
        return new TemplateFunction("raise_exception", words -> {
            throw new Refusal(words);
        });
    }

    /// @param now what it formats, as C's `strftime` does
    static TemplateFunction strftimeNow(LocalDateTime now) {
        return new TemplateFunction(
                "strftime_now", format -> StrftimeFormatter.format(now.atZone(ZoneOffset.UTC), format, Locale.ENGLISH));
    }

    @Override
    public Object doEvaluate(Map<String, Object> arguments, Map<String, Object> named, List<Object> rest) {
        if (rest.size() != 1) {
            throw new IllegalArgumentException(getName() + " takes one text");
        }
        return body.apply(TemplateFilters.text(rest.getFirst()));
    }
}
