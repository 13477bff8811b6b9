package dev.hone.testkit;

import dev.hone.data.Model;
import dev.hone.data.Verifier;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A run that keeps nothing beyond the test: its steps have the seeds of a real run, its events and offered
/// models can be looked at.
public final class ScratchRun implements Run {
    private final Seed seed;
    private final Path folder;
    private final List<RunEvent> events = new ArrayList<>();
    private final SortedMap<Integer, Model> offered = new TreeMap<>();

    /// @param folder for the steps' work in progress
    public ScratchRun(long seed, Path folder) {
        this.seed = new Seed(seed);
        this.folder = folder;
    }

    @Override
    public Step step(String name, int round) {
        return new Step(
                "scratch",
                name,
                round,
                seed.derive(name).derive(round),
                folder.resolve(name + "-" + round),
                this::tell,
                () -> {});
    }

    @Override
    public void offer(int round, Model model) {
        offered.put(round, model);
        tell(new RunEvent.Offered(round, model));
    }

    @Override
    public void offerVerifier(int round, String name, Verifier verifier) {
        tell(new RunEvent.OfferedVerifier(round, name, verifier));
    }

    @Override
    public void tell(RunEvent event) {
        events.add(event);
    }

    /// What was told, in order.
    public List<RunEvent> events() {
        return List.copyOf(events);
    }

    /// The models offered, by round.
    public SortedMap<Integer, Model> offered() {
        return new TreeMap<>(offered);
    }
}
