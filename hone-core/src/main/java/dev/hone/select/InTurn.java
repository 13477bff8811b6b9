package dev.hone.select;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Selectors one after the other; each sees what the earlier ones kept, and the last word on a sample counts.
public record InTurn(List<Selector> selectors) implements Selector {

    public InTurn {
        selectors = List.copyOf(selectors);
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("InTurn needs at least one selector");
        }
    }

    public static InTurn of(Selector... selectors) {
        return new InTurn(List.of(selectors));
    }

    @Override
    public List<Decision> select(List<Judged> judged, Step step) {
        IdentityHashMap<Judged, Decision> last = new IdentityHashMap<>();
        List<Judged> left = judged;
        for (Selector selector : selectors) {
            List<Judged> kept = new ArrayList<>();
            for (Decision decision : selector.select(left, step)) {
                last.put(decision.judged(), decision);
                if (decision.isKept()) {
                    kept.add(decision.judged());
                }
            }
            left = kept;
        }
        return judged.stream().map(last::get).toList();
    }
}
