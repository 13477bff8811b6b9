package dev.hone.torch.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.InterpreterFactory;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.TreeBuilder;
import jinjava.javax.el.ExpressionFactory;
import org.jspecify.annotations.Nullable;

/// Jinjava, made to read chat templates as Jinja2's sandbox in transformers does, and no more of them than that.
///
/// Templates come with models from elsewhere and are not trusted: they see plain values and the names that are allowed
/// here, and a rendering is bounded in size, in depth, in memory and in time. For one thread at a time.
final class TemplateEngine extends Jinjava {
    static final int LARGEST_COLLECTION = 100_000;
    private static final int DEEPEST = 20;

    private static final Set<String> TAGS =
            Set.of("if", "elif", "else", "for", "set", "macro", "break", "continue", "raw", "generation");
    private static final String END = "end";

    private static final Set<String> FUNCTIONS = Set.of("range", "namespace");

    private static final Map<Library, Set<String>> DISABLED = disabled();

    private final ExpressionFactory expressions;
    private final TemplateBudget budget;

    /// `{% generation %}`, which marks what an assistant says: rendered as if it were not there.
    private static final class Generation implements Tag {
        private static final long serialVersionUID = 1;

        @Override
        public String getName() {
            return "generation";
        }

        @Override
        public String interpret(TagNode node, JinjavaInterpreter interpreter) {
            return node.getChildren().stream()
                    .map(each -> each.render(interpreter).getValue())
                    .collect(Collectors.joining());
        }
    }

    /// Values come out as Python prints them, and each is weighed.
    private record Printing(TemplateBudget budget) implements InterpreterFactory {

        private static final class Interpreter extends JinjavaInterpreter {
            private final TemplateBudget budget;

            Interpreter(Jinjava application, Context context, JinjavaConfig config, TemplateBudget budget) {
                super(application, context, config);
                this.budget = budget;
            }

            Interpreter(JinjavaInterpreter original, TemplateBudget budget) {
                super(original);
                this.budget = budget;
            }

            @Override
            public @Nullable Object resolveELExpression(String expression, int line) {
                return weighed(super.resolveELExpression(expression, line), line);
            }

            @Override
            public @Nullable Object resolveELExpression(String expression, int line, int start) {
                return weighed(super.resolveELExpression(expression, line, start), line);
            }

            private @Nullable Object weighed(@Nullable Object value, int line) {
                budget.weigh(value, line);
                return value;
            }

            @Override
            public String getAsString(@Nullable Object value) {
                return value == null ? "" : TemplateFilters.text(value); // undefined is empty
            }
        }

        @Override
        public JinjavaInterpreter newInstance(JinjavaInterpreter original) {
            return new Interpreter(original, budget);
        }

        @Override
        public JinjavaInterpreter newInstance(Jinjava application, Context context, JinjavaConfig config) {
            return new Interpreter(application, context, config, budget);
        }
    }

    private TemplateEngine(TemplateBudget budget) {
        super(config(budget));
        this.budget = budget;
        Properties syntax = new Properties();
        syntax.setProperty(TreeBuilder.class.getName(), ExtendedSyntaxBuilder.class.getName());
        expressions = new ExpressionFactoryImpl(syntax, new TemplateTruth());
    }

    /// @param now what `strftime_now` formats
    static TemplateEngine at(LocalDateTime now) {
        var engine = new TemplateEngine(new TemplateBudget());
        TemplateFilters.ours().forEach(engine::registerFilter);
        TemplateTests.ours().forEach(engine::registerExpTest);
        engine.registerTag(new TemplateTruth.If());
        engine.registerTag(new TemplateLoop());
        engine.registerTag(new Generation());
        engine.getGlobalContext().addGlobalMacro(TemplateFunction.raiseException());
        engine.getGlobalContext().addGlobalMacro(TemplateFunction.strftimeNow(now));
        return engine;
    }

    private static JinjavaConfig config(TemplateBudget budget) {
        return JinjavaConfig.newBuilder()
                .withInterperterFactory(new Printing(budget)) // the spelling is Jinjava's
                .withNestedInterpretationEnabled(false) // what a user writes is never a template
                .withElResolver(new TemplateMethods(budget))
                .withDisabled(DISABLED)
                .withLegacyOverrides(LegacyOverrides.newBuilder()
                        .withEvaluateMapKeys(true)
                        .withIterateOverMapKeys(true)
                        .withUsePyishObjectMapper(true)
                        .withUseNaturalOperatorPrecedence(true)
                        .withParseWhitespaceControlStrictly(true)
                        .withAllowAdjacentTextNodes(true)
                        .withUseTrimmingForNotesAndExpressions(true)
                        .withKeepNullableLoopValues(true)
                        .withHandleBackslashInQuotesOnly(true)
                        .build())
                .withMaxOutputSize(BoundedText.LONGEST)
                .withMaxStringLength(BoundedText.LONGEST)
                .withMaxListSize(LARGEST_COLLECTION)
                .withMaxMapSize(LARGEST_COLLECTION)
                .withRangeLimit(LARGEST_COLLECTION)
                .withMaxRenderDepth(DEEPEST)
                .withEnableRecursiveMacroCalls(true)
                .withMaxMacroRecursionDepth(DEEPEST)
                .withProcessors(JinjavaProcessors.newBuilder()
                        .withNodePreProcessor(budget::step)
                        .build())
                .build();
    }

    /// All of Jinjava's tags, filters and functions that are not allowed.
    private static Map<Library, Set<String>> disabled() {
        var everything = new Jinjava().getGlobalContext();
        Map<Library, Set<String>> disabled = new HashMap<>();
        disabled.put(
                Library.TAG,
                others(everything.getAllTags().stream().map(Tag::getName).toList(), TAGS));
        disabled.put(
                Library.FILTER,
                others(everything.getAllFilters().stream().map(Filter::getName).toList(), TemplateFilters.names()));
        disabled.put(
                Library.FUNCTION,
                others(
                        everything.getAllFunctions().stream()
                                .map(ELFunctionDefinition::getName)
                                .toList(),
                        FUNCTIONS));
        return disabled;
    }

    private static Set<String> others(Iterable<String> names, Set<String> allowed) {
        Set<String> others = new TreeSet<>();
        for (String name : names) {
            String bare = name.substring(name.indexOf(':') + 1);
            if (!allowed.contains(bare.startsWith(END) ? bare.substring(END.length()) : bare)) {
                others.add(name);
                others.add(bare);
            }
        }
        return others;
    }

    @Override
    public ExpressionFactory getExpressionFactory() {
        return expressions;
    }

    /// A template that was read.
    ///
    /// @param problems of its syntax
    record Parsed(Node root, List<TemplateError> problems) {}

    /// Reads a template once for all renderings.
    Parsed parse(String template) {
        var interpreter = new Printing.Interpreter(this, context(Map.of()), getGlobalConfig(), budget);
        Node root = interpreter.parse(template);
        return new Parsed(root, interpreter.getErrorsCopy());
    }

    /// Jinjava's own entry would register everything anew for each rendering, which takes longer than most of them.
    private Context context(Map<String, Object> values) {
        return new Context(getGlobalContext(), values, DISABLED);
    }

    /// The text, or why there is none.
    ///
    /// @throws TemplateFunction.Refusal in the template's words, or those of what went wrong
    String text(Parsed template, Map<String, Object> values) {
        refuse(template.problems());
        budget.begin();
        var interpreter = new Printing.Interpreter(this, context(values), getGlobalConfig(), budget);
        String text = "";
        try {
            text = interpreter.render(template.root());
        } catch (StackOverflowError deep) {
            throw new TemplateFunction.Refusal("it is nested too deeply");
        } catch (RuntimeException broken) { // whatever Jinjava does not expect
            interpreter.addError(TemplateError.fromException(broken));
        } finally {
            getGlobalContext().reset();
        }
        refuse(interpreter.getErrorsCopy());
        return text;
    }

    private static void refuse(List<TemplateError> errors) {
        if (!errors.isEmpty()) {
            throw new TemplateFunction.Refusal(words(errors.getFirst()));
        }
    }

    private static String words(TemplateError error) {
        for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TemplateFunction.Refusal refusal) {
                return String.valueOf(refusal.getMessage());
            }
        }
        return "line " + error.getLineno() + ": " + error.getMessage();
    }
}
