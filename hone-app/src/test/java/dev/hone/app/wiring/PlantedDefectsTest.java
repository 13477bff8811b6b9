package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Split;
import dev.hone.method.dsweight.MeanLoss;
import dev.hone.method.dsweight.MeanLoss.Scope;
import dev.hone.method.dsweight.Worked.Answer;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.task.Task;
import dev.hone.task.countdown.Countdown;
import dev.hone.testkit.ScratchRun;
import dev.hone.torch.LocalModels;
import dev.hone.torch.TorchLikelihood;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the card of DS weight wants of it: that answers with a planted defect stand out, under the embedded model.
class PlantedDefectsTest {
    private static final int HUMAN = 100;
    private static final int SOUND = 160;
    private static final int ALL = 200;
    private static final Seed SEED = new Seed(5);

    private static List<Answer> answers() {
        Task task = Countdown.standard();
        List<Answer> answers = new ArrayList<>();
        for (Problem problem : task.problems(Split.TRAIN, 400, SEED)) {
            task.workedAnswers(problem, 1, SEED).stream()
                    .filter(text -> text.contains(";"))
                    .forEach(text -> answers.add(new Answer(problem, text)));
        }
        assertThat(answers).hasSizeGreaterThan(HUMAN + ALL);
        return answers.subList(0, HUMAN + ALL);
    }

    /// One step twice, or the first two steps in the other order.
    private static Answer defective(Answer answer, boolean twice) {
        List<String> steps = new ArrayList<>(List.of(answer.text().split(";", -1)));
        if (twice) {
            steps.add(1, steps.getFirst());
        } else {
            Collections.swap(steps, 0, 1);
        }
        return new Answer(answer.problem(), String.join(";", steps));
    }

    /// In how many pairs of a defective and a sound answer the defective one has the higher weight.
    private static double area(List<Double> weights) {
        double won = 0;
        for (double sound : weights.subList(0, SOUND)) {
            for (double defective : weights.subList(SOUND, ALL)) {
                won += defective > sound ? 1 : defective == sound ? 0.5 : 0;
            }
        }
        return won / SOUND / (ALL - SOUND);
    }

    @ParameterizedTest
    @EnumSource
    void answers_with_shuffled_or_repeated_steps_rank_high(Scope scope, @TempDir Path folder) {
        List<Answer> answers = answers();
        List<Answer> samples = new ArrayList<>();
        for (int i = 0; i < ALL; i++) {
            Answer answer = answers.get(HUMAN + i);
            samples.add(i < SOUND ? answer : defective(answer, i % 2 == 0));
        }
        Step step = new ScratchRun(1, folder).step("loss", 0);
        try (LocalModels models = new LocalModels(folder)) {
            Model given = GivenModel.at(EmbeddedModel.unpacked());
            var loss = new MeanLoss(
                    TorchLikelihood.on(models),
                    new Model(given.id(), given.location(), new Lineage.Given("test")),
                    scope);
            double human = loss.of(answers.subList(0, HUMAN), step).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
            List<Double> weights = loss.of(samples, step).stream()
                    .map(each -> Math.max(human / each, each / human))
                    .toList();
            assertThat(area(weights)).as("area under the curve").isGreaterThan(0.7);
        }
    }
}
