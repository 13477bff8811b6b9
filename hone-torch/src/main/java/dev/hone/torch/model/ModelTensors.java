package dev.hone.torch.model;

import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The parameters of a decoder and of a reward head that it may have, among tensors that may hold more (a
/// tied head, tables of older formats); the decoder's are all there, with the shapes that the config asks
/// for.
///
/// @param kinds in the order of the forward pass
public record ModelTensors(Tensors all, SequencedMap<String, Kind> kinds) implements Tensors {

    /// @param where for messages
    static ModelTensors of(DecoderConfig config, Tensors all, Path where) {
        var found = all.kinds();
        if (config.layers() > found.size()) { // before the names of all their parameters are made
            throw Fault.data(
                    where + " has " + found.size() + " tensors and config.json says " + config.layers() + " layers",
                    "fetch the model again");
        }
        var kinds = new LinkedHashMap<String, Kind>();
        config.parameters().forEach((name, shape) -> {
            Kind kind = found.get(name);
            if (kind == null) {
                throw Fault.data(
                        where + " has " + found.size() + " tensors and config.json expects "
                                + config.parameters().size() + ": missing \"" + name + "\"",
                        "fetch the model again");
            }
            if (!kind.shape().equals(shape)) {
                throw Fault.data(
                        where + ": tensor \"" + name + "\": expected shape " + shape + " by config.json, got "
                                + kind.shape(),
                        "config.json and the weights belong to different models, fetch both again");
            }
            kinds.put(name, kind);
        });
        for (String name : List.of(HeadKind.WEIGHT, HeadKind.BIAS)) {
            if (found.containsKey(name)) {
                kinds.computeIfAbsent(name, found::get);
            }
        }
        return new ModelTensors(all, kinds);
    }

    @Override
    public Weight read(String name) {
        return all.read(name);
    }

    @Override
    public float[] rows(String name, int from, int count) {
        return all.rows(name, from, count);
    }

    /// All of them in memory.
    SequencedMap<String, Weight> readAll() {
        var weights = new LinkedHashMap<String, Weight>();
        kinds.keySet().forEach(name -> weights.put(name, read(name)));
        return weights;
    }
}
