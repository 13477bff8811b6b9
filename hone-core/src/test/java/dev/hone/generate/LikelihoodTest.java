package dev.hone.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Lineage;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikelihoodTest {
    private static final Model MODEL = new Model("m", URI.create("file:/m"), new Lineage.Given("test"));
    private static final Step STEP =
            new Step("run", "score", 1, new Seed(1), Path.of("scratch"), event -> {}, () -> {});

    /// Every character costs a nat, a "B" two.
    private static final Likelihood LIKELIHOOD = (model, texts, step) -> texts.stream()
            .map(text -> {
                assertThat(text.ending()).isEqualTo(Demonstration.Ending.OPEN);
                String written = ((Segment.Written) text.completion().getFirst()).text();
                float[] logProbs = new float[written.length()];
                for (int i = 0; i < logProbs.length; i++) {
                    logProbs[i] = written.charAt(i) == 'B' ? -2 : -1;
                }
                return Tokens.scored(Author.FORCED, written.chars().toArray(), logProbs);
            })
            .toList();

    private static LabelQuestion question(String... labels) {
        return new LabelQuestion("q", List.of(Message.user("A or B?")), List.of(labels));
    }

    @Test
    void labels_are_weighed_against_each_other() {
        List<LabelDistribution> both =
                LIKELIHOOD.labels(MODEL, List.of(question("A", "B"), question("BB", "AA", "AC")), STEP);
        // e^-1 against e^-2: 1 / (1 + e^-1) = 0.731059; together log(e^-1 + e^-2) = -0.686738
        assertThat(both.get(0).of("A")).isCloseTo(0.731059, within(1e-6));
        assertThat(both.get(0).of("B")).isCloseTo(0.268941, within(1e-6));
        assertThat(both.get(0).logMass()).isCloseTo(-0.686738, within(1e-6));
        // nats of all tokens count: -4, -2, -2; a tie goes to the first
        assertThat(both.get(1).likeliest()).isEqualTo("AA");
        assertThat(both.get(1).of("AA")).isCloseTo(1 / (2 + Math.exp(-2)), within(1e-6));
    }

    @Test
    void very_unlikely_labels_are_told_apart() {
        var distribution = LabelDistribution.of(List.of("A", "B"), List.of(-2000.0, -2001.0));
        assertThat(distribution.of("A")).isCloseTo(0.731059, within(1e-6));
        assertThat(distribution.logMass()).isCloseTo(-2000 + 0.313262, within(1e-6));
    }

    @Test
    void labels_must_be_several_and_different() {
        assertThatThrownBy(() -> question("A")).hasMessageContaining("at least two");
        assertThatThrownBy(() -> question("A", "A")).hasMessageContaining("different");
        assertThatThrownBy(() -> question("A", "")).hasMessageContaining("not empty");
        assertThatThrownBy(() -> LIKELIHOOD
                        .labels(MODEL, List.of(question("A", "B")), STEP)
                        .getFirst()
                        .of("C"))
                .hasMessageContaining("[A, B]");
    }
}
