package dev.hone.torch.file;

import dev.hone.torch.setting.StoredDtype;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Tensors by name. What they are is known at once; their numbers are had one tensor at a time.
public interface Tensors {

    /// What is known of a tensor before it is read.
    record Kind(StoredDtype dtype, List<Integer> shape) {
        public Kind {
            shape = List.copyOf(shape);
        }
    }

    /// In the order in which they lie.
    SequencedMap<String, Kind> kinds();

    /// Reads one of [#kinds]; nothing of it is kept here.
    Weight read(String name);

    /// Some rows of a matrix, `[count * columns]`: a part of a large tensor where the whole is not needed at once.
    default float[] rows(String name, int from, int count) {
        Weight whole = read(name);
        int columns = whole.shape().getLast();
        return Arrays.copyOfRange(whole.values(), from * columns, (from + count) * columns);
    }

    /// Those that lie in memory already.
    static Tensors of(Map<String, Weight> weights) {
        var kinds = new LinkedHashMap<String, Kind>();
        weights.forEach((name, weight) -> kinds.put(name, new Kind(StoredDtype.F32, weight.shape())));
        return new Tensors() {
            @Override
            public SequencedMap<String, Kind> kinds() {
                return kinds;
            }

            @Override
            public Weight read(String name) {
                Weight weight = weights.get(name);
                if (weight == null) {
                    throw new IllegalArgumentException("no weight \"" + name + "\"");
                }
                return weight;
            }
        };
    }

    /// The narrowest type that holds every one of them exactly.
    default StoredDtype dtype() {
        var all = kinds().values().stream().map(Kind::dtype).distinct().toList();
        return all.size() == 1 ? all.getFirst() : StoredDtype.F32;
    }
}
