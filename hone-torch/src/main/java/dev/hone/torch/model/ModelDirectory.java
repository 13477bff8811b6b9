package dev.hone.torch.model;

import dev.hone.data.Model;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Shards;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.tokenizer.CharacterVocabulary;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// A model on disk, in the form of Hugging Face transformers: `config.json`, `model.safetensors` (or shards
/// with an index), `tokenizer.json`, and where there are any `generation_config.json`,
/// `tokenizer_config.json` and others.
///
/// @param config what `config.json` says
/// @param ends ids of the tokens that end a text: those of `generation_config.json`, else of `config.json`; the first
///     is the one that is learned
public record ModelDirectory(Path path, DecoderConfig config, List<Integer> ends) {
    private static final int ID_BYTES = 8;

    public static ModelDirectory open(Path path) {
        Path file = path.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw Fault.data(
                    path + " has no config.json, so it is no model directory",
                    "point to a directory in the form of Hugging Face transformers");
        }
        DecoderConfig config = DecoderConfig.parse(SafeFiles.text(file), file.toString());
        ModelDirectory directory = new ModelDirectory(path, config, List.of());
        List<Integer> ends = ids(directory.json("generation_config.json").path("eos_token_id"), config);
        return new ModelDirectory(
                path, config, ends.isEmpty() ? ids(directory.json("config.json").path("eos_token_id"), config) : ends);
    }

    private static List<Integer> ids(JsonNode named, DecoderConfig config) {
        List<Integer> ids = new ArrayList<>();
        for (JsonNode id : named.isArray() ? named : List.of(named)) {
            if (id.isIntegralNumber() && id.asInt(-1) >= 0 && id.asInt(-1) < config.vocabulary()) {
                ids.add(id.asInt());
            }
        }
        return List.copyOf(ids);
    }

    /// All tokens at which drawing stops.
    public int[] stops() {
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Where a handle leads to.
    public static ModelDirectory of(Model model) {
        if (!"file".equals(model.location().getScheme())) {
            throw Fault.settings(
                    "model " + model.id() + " is at " + model.location()
                            + ", and the local engine reads directories only",
                    "use a file: location or the engine for remote models");
        }
        return open(Path.of(model.location()));
    }

    /// A JSON file of it; missing if there is none of that name.
    public JsonNode json(String name) {
        Path file = path.resolve(name);
        return Files.isRegularFile(file)
                ? Json.object(SafeFiles.text(file), file.toString())
                : MissingNode.getInstance();
    }

    /// The files that belong to the model, in the order of their names.
    public List<Path> parts() {
        return SafeFiles.list(path).stream()
                .filter(file ->
                        Files.isRegularFile(file) && isPart(file.getFileName().toString()))
                .toList();
    }

    /// The parameters, checked against the config and not yet read.
    public ModelTensors tensors() {
        return ModelTensors.of(config, Shards.open(path), path);
    }

    /// All parameters in memory.
    public SequencedMap<String, Weight> weights() {
        return tensors().readAll();
    }

    public TextTokenizer tokenizer() {
        return TextTokenizer.read(path.resolve("tokenizer.json"));
    }

    /// Names the content: the same weights, config and tokenizer have the same id wherever they lie.
    public String id() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
        parts().forEach(file -> add(digest, file.getFileName().toString(), file));
        return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    }

    private static boolean isPart(String name) {
        return name.endsWith(".safetensors")
                || name.endsWith(".json")
                || name.endsWith(".jinja")
                || name.endsWith(".txt");
    }

    private static void add(MessageDigest digest, String name, Path file) {
        digest.update((name + "\0").getBytes(StandardCharsets.UTF_8));
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            long size = in.transferTo(OutputStream.nullOutputStream());
            digest.update((size + "\0").getBytes(StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw Fault.storage("cannot read " + file, broken);
        }
    }

    /// Writes a new model in float32 to the directory under `models` that its id names; see [DirectoryWriter].
    ///
    /// @param texts the files besides the weights, by name
    public static ModelDirectory write(Path models, Map<String, String> texts, Map<String, Weight> weights) {
        return DirectoryWriter.exact().underItsId(models, texts, Tensors.of(weights));
    }

    /// The files of this model besides its weights, for a model that differs from it in the weights only.
    public Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        for (Path file : parts()) {
            String name = file.getFileName().toString();
            if (!name.contains(".safetensors")) {
                texts.put(name, SafeFiles.text(file));
            }
        }
        return texts;
    }

    /// What learning has left beside the weights, where it is: a value head, an adapter in PEFT's form. Names relative
    /// to the directory.
    List<String> companions() {
        return Stream.of(HeadKind.VALUE_FILE, PeftFiles.FOLDER + PeftFiles.CONFIG, PeftFiles.FOLDER + PeftFiles.WEIGHTS)
                .filter(name -> Files.isRegularFile(path.resolve(name)))
                .toList();
    }

    /// The files of a new model with a vocabulary of characters.
    public static Map<String, String> texts(DecoderConfig config, CharacterVocabulary vocabulary) {
        return Map.of(
                "config.json", config.toJson(),
                "tokenizer.json", vocabulary.tokenizerJson(),
                "tokenizer_config.json", vocabulary.tokenizerConfigJson(config.context()),
                "generation_config.json",
                        "{\n  \"bos_token_id\": %d,\n  \"eos_token_id\": %d,\n  \"pad_token_id\": %d\n}\n"
                                .formatted(
                                        config.specials().begin(),
                                        config.specials().end(),
                                        config.specials().pad()));
    }
}
