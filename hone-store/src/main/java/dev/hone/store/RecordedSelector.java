package dev.hone.store;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import java.util.List;

/// Puts a selector's decisions on record. If all that are asked for are there, they are read; but where a sample
/// comes twice (judged by two), the selector is asked again, since there is one row a sample.
record RecordedSelector(Selector delegate, OpinionTable table, Ledger ledger) implements Selector {

    @Override
    public List<Decision> select(List<Judged> judged, Step step) {
        ledger.enter(step);
        boolean once =
                judged.stream().map(each -> each.sample().id()).distinct().count() == judged.size();
        List<Decision> known = once ? table.decisions(step, judged) : List.of();
        if (known.size() == judged.size()) {
            return known;
        }
        Ledger.Stint stint = ledger.stint(Phase.JUDGE);
        List<Decision> decisions = delegate.select(judged, step);
        check(decisions, judged);
        return ledger.commit(writer -> {
            long key = ledger.key(writer, step);
            table.insertDecisions(writer, key, decisions);
            stint.spend(writer, key);
            return decisions;
        });
    }

    private void check(List<Decision> decisions, List<Judged> judged) {
        boolean fits = decisions.size() == judged.size();
        for (int i = 0; fits && i < judged.size(); i++) {
            fits = decisions
                    .get(i)
                    .judged()
                    .sample()
                    .id()
                    .equals(judged.get(i).sample().id());
        }
        if (!fits) {
            throw new IllegalStateException(
                    "the selector " + delegate.getClass().getName() + " was asked about "
                            + judged.size() + " samples and gave " + decisions.size()
                            + " decisions, or gave them in another order; it must give one for each, in the order given");
        }
    }
}
