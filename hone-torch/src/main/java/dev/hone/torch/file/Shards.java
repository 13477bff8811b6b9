package dev.hone.torch.file;

import dev.hone.torch.setting.StoredDtype;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The weights of a model directory: `model.safetensors`, or several files with `model.safetensors.index.json`, as
/// transformers writes them.
public final class Shards implements Tensors {
    /// In one file of at most so many bytes; the size that Hugging Face's library for hubs takes.
    public static final long LARGEST = 5_000_000_000L;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    private final SequencedMap<String, Safetensors> homes = new LinkedHashMap<>();
    private final SequencedMap<String, Kind> kinds = new LinkedHashMap<>();

    private Shards() {}

    /// Reads and checks all headers.
    public static Shards open(Path directory) {
        Path index = directory.resolve(INDEX);
        Path single = directory.resolve(SINGLE);
        var shards = new Shards();
        if (Files.exists(single) || !Files.exists(index)) {
            Safetensors file = Safetensors.open(single);
            file.kinds().forEach((name, kind) -> shards.add(name, kind, file));
        } else {
            shards.addAll(Json.object(SafeFiles.text(index), index.toString()).path("weight_map"), index);
        }
        return shards;
    }

    private void add(String name, Kind kind, Safetensors home) {
        kinds.put(name, kind);
        homes.put(name, home);
    }

    private void addAll(JsonNode map, Path index) {
        var files = new TreeSet<String>();
        map.properties().forEach(entry -> files.add(entry.getValue().asString("")));
        for (String name : files) {
            if (name.contains("/") || name.contains("\\") || !name.endsWith(".safetensors")) {
                throw Fault.data(
                        index + ": shard \"" + name + "\" is not a .safetensors file name", "correct the index");
            }
            Safetensors file = Safetensors.open(index.resolveSibling(name));
            file.kinds().forEach((tensor, kind) -> {
                if (map.path(tensor).asString("").equals(name)) {
                    add(tensor, kind, file);
                }
            });
        }
        map.properties().forEach(entry -> {
            if (!kinds.containsKey(entry.getKey())) {
                throw Fault.data(
                        index + ": \"" + entry.getKey() + "\" is not in "
                                + entry.getValue().asString(""),
                        "fetch the model again");
            }
        });
    }

    @Override
    public SequencedMap<String, Kind> kinds() {
        return kinds;
    }

    @Override
    public Weight read(String name) {
        return home(name).read(name);
    }

    @Override
    public float[] rows(String name, int from, int count) {
        return home(name).rows(name, from, count);
    }

    private Safetensors home(String name) {
        return Optional.ofNullable(homes.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no tensor \"" + name + "\""));
    }

    /// Writes tensors into an empty directory, sorted by name: in one file if they fit, else cut where the next tensor
    /// would make a file larger than `largest`. A tensor that is larger alone has a file of its own.
    ///
    /// @param largest bytes of tensors in a file
    public static void write(Path directory, Tensors tensors, StoredDtype dtype, long largest) {
        var sizes = new TreeMap<String, Long>();
        tensors.kinds().forEach((name, kind) -> sizes.put(name, Weight.count(kind.shape()) * dtype.bytes()));
        List<List<String>> parts = parts(sizes, largest);
        if (parts.size() == 1) {
            Safetensors.write(directory.resolve(SINGLE), tensors, parts.getFirst(), dtype);
            return;
        }
        ObjectNode index = JSON.createObjectNode();
        ObjectNode metadata = index.putObject("metadata");
        long bytes = sizes.values().stream().mapToLong(Long::longValue).sum();
        metadata.put("total_parameters", bytes / dtype.bytes());
        metadata.put("total_size", bytes);
        var homes = new TreeMap<String, String>();
        for (int i = 0; i < parts.size(); i++) {
            String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, parts.size());
            Safetensors.write(directory.resolve(name), tensors, parts.get(i), dtype);
            parts.get(i).forEach(tensor -> homes.put(tensor, name));
        }
        ObjectNode map = index.putObject("weight_map");
        homes.forEach(map::put);
        String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(index);
        SafeFiles.replace(directory.resolve(INDEX), json + "\n");
    }

    private static List<List<String>> parts(Map<String, Long> sizes, long largest) {
        List<List<String>> parts = new ArrayList<>();
        List<String> part = new ArrayList<>();
        long filled = 0;
        for (var entry : sizes.entrySet()) {
            if (!part.isEmpty() && filled + entry.getValue() > largest) {
                parts.add(part);
                part = new ArrayList<>();
                filled = 0;
            }
            part.add(entry.getKey());
            filled += entry.getValue();
        }
        parts.add(part);
        return parts;
    }
}
