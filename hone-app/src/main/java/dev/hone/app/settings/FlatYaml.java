package dev.hone.app.settings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// A YAML mapping whose leaves are single values, by dotted name.
///
/// @param entries by dotted name, in the file's order; a mapping without names is one entry
/// @param problems with lists, empty values, doubled names and syntax, each with its place
record FlatYaml(Map<String, Inputs.Entry> entries, List<String> problems) {

    FlatYaml {
        entries = new LinkedHashMap<>(entries);
        problems = List.copyOf(problems);
    }

    /// @param name of the file, for the places
    static FlatYaml read(String name, String text) {
        return new Reading(name).read(text);
    }

    /// The state of one reading.
    private static final class Reading {
        private final String file;
        private final Map<String, Inputs.Entry> entries = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();
        private final Deque<String> path = new ArrayDeque<>();

        Reading(String file) {
            this.file = file;
        }

        FlatYaml read(String text) {
            YAMLFactory yaml = YAMLFactory.builder()
                    .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();
            try (JsonParser parser = yaml.createParser(ObjectReadContext.empty(), text)) {
                JsonToken first = parser.nextToken();
                if (first == JsonToken.START_OBJECT) {
                    mapping(parser);
                    if (parser.nextToken() != null) {
                        problems.add(file + ":" + parser.currentTokenLocation().getLineNr()
                                + ": a second document begins here; one file is one document, so remove it");
                    }
                } else {
                    problems.add(file + ": must be a mapping of names to values, such as \"rounds: 3\"");
                }
            } catch (JacksonException e) {
                problems.add(file + ":" + Math.max(1, e.getLocation().getLineNr()) + ": not readable as YAML: "
                        + e.getOriginalMessage().lines().findFirst().orElse("broken off"));
            }
            return new FlatYaml(entries, problems);
        }

        /// @return how many names it has
        private int mapping(JsonParser parser) {
            int names = 0;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                names++;
                String key = parser.currentName();
                String name = path.isEmpty() ? key : path.peek() + "." + key;
                String place = file + ":" + parser.currentTokenLocation().getLineNr();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_OBJECT) {
                    path.push(name);
                    if (mapping(parser) == 0) {
                        put(name, new Inputs.Entry(place, "", Inputs.Entry.Form.EMPTY));
                    }
                    path.pop();
                } else if (value == JsonToken.START_ARRAY) {
                    list(parser, name, place);
                } else if (value == JsonToken.VALUE_NULL) {
                    problems.add(place + ": " + name + " has no value; give it one or remove the line");
                } else if (isAlias(parser)) {
                    problems.add(place + ": " + name + " is an alias (*" + parser.getString()
                            + "), which is not followed; write the value itself");
                } else {
                    put(name, new Inputs.Entry(place, parser.getString()));
                }
            }
            return names;
        }

        private static boolean isAlias(JsonParser parser) {
            return parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
        }

        /// Values of a list as one text, with commas between them.
        private void list(JsonParser parser, String name, String place) {
            List<String> values = new ArrayList<>();
            boolean flat = true;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (isAlias(parser)) {
                    problems.add(place + ": " + name + " has an alias (*" + parser.getString()
                            + "), which is not followed; write the value itself");
                } else if (token.isScalarValue()) {
                    values.add(parser.getString());
                } else {
                    flat = false;
                    parser.skipChildren();
                }
            }
            if (flat) {
                put(name, new Inputs.Entry(place, String.join(", ", values), Inputs.Entry.Form.LIST));
            } else {
                problems.add(place + ": " + name + " must be one value but is a list of more than values");
            }
        }

        private void put(String name, Inputs.Entry entry) {
            if (entries.putIfAbsent(name, entry) != null) {
                problems.add(entry.place() + ": " + name + " is there twice; remove one");
            }
        }
    }
}
