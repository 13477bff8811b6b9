package dev.hone.app;

import dev.hone.app.report.Columns;
import dev.hone.app.report.Json;
import dev.hone.app.wiring.ShownExample.Rendered;
import dev.hone.torch.RenderedExample.Part;
import dev.hone.torch.RenderedExample.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Examples as a model sees them: text, token ids, and what counts in the loss.
final class RenderPage {
    private RenderPage() {}

    static String text(List<Rendered> examples) {
        List<String> lines = new ArrayList<>();
        for (Rendered each : examples) {
            List<Token> tokens = each.example().tokens();
            lines.add(each.name() + ": " + tokens.size() + " tokens, " + counted(tokens) + " in the loss");
            lines.add("");
            each.example().text().lines().forEach(line -> lines.add(("  " + line).stripTrailing()));
            lines.add("");
            lines.addAll(new Columns(rows(tokens)).leftLines());
            lines.add("");
        }
        return String.join("\n", lines);
    }

    private static long counted(List<Token> tokens) {
        return tokens.stream().filter(token -> token.part() == Part.COUNTED).count();
    }

    private static List<List<String>> rows(List<Token> tokens) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("place", "id", "loss", "text"));
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            rows.add(List.of(
                    Integer.toString(i),
                    Integer.toString(token.id()),
                    switch (token.part()) {
                        case PROMPT -> "";
                        case MASKED -> "0";
                        case COUNTED -> "1";
                    },
                    token.text().isEmpty()
                            ? "(part of a character)"
                            : JsonMapper.shared().writeValueAsString(token.text())));
        }
        return rows;
    }

    /// A list: per example its name, text, ids, and of each id whether it is in the loss.
    static String json(List<Rendered> examples) {
        return Json.text(examples.stream().map(RenderPage::fields).toList());
    }

    private static Map<String, Object> fields(Rendered rendered) {
        List<Token> tokens = rendered.example().tokens();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", rendered.name());
        fields.put("text", rendered.example().text());
        fields.put("ids", tokens.stream().map(Token::id).toList());
        fields.put(
                "loss",
                tokens.stream()
                        .map(token -> token.part() == Part.COUNTED ? 1 : 0)
                        .toList());
        fields.put(
                "prompt",
                tokens.stream().filter(token -> token.part() == Part.PROMPT).count());
        return fields;
    }
}
