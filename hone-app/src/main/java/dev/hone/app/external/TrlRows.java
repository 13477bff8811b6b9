package dev.hone.app.external;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.LabelledCompletion;
import dev.hone.data.Message;
import dev.hone.data.Preference;
import dev.hone.data.Segment;
import dev.hone.data.StepLabels;
import dev.hone.data.Tokens;
import dev.hone.run.HoneException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Examples as rows in the columns that TRL and Hugging Face datasets expect. What these columns cannot say
/// (weights, masks inside a completion, completions that do not end) is refused by name, never left out.
///
/// @param form whether texts are plain or messages
/// @param decode the text of drawn tokens
record TrlRows(TextForm form, Function<Tokens, String> decode) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// One JSON object an example.
    List<String> of(Examples examples) {
        return switch (examples) {
            case Examples.Demonstrations all ->
                all.all().stream().map(this::demonstration).toList();
            case Examples.Preferences all ->
                all.all().stream().map(this::preference).toList();
            case Examples.Labelled all -> all.all().stream().map(this::labelled).toList();
            case Examples.LabelledSteps all ->
                all.all().stream().map(this::steps).toList();
            case Examples.Rankings _ -> throw unknown("rankings");
            case Examples.Rollouts _ -> throw unknown("rollouts");
            case Examples.Rationales _ -> throw unknown("rationales");
        };
    }

    private static HoneException unknown(String kind) {
        return refused(kind + " have no columns that trainers agree on", "learn from them with the local engine");
    }

    private static HoneException refused(String wrong, String todo) {
        return new HoneException(HoneException.Kind.SETTINGS, wrong + "; " + todo);
    }

    private String demonstration(Demonstration each) {
        ObjectNode row = JSON.createObjectNode();
        String completion = text(each);
        switch (form) {
            case PLAIN -> {
                row.put("prompt", text(each.prompt()));
                row.put("completion", completion);
            }
            case MESSAGES -> assistant(messages(row.putArray("messages"), each.prompt()), completion);
        }
        return JSON.writeValueAsString(row);
    }

    private String preference(Preference each) {
        ObjectNode row = JSON.createObjectNode();
        String shared = each.prefix().stream().map(this::text).collect(Collectors.joining());
        String chosen = counted(each.better(), each.prefix().size());
        String rejected = counted(each.worse(), each.prefix().size());
        switch (form) {
            case PLAIN -> {
                row.put("prompt", text(each.prompt()) + shared);
                row.put("chosen", chosen);
                row.put("rejected", rejected);
            }
            case MESSAGES -> {
                if (!shared.isEmpty()) {
                    throw refused(
                            "preference \"" + each.id() + "\" has a shared prefix, which messages cannot hold",
                            "write plain text instead");
                }
                messages(row.putArray("prompt"), each.prompt());
                assistant(row.putArray("chosen"), chosen);
                assistant(row.putArray("rejected"), rejected);
            }
        }
        return JSON.writeValueAsString(row);
    }

    private String labelled(LabelledCompletion each) {
        ObjectNode row = JSON.createObjectNode();
        String completion = text(each.shown());
        switch (form) {
            case PLAIN -> {
                row.put("prompt", text(each.shown().prompt()));
                row.put("completion", completion);
            }
            case MESSAGES -> {
                messages(row.putArray("prompt"), each.shown().prompt());
                assistant(row.putArray("completion"), completion);
            }
        }
        row.put("label", each.label() == LabelledCompletion.Label.DESIRABLE);
        return JSON.writeValueAsString(row);
    }

    private String steps(StepLabels each) {
        ObjectNode row = JSON.createObjectNode();
        row.put("prompt", text(each.prompt()));
        ArrayNode completions = row.putArray("completions");
        ArrayNode labels = row.putArray("labels");
        for (StepLabels.Step step : each.steps()) {
            completions.add(text(step.text()));
            labels.add(step.label() == StepLabels.Label.RIGHT);
        }
        return JSON.writeValueAsString(row);
    }

    private String text(Demonstration each) {
        return counted(each, 0);
    }

    /// The completion after its first `skipped` segments, all of which must be something that trainers
    /// understand.
    private String counted(Demonstration each, int skipped) {
        List<Segment> segments =
                each.completion().subList(skipped, each.completion().size());
        String name = "example \"" + each.id() + "\" ";
        if (each.weight() != 1) {
            throw refused(name + "weighs " + each.weight() + ", and no column says so", "repeat or drop it instead");
        }
        if (each.ending() == Demonstration.Ending.OPEN) {
            throw refused(name + "does not end, and trainers add the end to every completion", "leave it out");
        }
        if (segments.stream().anyMatch(segment -> segment.loss() == Segment.Loss.MASKED)) {
            throw refused(name + "masks a part of its completion, and no column says so", "leave it out");
        }
        return segments.stream().map(this::text).collect(Collectors.joining());
    }

    private String text(Segment segment) {
        return switch (segment) {
            case Segment.Written(String text, Segment.Loss _) -> text;
            case Segment.Drawn(Tokens tokens, Segment.Loss _) -> decode.apply(tokens);
        };
    }

    private static String text(List<Message> messages) {
        return messages.stream().map(TrlRows::text).collect(Collectors.joining());
    }

    private static String text(Message message) {
        if (!message.isText()) {
            throw new HoneException(
                    HoneException.Kind.DATA,
                    "a prompt has a part that is not text (" + message.parts()
                            + "), and rows for trainers hold text alone;" + " leave its problem out");
        }
        return message.text();
    }

    private static ArrayNode messages(ArrayNode to, List<Message> messages) {
        for (Message message : messages) {
            to.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", text(message));
        }
        return to;
    }

    private static void assistant(ArrayNode to, String text) {
        to.addObject().put("role", "assistant").put("content", text);
    }
}
