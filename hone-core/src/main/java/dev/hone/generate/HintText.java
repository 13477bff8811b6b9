package dev.hone.generate;

import dev.hone.data.Message;
import dev.hone.data.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A prompt with a hint, as a text with places: `{problem} The answer is {answer}.`
///
/// @param template has `{problem}`, where the text of the prompt's last message comes, and places of
///     the names that it is filled with
/// @param names of the other places, such as `answer`; each must be there
public record HintText(String template, List<String> names) {
    private static final String PROBLEM = "problem";
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    public HintText {
        names = List.copyOf(names);
        TreeSet<String> wanted = new TreeSet<>(names);
        wanted.add(PROBLEM);
        TreeSet<String> found = new TreeSet<>(
                PLACE.matcher(template).results().map(place -> place.group(1)).toList());
        if (!found.equals(wanted)) {
            throw new IllegalArgumentException("the hint \"" + template + "\" has the places " + found
                    + " but must have " + wanted + ", each in curly brackets");
        }
    }

    /// Whether a prompt's last message can be rewritten: it is all text.
    public static boolean fits(List<Message> prompt) {
        return prompt.getLast().isText();
    }

    /// The prompt with its last message rewritten. Curly brackets in a value are left as they are.
    ///
    /// @param values by name, one for each of [#names]
    /// @throws IllegalArgumentException if the prompt does not [fit][#fits]
    public List<Message> around(List<Message> prompt, Map<String, String> values) {
        Message last = prompt.getLast();
        String text = PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(value(place, last, values)));
        List<Message> messages = new ArrayList<>(prompt.subList(0, prompt.size() - 1));
        messages.add(new Message(last.role(), List.of(new Part.Text(text))));
        return List.copyOf(messages);
    }

    private static String value(MatchResult place, Message last, Map<String, String> values) {
        String name = place.group(1);
        String value = name.equals(PROBLEM) ? last.text() : values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the hint's {" + name + "} has no value; given are " + values.keySet());
        }
        return value;
    }
}
