package dev.hone.torch.template;

import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.IfTag;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.ObjectTruthValue;
import org.jspecify.annotations.Nullable;

/// What counts as true, and what a value is as text: as in Python, where the text "false" is true, which Jinjava takes
/// for false.
final class TemplateTruth extends TruthyTypeConverter {
    private static final long serialVersionUID = 1;

    static boolean of(@Nullable Object value) {
        return value instanceof String text ? !text.isEmpty() : ObjectTruthValue.evaluate(value);
    }

    /// In `and`, `or`, `not` and conditional expressions.
    @Override
    protected Boolean coerceToBoolean(@Nullable Object value) {
        return of(value);
    }

    /// What `~` joins.
    @Override
    protected String coerceToString(@Nullable Object value) {
        return value == null ? "" : TemplateFilters.text(value);
    }

    /// The statement.
    static final class If extends IfTag {
        private static final long serialVersionUID = 1;

        @Override
        public boolean isPositiveIfElseNode(TagNode node, JinjavaInterpreter interpreter) {
            return of(
                    interpreter.resolveELExpression(node.getHelpers(), node.getLineNumber(), node.getStartPosition()));
        }
    }
}
