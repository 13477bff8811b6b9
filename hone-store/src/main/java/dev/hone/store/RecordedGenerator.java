package dev.hone.store;

import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Asks a generator for batches of prompts, each committed with the time that it took. What is on record is not
/// asked again. Once the allowance is spent the samples of whatever else is asked for have failed, and are on record
/// as such.
///
/// @param batch prompts at a time
record RecordedGenerator(Generator delegate, Phase phase, int batch, Allowance allowance, Ledger ledger)
        implements Generator {

    /// A prompt with the names of its samples.
    private record Asked(Prompt prompt, List<String> names) {}

    @Override
    public List<Sample> generate(Model model, List<Prompt> prompts, Step step) {
        ledger.enter(step);
        List<Asked> asked = asked(prompts, step);
        Map<String, Sample> drawn = onRecord(asked, model);
        long total = prompts.stream().mapToLong(Prompt::samples).sum();
        List<Asked> missing = asked.stream()
                .filter(each -> !drawn.keySet().containsAll(each.names()))
                .toList();

        long start = System.nanoTime();
        long before = drawn.size();
        for (int from = 0; from < missing.size(); from += batch) {
            step.mayStop();
            List<Asked> some = missing.subList(from, Math.min(from + batch, missing.size()));
            draw(model, some, step, drawn, total);
            double seconds = (System.nanoTime() - start) / 1e9;
            step.progress(drawn.size(), total, "samples", rate(drawn.size() - before, seconds));
        }
        if (missing.isEmpty()) {
            step.progress(total, total, "samples", "read");
        }
        List<Sample> samples = asked.stream()
                .flatMap(each -> each.names().stream())
                .map(drawn::get)
                .toList();
        allowance.tell(samples, step);
        return samples;
    }

    private static String rate(long samples, double seconds) {
        return String.format(Locale.ROOT, "%.1f samples/s", samples / Math.max(seconds, 1e-9));
    }

    private static List<Asked> asked(List<Prompt> prompts, Step step) {
        return prompts.stream()
                .map(prompt -> {
                    List<String> names = new ArrayList<>(prompt.samples());
                    for (int i = 0; i < prompt.samples(); i++) {
                        names.add(Generator.id(step, prompt, i));
                    }
                    return new Asked(prompt, names);
                })
                .toList();
    }

    private Map<String, Sample> onRecord(List<Asked> asked, Model model) {
        Map<String, Problem> expected = new LinkedHashMap<>();
        for (Asked each : asked) {
            for (String name : each.names()) {
                if (expected.put(name, each.prompt().problem()) != null) {
                    throw new IllegalArgumentException("sample \"" + name
                            + "\" is asked for twice; an id is unique in its run; ask for more samples in one prompt, or"
                            + " in another step");
                }
            }
        }
        Map<String, Sample> found = ledger.read(reader -> ledger.samples().find(reader, expected));
        for (Asked each : asked) {
            for (String name : each.names()) {
                Sample sample = found.get(name);
                if (sample != null) {
                    checkStored(sample, each.prompt(), model);
                }
            }
        }
        return found;
    }

    private void checkStored(Sample sample, Prompt prompt, Model model) {
        String run = ledger.samples().runId();
        if (!sample.model().equals(model.id())) {
            throw Misfit.of(run, sample.id(), "model", sample.model());
        }
        if (!sample.sampling().equals(prompt.sampling())) {
            throw Misfit.of(run, sample.id(), "sampling", sample.sampling().toString());
        }
        if (!sample.origin().equals(prompt.origin())) {
            throw Misfit.of(run, sample.id(), "forced prefix", sample.origin().toString());
        }
    }

    private void draw(Model model, List<Asked> some, Step step, Map<String, Sample> drawn, long total) {
        Ledger.Stint stint = ledger.stint(phase);
        List<Prompt> prompts = some.stream().map(Asked::prompt).toList();
        List<Sample> samples = allowance.isSpent(ledger)
                ? allowance.refused(model, prompts, step)
                : delegate.generate(model, prompts, within(step, drawn.size(), total));
        checkDrawn(samples, some, model);
        List<Sample> fresh = samples.stream()
                .filter(sample -> !drawn.containsKey(sample.id()))
                .toList();
        ledger.commit(writer -> {
            long key = ledger.key(writer, step);
            ledger.samples().insert(writer, key, fresh);
            stint.spend(writer, key);
            return fresh.size();
        });
        allowance.spend(fresh);
        fresh.forEach(sample -> drawn.put(sample.id(), sample));
    }

    /// The step as the delegate sees it: it counts the samples of its batch, the listener those of the step.
    private static Step within(Step step, long done, long total) {
        return new Step(
                step.run(),
                step.name(),
                step.round(),
                step.seed(),
                step.folder(),
                event -> step.events()
                        .accept(
                                event instanceof RunEvent.Progress progress
                                                && progress.unit().equals("samples")
                                        ? new RunEvent.Progress(
                                                progress.step(),
                                                progress.round(),
                                                Math.min(total, done + progress.done()),
                                                total,
                                                progress.unit(),
                                                progress.detail())
                                        : event),
                step.stop());
    }

    private void checkDrawn(List<Sample> samples, List<Asked> some, Model model) {
        int i = 0;
        for (Asked each : some) {
            for (String name : each.names()) {
                if (i == samples.size() || !fits(samples.get(i), name, each.prompt(), model)) {
                    throw new IllegalStateException(
                            "the generator " + delegate.getClass().getName() + " was asked for sample \"" + name
                                    + "\" of model " + model.id() + " and gave "
                                    + (i == samples.size() ? "no more samples" : samples.get(i))
                                    + "; it must give each prompt's samples in order, with the ids of Generator.id, the"
                                    + " prompt's own problem, sampling, origin and hint, and the model's id");
                }
                i++;
            }
        }
        if (i != samples.size()) {
            throw new IllegalStateException(
                    "the generator " + delegate.getClass().getName() + " gave " + samples.size()
                            + " samples but was asked for " + i + "; it must give as many as were asked for");
        }
    }

    private static boolean fits(Sample sample, String name, Prompt prompt, Model model) {
        return sample.id().equals(name)
                && sample.problem().equals(prompt.problem())
                && sample.model().equals(model.id())
                && sample.sampling().equals(prompt.sampling())
                && sample.origin().equals(prompt.origin())
                && sample.hint().equals(prompt.hint());
    }
}
