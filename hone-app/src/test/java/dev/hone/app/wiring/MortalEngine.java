package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.ScriptedEngine;
import dev.hone.data.Examples;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.generate.Generator;
import dev.hone.generate.Likelihood;
import dev.hone.generate.Prompt;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Step;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLikelihood;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Scripted roles that may die before and after each call. A model's id says everything that it was learned from.
final class MortalEngine {
    private MortalEngine() {}

    /// @param lessons hears of what is learned
    static ScriptedEngine of(Script script, ScriptedLearner lessons, Path models, Places places) {
        return new ScriptedEngine(
                new Drawing(new ScriptedGenerator(script), places),
                new Learning(lessons, models, places),
                likelihood(places));
    }

    private record Drawing(Generator generator, Places places) implements Generator {
        @Override
        public List<Sample> generate(Model model, List<Prompt> prompts, Step step) {
            String first = Generator.id(step, prompts.getFirst(), 0);
            places.at("before " + first);
            assertThat(model.lineage() instanceof Lineage.Given || Files.exists(Path.of(model.location())))
                    .as("the model that draws " + first + " was not let go of")
                    .isTrue();
            List<Sample> drawn = generator.generate(model, prompts, step);
            places.at("after " + first);
            return drawn;
        }
    }

    private record Learning(ScriptedLearner lessons, Path models, Places places) implements Learner {
        @Override
        public <E extends Examples> Learned learn(
                Start start, E examples, Objective<E> objective, Training training, Step step) {
            places.at("before " + step.name() + "/" + step.round());
            Learned learned = lessons.learn(start, examples, objective, training, step);
            try {
                Path made =
                        Files.createDirectories(models.resolve(learned.model().id()));
                places.at("after " + step.name() + "/" + step.round());
                Model model = new Model(
                        learned.model().id(), made.toUri(), learned.model().lineage());
                return new Learned(model, learned.losses(), learned.tokens());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void release(Model model) {
            try {
                places.at("before the end of " + model.id());
                Files.deleteIfExists(Path.of(model.location()));
                places.at("after the end of " + model.id());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Every text as likely as its hash and the model say.
    private static Likelihood likelihood(Places places) {
        Likelihood script = new ScriptedLikelihood((model, _, text) ->
                -0.25 - (text.hashCode() & 15) / 16.0 - (model.id().hashCode() & 3) / 16.0);
        return (model, texts, step) -> {
            places.at("before scores of " + step.name() + "/" + step.round());
            return script.score(model, texts, step);
        };
    }
}
