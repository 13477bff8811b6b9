package dev.hone.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Author;
import dev.hone.data.Constraint;
import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Part;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Role;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.data.Tokens;
import dev.hone.data.Warping;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is written is read back bit for bit.
class ValuesOnDiskTest {

    private static Tokens back(Tokens tokens) {
        return TokenBlobs.of(tokens).tokens();
    }

    @Test
    void tokens_of_every_author_with_and_without_log_probabilities() {
        Tokens tokens = Tokens.by(Author.PROMPT, 1, Integer.MAX_VALUE)
                .plus(Tokens.by(Author.HINT, -5))
                .plus(Tokens.scored(Author.MODEL, new int[] {7, 8, 9}, new float[] {-0.0f, -Float.MIN_VALUE, -1e30f}))
                .plus(Tokens.by(Author.MODEL, 10))
                .plus(Tokens.scored(Author.MODEL, new int[] {11}, new float[] {Float.NEGATIVE_INFINITY}))
                .plus(Tokens.scored(Author.FORCED, new int[] {12}, new float[] {0f}))
                .plus(Tokens.by(Author.DRAFT, 13))
                .plus(Tokens.by(Author.TOOL, 14));
        Tokens back = back(tokens);
        assertThat(back).isEqualTo(tokens);
        assertThat(Float.floatToRawIntBits(back.logProb(3))).isEqualTo(Float.floatToRawIntBits(-0.0f));
    }

    @Test
    void no_tokens() {
        assertThat(back(Tokens.empty())).isEqualTo(Tokens.empty());
    }

    @Test
    void doubles() {
        List<Double> values = List.of(-0.0, 0.0, Double.NaN, Double.MIN_VALUE, 1e300, -1.0 / 3);
        assertThat(TokenBlobs.doubles(TokenBlobs.doubles(values))).isEqualTo(values);
    }

    @Test
    void problems_of_every_kind() {
        List<Message> talk = List.of(
                new Message(Role.SYSTEM, List.of(new Part.Text("ünïcödé \"quoted\"\n\u0000 \uD83D\uDE00"))),
                new Message(
                        Role.USER,
                        List.of(new Part.Text(""), new Part.Image(URI.create("data:image/png;base64,AAAA")))),
                new Message(Role.ASSISTANT, List.of(new Part.ToolCall("c1", "add", "{\"a\":1}"))),
                new Message(Role.TOOL, List.of(new Part.ToolResult("c1", "2"))));
        for (Reference reference : List.of(
                new Reference.Answer("42", new Match.Exact()),
                new Reference.Answer("42", new Match.Numeric(1e-9)),
                new Reference.Answer("42", new Match.Regex("x=(\\d+)")),
                new Reference.Checked("countdown"),
                new Reference.None())) {
            for (Split split : Split.values()) {
                Problem problem = new Problem("p/1", talk, reference, split, new TreeMap<>(Map.of("b", "2", "a", "é")));
                assertThat(ProblemJson.read("p/1", ProblemJson.write(problem))).isEqualTo(problem);
            }
        }
    }

    @Test
    void sampling_of_every_kind() {
        Sampling plain = new Sampling(0.7, 20);
        assertThat(SamplingJson.write(plain)).isEmpty();
        for (Sampling sampling : List.of(
                plain,
                plain.with(Warping.NONE.withTopK(5).withTopP(0.1).withMinP(1e-9)),
                plain.with(Warping.NONE.withRepetitionPenalty(1.1).withBias(new TreeMap<>(Map.of(10, -0.5, 9, 1e-3)))),
                plain.stoppingAt("\n\n", "\uD83D\uDE00"),
                plain.with(new Constraint.Regex("[0-9]+\"ü")))) {
            String more = SamplingJson.write(sampling);
            assertThat(SamplingJson.read(0.7, 20, more)).isEqualTo(sampling);
        }
    }
}
