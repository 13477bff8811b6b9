package dev.hone.generate;

import dev.hone.data.Message;
import java.util.List;

/// Which of a few strings comes next?
///
/// @param id names the question
/// @param prompt what is asked
/// @param labels at least two, different, none empty
public record LabelQuestion(String id, List<Message> prompt, List<String> labels) {

    public LabelQuestion {
        prompt = List.copyOf(prompt);
        labels = List.copyOf(labels);
        if (labels.size() < 2 || labels.stream().distinct().count() < labels.size() || labels.contains("")) {
            throw new IllegalArgumentException("labels of question \"" + id + "\" are " + labels
                    + "; needed are at least two, different and not empty");
        }
    }
}
