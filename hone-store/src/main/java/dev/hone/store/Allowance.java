package dev.hone.store;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How many tokens a run may draw. What is on record counts, so a run that was cut goes on with what it had left. A
/// batch that is begun is drawn to its end, and may take more than was left.
final class Allowance {
    private static final long UNREAD = -1;

    private final long limit;
    private final Finish.Failed refusal;
    private long drawn = UNREAD;
    private boolean told;

    private Allowance(long limit) {
        this.limit = limit;
        this.refusal = new Finish.Failed(String.format(Locale.ROOT, "the budget of %,d tokens is spent", limit));
    }

    static Allowance unlimited() {
        return new Allowance(Long.MAX_VALUE);
    }

    /// @param limit in tokens, at least 1
    static Allowance of(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("an allowance must be at least 1 token but was " + limit);
        }
        return new Allowance(limit);
    }

    boolean isSpent(Ledger ledger) {
        if (limit == Long.MAX_VALUE) {
            return false;
        }
        if (drawn == UNREAD) {
            drawn = ledger.read(reader -> Readings.drawn(reader, ledger.run())).stream()
                    .mapToLong(DrawnStep::tokens)
                    .sum();
        }
        return drawn >= limit;
    }

    void spend(List<Sample> fresh) {
        if (drawn != UNREAD) {
            drawn += fresh.stream()
                    .mapToLong(sample -> sample.tokens().count(Author.MODEL))
                    .sum();
        }
    }

    /// What stands for samples that are not drawn any more.
    List<Sample> refused(Model model, List<Prompt> prompts, Step step) {
        List<Sample> refused = new ArrayList<>();
        for (Prompt prompt : prompts) {
            for (int index = 0; index < prompt.samples(); index++) {
                refused.add(new Sample(
                        Generator.id(step, prompt, index),
                        prompt.problem(),
                        "",
                        Tokens.empty(),
                        refusal,
                        prompt.sampling(),
                        model.id(),
                        prompt.origin(),
                        prompt.hint()));
            }
        }
        return refused;
    }

    /// Notes the first time that something was not drawn.
    void tell(List<Sample> asked, Step step) {
        if (told || limit == Long.MAX_VALUE) {
            return;
        }
        long without =
                asked.stream().filter(sample -> sample.finish().equals(refusal)).count();
        if (without > 0) {
            told = true;
            String note = String.format(
                    Locale.ROOT,
                    "%s: %,d of the %,d samples of step %s were drawn, and none from here on",
                    refusal.because(),
                    asked.size() - without,
                    asked.size(),
                    step.name());
            step.events().accept(new RunEvent.Note(step.round(), note));
        }
    }
}
