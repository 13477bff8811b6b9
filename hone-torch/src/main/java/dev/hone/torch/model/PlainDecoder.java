package dev.hone.torch.model;

import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import java.util.Map;

/// The decoder once more, in plain `double` and in the order of a textbook: one sequence, no batch, no cache, one
/// parameter in memory at a time. It is the twin that the fast ones are held to, and what an export is checked with.
///
/// @param tensors as named in [DecoderConfig#parameters]
public record PlainDecoder(DecoderConfig config, Tensors tensors) {

    PlainDecoder(DecoderConfig config, Map<String, Weight> weights) {
        this(config, Tensors.of(weights));
    }

    /// Logits after each token, `[ids][vocabulary]`.
    public double[][] logits(int[] ids) {
        double[][] stream = embedded(ids);
        for (int layer = 0; layer < config.layers(); layer++) {
            String at = "model.layers." + layer + ".";
            add(stream, attention(at + "self_attn.", normalised(stream, at + "input_layernorm.weight")));
            add(stream, gated(at + "mlp.", normalised(stream, at + "post_attention_layernorm.weight")));
        }
        return project(
                normalised(stream, "model.norm.weight"),
                config.tied() ? "model.embed_tokens.weight" : "lm_head.weight");
    }

    private double[][] embedded(int[] ids) {
        float[] table = values("model.embed_tokens.weight");
        double[][] rows = new double[ids.length][config.hidden()];
        for (int t = 0; t < ids.length; t++) {
            for (int i = 0; i < config.hidden(); i++) {
                rows[t][i] = table[ids[t] * config.hidden() + i];
            }
        }
        return rows;
    }

    private double[][] attention(String at, double[][] x) {
        double[][] queries = project(x, at + "q_proj.weight");
        double[][] keys = project(x, at + "k_proj.weight");
        double[][] values = project(x, at + "v_proj.weight");
        if (config.attentionBias()) {
            addToEach(queries, at + "q_proj.bias");
            addToEach(keys, at + "k_proj.bias");
            addToEach(values, at + "v_proj.bias");
        }
        if (config.queryKeyNorm()) {
            normaliseHeads(queries, at + "q_norm.weight");
            normaliseHeads(keys, at + "k_norm.weight");
        }
        turn(queries);
        turn(keys);
        int group = config.heads() / config.keyValueHeads();
        double[][] mixed = new double[x.length][config.queryWidth()];
        for (int t = 0; t < x.length; t++) {
            for (int head = 0; head < config.heads(); head++) {
                int from = head * config.headSize();
                int shared = head / group * config.headSize();
                double[] shares = shares(queries[t], from, keys, shared, t);
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < config.headSize(); i++) {
                        mixed[t][from + i] += shares[s] * values[s][shared + i];
                    }
                }
            }
        }
        return project(mixed, at + "o_proj.weight");
    }

    /// Softmax of query times key over the tokens up to `last`.
    private double[] shares(double[] query, int from, double[][] keys, int shared, int last) {
        double[] scores = new double[last + 1];
        double largest = Double.NEGATIVE_INFINITY;
        for (int s = 0; s <= last; s++) {
            for (int i = 0; i < config.headSize(); i++) {
                scores[s] += query[from + i] * keys[s][shared + i];
            }
            scores[s] /= Math.sqrt(config.headSize());
            largest = Math.max(largest, scores[s]);
        }
        double sum = 0;
        for (int s = 0; s <= last; s++) {
            scores[s] = Math.exp(scores[s] - largest);
            sum += scores[s];
        }
        for (int s = 0; s <= last; s++) {
            scores[s] /= sum;
        }
        return scores;
    }

    private double[][] gated(String at, double[][] x) {
        double[][] gates = project(x, at + "gate_proj.weight");
        double[][] ups = project(x, at + "up_proj.weight");
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < config.intermediate(); i++) {
                double gate = gates[t][i];
                ups[t][i] *= gate / (1 + Math.exp(-gate));
            }
        }
        return project(ups, at + "down_proj.weight");
    }

    /// Each row times the matrix, `[rows][out]`.
    private double[][] project(double[][] x, String matrix) {
        float[] values = values(matrix);
        int in = x[0].length;
        int out = values.length / in;
        double[][] result = new double[x.length][out];
        for (int o = 0; o < out; o++) {
            for (int t = 0; t < x.length; t++) {
                double sum = 0;
                for (int i = 0; i < in; i++) {
                    sum += values[o * in + i] * x[t][i];
                }
                result[t][o] = sum;
            }
        }
        return result;
    }

    private double[][] normalised(double[][] x, String weight) {
        float[] weights = values(weight);
        double[][] result = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            result[t] = x[t].clone();
            normalise(result[t], 0, weights);
        }
        return result;
    }

    private void normaliseHeads(double[][] x, String weight) {
        float[] weights = values(weight);
        for (double[] row : x) {
            for (int from = 0; from < row.length; from += weights.length) {
                normalise(row, from, weights);
            }
        }
    }

    /// `x / sqrt(mean(x^2) + epsilon) * weight` over as many places as there are weights.
    private void normalise(double[] row, int from, float[] weights) {
        double squares = 0;
        for (int i = 0; i < weights.length; i++) {
            squares += row[from + i] * row[from + i];
        }
        double scale = 1 / Math.sqrt(squares / weights.length + config.normEpsilon());
        for (int i = 0; i < weights.length; i++) {
            row[from + i] *= scale * weights[i];
        }
    }

    /// Turns each pair `(i, i + D/2)` of each head by its angle at the row's position.
    private void turn(double[][] x) {
        int half = config.headSize() / 2;
        float[] cosines = config.rope().cosines(config.headSize(), x.length);
        float[] sines = config.rope().sines(config.headSize(), x.length);
        for (int t = 0; t < x.length; t++) {
            for (int from = 0; from < x[t].length; from += config.headSize()) {
                for (int pair = 0; pair < half; pair++) {
                    double cos = cosines[t * half + pair];
                    double sin = sines[t * half + pair];
                    double a = x[t][from + pair];
                    double b = x[t][from + half + pair];
                    x[t][from + pair] = a * cos - b * sin;
                    x[t][from + half + pair] = b * cos + a * sin;
                }
            }
        }
    }

    private void addToEach(double[][] x, String bias) {
        float[] values = values(bias);
        for (double[] row : x) {
            for (int i = 0; i < row.length; i++) {
                row[i] += values[i];
            }
        }
    }

    private static void add(double[][] to, double[][] more) {
        for (int t = 0; t < to.length; t++) {
            for (int i = 0; i < to[t].length; i++) {
                to[t][i] += more[t][i];
            }
        }
    }

    private float[] values(String name) {
        return tensors.read(name).values();
    }
}
