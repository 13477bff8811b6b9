package dev.hone.store;

import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.Step;
import java.util.List;

/// Puts a judge's verdicts on record. If all that are asked for are there, they are read.
record RecordedJudge(Judge delegate, OpinionTable table, Ledger ledger) implements Judge {

    @Override
    public List<Judged> judge(List<Group> groups, Step step) {
        ledger.enter(step);
        List<Sample> samples =
                groups.stream().flatMap(group -> group.samples().stream()).toList();
        List<Judged> known = table.verdicts(step, samples);
        if (known.size() == samples.size()) {
            return known;
        }
        Ledger.Stint stint = ledger.stint(Phase.JUDGE);
        List<Judged> judged = delegate.judge(groups, step);
        check(judged, samples);
        return ledger.commit(writer -> {
            long key = ledger.key(writer, step);
            table.insertVerdicts(writer, key, judged);
            stint.spend(writer, key);
            return judged;
        });
    }

    private void check(List<Judged> judged, List<Sample> samples) {
        boolean fits = judged.size() == samples.size();
        for (int i = 0; fits && i < samples.size(); i++) {
            fits = judged.get(i).sample().id().equals(samples.get(i).id());
        }
        if (!fits) {
            throw new IllegalStateException("the judge " + delegate.getClass().getName() + " was asked about "
                    + samples.size() + " samples and gave " + judged.size()
                    + " verdicts, or gave them in another order; it must give one for each, in the order given");
        }
    }
}
