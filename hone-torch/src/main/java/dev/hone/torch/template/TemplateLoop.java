package dev.hone.torch.template;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.util.ForLoop;
import com.hubspot.jinjava.util.LengthLimitingStringBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `for` as Jinja2 has it: with a filter (`for x in y if z`), an `else` for nothing, and variables set in one turn
/// unknown in the next.
final class TemplateLoop extends ForTag {
    private static final long serialVersionUID = 1;
    private static final Pattern HEAD =
            Pattern.compile("\\s*+([\\w,()]++(?:\\s++(?!in\\s)[\\w,()]++)*+)\\s++in\\s++(.*)", Pattern.DOTALL);

    /// The turns of a loop, seen by templates as `loop`.
    static final class Turns extends ForLoop {
        private final List<?> values;

        Turns(List<?> values) {
            super(values.iterator(), values.size());
            this.values = values;
        }

        /// The value `step` turns from this one; null if there is none.
        @Nullable
        Object beside(int step) {
            int at = getIndex0() + step;
            return at >= 0 && at < values.size() ? values.get(at) : null;
        }
    }

    @Override
    public String interpretUnchecked(TagNode node, JinjavaInterpreter interpreter) {
        Matcher head = HEAD.matcher(node.getHelpers());
        if (!head.matches()) {
            throw wrong(node, "a loop is \"for NAMES in VALUES\"");
        }
        List<String> names = List.of(head.group(1).replaceAll("[\\s()]", "").split(","));
        String values = head.group(2).strip();
        int filter = topLevel(values, " if ");
        List<?> all = TemplateFilters.list(interpreter.resolveELExpression(
                filter < 0 ? values : values.substring(0, filter), node.getLineNumber()));
        List<?> kept = filter < 0 ? all : filtered(all, names, values.substring(filter + 4), node, interpreter);
        return render(node, interpreter, names, kept);
    }

    private static List<?> filtered(
            List<?> all, List<String> names, String condition, TagNode node, JinjavaInterpreter interpreter) {
        List<Object> kept = new ArrayList<>();
        for (Object each : all) {
            try (var _ = interpreter.enterScope()) {
                assign(interpreter, names, each, node);
                if (TemplateTruth.of(interpreter.resolveELExpression(condition, node.getLineNumber()))) {
                    kept.add(each);
                }
            }
        }
        return kept;
    }

    private static String render(TagNode node, JinjavaInterpreter interpreter, List<String> names, List<?> values) {
        int otherwise = otherwise(node.getChildren());
        List<Node> body = node.getChildren().subList(0, otherwise);
        var output = new LengthLimitingStringBuilder(interpreter.getConfig().getMaxOutputSize());
        if (values.isEmpty()) {
            List<Node> rest = node.getChildren();
            for (Node each : rest.subList(Math.min(rest.size(), otherwise + 1), rest.size())) {
                output.append(each.render(interpreter));
            }
            return output.toString();
        }
        var loop = new Turns(values);
        while (loop.hasNext()) {
            try (var _ = interpreter.enterScope()) {
                assign(interpreter, names, loop.next(), node);
                interpreter.getContext().put(LOOP, loop);
                for (Node each : body) {
                    output.append(each.render(interpreter));
                    if (loop.isContinued()) { // by continue or break
                        break;
                    }
                }
            }
        }
        return output.toString();
    }

    /// Where the `else` of this loop is; behind the last child if it has none.
    private static int otherwise(List<Node> children) {
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof TagNode tag && tag.getName().equals("else")) {
                return i;
            }
        }
        return children.size();
    }

    private static void assign(
            JinjavaInterpreter interpreter, List<String> names, @Nullable Object value, TagNode node) {
        if (names.size() == 1) {
            interpreter.getContext().put(names.getFirst(), interpreter.wrap(value));
            return;
        }
        List<?> parts = TemplateFilters.list(value);
        if (parts.size() != names.size()) {
            throw wrong(node, names.size() + " names for " + parts.size() + " values");
        }
        for (int i = 0; i < parts.size(); i++) {
            interpreter.getContext().put(names.get(i), interpreter.wrap(parts.get(i)));
        }
    }

    /// Where a word is, outside of brackets and strings; -1 if it is not.
    private static int topLevel(String code, String word) {
        int depth = 0;
        for (int at = 0; at < code.length(); at++) {
            char each = code.charAt(at);
            if (each == '\'' || each == '"') {
                at = TemplateCode.endOfString(code, at) - 1;
            } else if ("([{".indexOf(each) >= 0) {
                depth++;
            } else if (")]}".indexOf(each) >= 0) {
                depth--;
            } else if (depth == 0 && code.startsWith(word, at)) {
                return at;
            }
        }
        return -1;
    }

    private static InterpretException wrong(TagNode node, String what) {
        return new InterpretException(
                "for " + node.getHelpers().strip() + ": " + what, node.getLineNumber(), node.getStartPosition());
    }
}
