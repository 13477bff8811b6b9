package dev.hone.method.sharpening;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedLikelihood;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Models that say one of a few texts, whatever they are asked, with probabilities that are known exactly. A token is
/// a character, and those of a text are equally likely. Learning demonstrations gives the model under which they are
/// likeliest: the texts as often as they were shown.
final class EnumerableModels implements Learner {
    private final Map<String, Map<String, Double>> probabilities = new HashMap<>();

    /// @param texts their probabilities, 1 in all
    Model model(String id, Map<String, Double> texts) {
        probabilities.put(id, new TreeMap<>(texts));
        return new Model(id, URI.create("file:/enumerable/" + id), new Lineage.Given("test"));
    }

    /// Of a text, 0 if this model never says it.
    double probability(Model model, String text) {
        return of(model).getOrDefault(text, 0.0);
    }

    /// Of what this model says, in nats.
    double entropy(Model model) {
        return of(model).values().stream().mapToDouble(p -> -p * Math.log(p)).sum();
    }

    private Map<String, Double> of(Model model) {
        return probabilities.getOrDefault(model.id(), Map.of());
    }

    Generator generator() {
        return new ScriptedGenerator(
                (model, _, _, seed) -> at(model, new SplittableRandom(seed).nextDouble()), this::logProb);
    }

    Likelihood likelihood() {
        return new ScriptedLikelihood((model, _, text) -> logProb(model, text));
    }

    /// Of each token.
    private double logProb(Model model, String text) {
        return Math.log(probability(model, text)) / text.length();
    }

    /// The text at which the sum of the probabilities passes a number in `[0, 1)`.
    private String at(Model model, double number) {
        double sum = 0;
        String last = "";
        for (var each : of(model).entrySet()) {
            sum += each.getValue();
            last = each.getKey();
            if (number < sum) {
                break;
            }
        }
        return last;
    }

    @Override
    public <E extends Examples> Learned learn(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        List<Demonstration> shown = ((Demonstrations) examples).all();
        Map<String, Double> texts = new TreeMap<>();
        shown.forEach(each -> texts.merge(ScriptedLikelihood.completion(each), 1.0 / shown.size(), Double::sum));
        String id = Long.toHexString(
                new Seed(examples.hashCode()).derive(start.weights().id()).value());
        return new Learned(model(id, texts), List.of(1.0), shown.size());
    }

    @Override
    public void release(Model model) {
        probabilities.remove(model.id());
    }
}
