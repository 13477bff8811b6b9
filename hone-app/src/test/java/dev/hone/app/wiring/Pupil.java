package dev.hone.app.wiring;

import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.generate.Prompt;
import dev.hone.run.Seed;
import dev.hone.task.arithmetic.Arithmetic;
import dev.hone.testkit.ScriptedGenerator.Script;
import java.util.List;
import java.util.SplittableRandom;

/// A model that works out sums step by step, with or without a mistake from some step on, and finds the way from any
/// right beginning but not from a wrong one.
///
/// @param sure how often the base model makes no mistake
/// @param taught the same of a model that has learned
record Pupil(double sure, double taught) implements Script {
    private static final Arithmetic SUMS = Arithmetic.standard();
    private static final int WAYS = 6;

    /// Makes mistakes, fewer once it has learned.
    static Pupil learning() {
        return new Pupil(0.45, 0.6);
    }

    @Override
    public String write(Model model, Prompt prompt, int index, long seed) {
        Problem problem = prompt.problem();
        String begun = prompt.origin() instanceof Origin.Begun(String _, String text) ? text : "";
        List<String> ways = SUMS.workedAnswers(problem, WAYS, new Seed(0)).stream()
                .filter(way -> way.startsWith(begun) && way.length() > begun.length())
                .map(way -> way.substring(begun.length()))
                .toList();
        if (ways.isEmpty()) {
            return "";
        }
        SplittableRandom random = new SplittableRandom(seed);
        String way = ways.get(random.nextInt(ways.size()));
        double without = model.lineage() instanceof Lineage.Learned ? taught : sure;
        return random.nextDouble() < without ? way : mistaken(way, random);
    }

    /// With another number in some step, and in all that follow from it.
    private static String mistaken(String way, SplittableRandom random) {
        String[] steps = way.split(";", -1);
        for (int i = random.nextInt(steps.length); i < steps.length; i++) {
            steps[i] = steps[i].isEmpty() ? steps[i] : "1" + steps[i];
        }
        return String.join(";", steps);
    }
}
