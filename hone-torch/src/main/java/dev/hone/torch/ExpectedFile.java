package dev.hone.torch;

import dev.hone.torch.file.Fault;
import dev.hone.torch.model.DecoderConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A JSON file of expected figures.
record ExpectedFile(JsonNode root, Path path) {

    /// What lies at a path of names, `a.b`.
    JsonNode at(String names) {
        JsonNode node = root;
        for (String name : names.split("\\.", -1)) {
            node = node.path(name);
        }
        if (node.isMissingNode()) {
            throw wrong("\"" + names + "\" is missing");
        }
        return node;
    }

    double number(String names) {
        return number(at(names), names);
    }

    private double number(JsonNode node, String names) {
        if (!node.isNumber()) {
            throw wrong("\"" + names + "\" holds " + node + " where a number is needed");
        }
        return node.asDouble();
    }

    double[] numbers(String names) {
        return numbers(at(names), names);
    }

    /// Rows of numbers.
    double[][] table(String names) {
        List<double[]> rows = new ArrayList<>();
        at(names).forEach(row -> rows.add(numbers(row, names)));
        return rows.toArray(new double[0][]);
    }

    double[] numbers(JsonNode row, String names) {
        double[] numbers = new double[row.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(row.path(i), names);
        }
        return numbers;
    }

    /// Token ids of a text that the model can read.
    int[] ids(JsonNode row, String names, DecoderConfig config) {
        if (row.size() > config.context()) {
            throw wrong("\"" + names + "\" holds a text of " + row.size() + " tokens, and the model's context is "
                    + config.context());
        }
        int vocabulary = config.vocabulary();
        int[] ids = new int[row.size()];
        for (int i = 0; i < ids.length; i++) {
            JsonNode id = row.path(i);
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.asInt() < 0 || id.asInt() >= vocabulary) {
                throw wrong("\"" + names + "\" holds " + id + " where a token id below " + vocabulary + " is needed");
            }
            ids[i] = id.asInt();
        }
        return ids;
    }

    /// Rows of token ids, each of at least two.
    List<int[]> idRows(String names, DecoderConfig config) {
        List<int[]> rows = new ArrayList<>();
        for (JsonNode row : at(names)) {
            int[] ids = ids(row, names, config);
            if (ids.length < 2) {
                throw wrong("\"" + names + "\" holds a row of " + ids.length + " tokens, at least 2 are needed");
            }
            rows.add(ids);
        }
        if (rows.isEmpty()) {
            throw wrong("\"" + names + "\" is empty");
        }
        return rows;
    }

    /// Refuses prompts after which so many tokens do not fit.
    void refuseLong(List<int[]> prompts, int more, DecoderConfig config) {
        for (int[] prompt : prompts) {
            if (prompt.length == 0 || more < 1 || prompt.length + more > config.context()) {
                throw wrong("a prompt of " + prompt.length + " tokens and " + more + " to draw do not fit into 2 to "
                        + config.context());
            }
        }
    }

    RuntimeException wrong(String what) {
        return Fault.data(path + ": " + what, "give the file that was made with this model");
    }
}
