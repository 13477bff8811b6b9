package dev.hone.torch.gguf;

import dev.hone.torch.file.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A SentencePiece vocabulary as byte-pair encoding: merging the two pieces that give the best score is merging by rank
/// if every way to put a piece together is a merge and the ranks follow the scores.
///
/// @param types of each token, ggml's numbers
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
record GgufPieces(GgufMetadata metadata, List<String> tokens, int[] types) {
    static final int UNKNOWN = 2;
    static final int NORMAL = 1;
    private static final int USER_DEFINED = 4;

    /// In characters; a hundred is the longest in use. Longer ones would take their length squared to cut.
    private static final int LONGEST = 1000;

    private static final String SPACE = "\u2581";

    private record Merge(String left, String right, float score) {}

    /// Writes `normalizer`, `pre_tokenizer`, `decoder` and `model` of a `tokenizer.json`.
    void put(ObjectNode root) {
        boolean prefixed = metadata.flag("tokenizer.ggml.add_space_prefix", true);
        ArrayNode normalizers =
                root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        if (prefixed) {
            normalizers.addObject().put("type", "Prepend").put("prepend", SPACE);
        }
        replace(normalizers.addObject(), " ", SPACE);
        root.putNull("pre_tokenizer");
        ArrayNode decoders = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
        replace(decoders.addObject(), SPACE, " ");
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
        if (prefixed) {
            decoders.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        model(root.putObject("model"));
    }

    private static void replace(ObjectNode part, String what, String by) {
        part.put("type", "Replace");
        part.putObject("pattern").put("String", what);
        part.put("content", by);
    }

    private void model(ObjectNode model) {
        model.put("type", "BPE");
        model.putNull("dropout");
        String unknown = unknown();
        if (unknown.isEmpty()) {
            model.putNull("unk_token");
        } else {
            model.put("unk_token", unknown);
        }
        model.put("fuse_unk", true);
        model.put("byte_fallback", true);
        model.put("ignore_merges", false);
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < types.length; id++) {
            vocabulary.put(tokens.get(id), id);
        }
        ArrayNode merges = model.putArray("merges");
        for (Merge merge : merges()) {
            merges.addArray().add(merge.left()).add(merge.right());
        }
    }

    private String unknown() {
        for (int id = 0; id < types.length; id++) {
            if (types[id] == UNKNOWN) {
                return tokens.get(id);
            }
        }
        return "";
    }

    /// The best score first; of equal ones the longer left piece, then the longer right one, as transformers orders
    /// them.
    private List<Merge> merges() {
        float[] scores = metadata.reals("tokenizer.ggml.scores");
        if (scores.length != tokens.size()) {
            throw Fault.data(
                    scores.length + " scores for " + tokens.size() + " tokens in the metadata; expected one each",
                    "fetch the file again");
        }
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < types.length; id++) {
            if (types[id] == NORMAL || types[id] == USER_DEFINED) {
                ids.put(tokens.get(id), id);
            }
        }
        List<Merge> merges = new ArrayList<>();
        for (int id = 0; id < types.length; id++) {
            if (types[id] == NORMAL) {
                merges.addAll(waysTo(tokens.get(id), scores[id], ids));
            }
        }
        merges.sort(Comparator.comparingDouble((Merge merge) -> -merge.score())
                .thenComparingInt(
                        merge -> -merge.left().codePointCount(0, merge.left().length()))
                .thenComparingInt(
                        merge -> -merge.right().codePointCount(0, merge.right().length())));
        return merges;
    }

    private static List<Merge> waysTo(String piece, float score, Map<String, Integer> ids) {
        List<Merge> ways = new ArrayList<>();
        if (piece.length() > LONGEST) {
            throw Fault.data(
                    "a token of " + piece.length() + " characters in the metadata; allowed is " + LONGEST,
                    "fetch the file again");
        }
        if (piece.isEmpty()) {
            return ways;
        }
        for (int cut = piece.offsetByCodePoints(0, 1); cut < piece.length(); cut = piece.offsetByCodePoints(cut, 1)) {
            String left = piece.substring(0, cut);
            String right = piece.substring(cut);
            if (ids.containsKey(left) && ids.containsKey(right)) {
                ways.add(new Merge(left, right, score));
            }
        }
        ways.sort(Comparator.comparingInt((Merge merge) -> ids.getOrDefault(merge.left(), 0))
                .thenComparingInt(merge -> ids.getOrDefault(merge.right(), 0)));
        return ways;
    }
}
