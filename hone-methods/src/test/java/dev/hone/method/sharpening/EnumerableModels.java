package dev.hone.method.sharpening;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Finish;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.generate.Prompt;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Models that say one of a few texts, whatever they are asked, with probabilities that are known exactly. A token is
/// a character, and those of a text are equally likely. Learning demonstrations gives the model under which they are
/// likeliest: the texts as often as they were shown.
final class EnumerableModels implements Generator, Likelihood, Learner {
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

    @Override
    public List<Sample> generate(Model model, List<Prompt> prompts, Step step) {
        List<Sample> samples = new ArrayList<>();
        for (Prompt prompt : prompts) {
            for (int index = 0; index < prompt.samples(); index++) {
                long seed = Generator.seed(step, prompt, index).value();
                String text = at(model, new SplittableRandom(seed).nextDouble());
                samples.add(new Sample(
                        Generator.id(step, prompt, index),
                        prompt.problem(),
                        text,
                        tokens(Author.MODEL, model, text),
                        new Finish.Stopped(),
                        prompt.sampling(),
                        model.id(),
                        new Origin.Fresh(),
                        prompt.hint()));
            }
        }
        return samples;
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

    private Tokens tokens(Author author, Model model, String text) {
        float[] logProbs = new float[text.length()];
        Arrays.fill(logProbs, (float) (Math.log(probability(model, text)) / text.length()));
        return Tokens.scored(author, text.chars().toArray(), logProbs);
    }

    @Override
    public List<Tokens> score(Model model, List<Demonstration> texts, Step step) {
        return texts.stream()
                .map(each -> tokens(Author.FORCED, model, text(each)))
                .toList();
    }

    private static String text(Demonstration demonstration) {
        StringBuilder text = new StringBuilder();
        for (Segment segment : demonstration.completion()) {
            Arrays.stream(((Segment.Drawn) segment).tokens().ids()).forEach(text::appendCodePoint);
        }
        return text.toString();
    }

    @Override
    public <E extends Examples> Learned learn(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        List<Demonstration> shown = ((Demonstrations) examples).all();
        Map<String, Double> texts = new TreeMap<>();
        shown.forEach(each -> texts.merge(text(each), 1.0 / shown.size(), Double::sum));
        String id = Long.toHexString(
                new Seed(examples.hashCode()).derive(start.weights().id()).value());
        return new Learned(model(id, texts), List.of(1.0), shown.size());
    }

    @Override
    public void release(Model model) {
        probabilities.remove(model.id());
    }
}
