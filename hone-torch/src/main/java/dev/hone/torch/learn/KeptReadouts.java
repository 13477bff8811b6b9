package dev.hone.torch.learn;

import dev.hone.torch.file.Digest;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Safetensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.objective.Reader;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What fixed weights say of texts: computed once, then read from a file, so that a training that was cut
/// finds the same numbers without the weights that gave them.
///
/// @param folder where the files are; need not exist yet
/// @param whose names the weights
/// @param reader computes what is not there yet
public record KeptReadouts(Path folder, String whose, Reader reader) implements Reader {
    private static final String LOG_PROBS = "logProbs.";
    private static final String VALUES = "values.";

    @Override
    public List<Readout> read(List<Text> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        Path file = folder.resolve("readouts-" + name(texts) + ".safetensors");
        if (!Files.isRegularFile(file)) {
            write(file, reader.read(texts));
        }
        // read back even if just written: the file is float32, and a resumed training must see the same
        Map<String, Weight> tensors = Safetensors.read(file);
        List<Readout> all = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            all.add(new Readout(numbers(tensors, LOG_PROBS + i, file), numbers(tensors, VALUES + i, file)));
        }
        return all;
    }

    private String name(List<Text> texts) {
        Digest digest = new Digest().add(whose);
        for (Text text : texts) {
            int[] counted = new int[text.ids().length];
            for (int i = 0; i < counted.length; i++) {
                counted[i] = text.weights()[i] != 0 ? 1 : 0;
            }
            digest.add(text.ids()).add(counted).add(text.reads()).add(Double.toString(text.temperature()));
        }
        return digest.hex();
    }

    private void write(Path file, List<Readout> readouts) {
        try {
            Files.createDirectories(folder);
        } catch (IOException broken) {
            throw Fault.storage("cannot write " + folder, broken);
        }
        SequencedMap<String, Weight> tensors = new LinkedHashMap<>();
        for (int i = 0; i < readouts.size(); i++) {
            tensors.put(LOG_PROBS + i, weight(readouts.get(i).logProbs()));
            tensors.put(VALUES + i, weight(readouts.get(i).values()));
        }
        Safetensors.write(file, tensors);
    }

    private static Weight weight(double[] numbers) {
        float[] narrow = new float[numbers.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) numbers[i];
        }
        return new Weight(List.of(narrow.length), narrow);
    }

    private static double[] numbers(Map<String, Weight> tensors, String name, Path file) {
        Weight weight = tensors.get(name);
        if (weight == null) {
            throw Fault.data(file + " lacks \"" + name + "\"", "remove the file, it is computed again");
        }
        double[] wide = new double[weight.values().length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = weight.values()[i];
        }
        return wide;
    }
}
