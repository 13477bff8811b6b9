package dev.hone.torch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import dev.hone.torch.Tiny;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class DecoderConfigTest {

    /// A small file of a family with some fields of one's own; `null` takes a field away.
    private static String file(String family, String fields) {
        JsonMapper json = JsonMapper.shared();
        ObjectNode root = (ObjectNode) json.readTree("""
                {"vocab_size": 97, "hidden_size": 48, "intermediate_size": 112, "num_hidden_layers": 3,
                 "num_attention_heads": 6, "num_key_value_heads": 2, "max_position_embeddings": 256}""");
        root.put("model_type", family);
        if (family.equals("mistral")) {
            root.putNull("sliding_window");
        }
        for (var field : json.readTree(fields).properties()) {
            if (field.getValue().isString() && field.getValue().asString().equals("absent")) {
                root.remove(field.getKey());
            } else {
                root.set(field.getKey(), field.getValue());
            }
        }
        return root.toString();
    }

    private static DecoderConfig config(String family, String fields) {
        return DecoderConfig.parse(file(family, fields), "config.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama31-rope", "mistral", "qwen2", "qwen3"})
    void what_is_written_is_read_back(String fixture) {
        DecoderConfig read =
                ModelDirectory.open(Tiny.resource("/parity/" + fixture)).config();
        String written = read.toJson();
        assertThat(DecoderConfig.parse(written, "config.json")).isEqualTo(read);
        assertThat(written)
                .contains("\"" + read.family().architecture() + "\"", "\"rope_theta\"", "\"rope_parameters\"");
    }

    @Test
    void a_family_names_its_own_parameters() {
        String at = "model.layers.2.self_attn.";
        assertThat(config("llama", "{}").parameters()).hasSize(3 * 9 + 3).doesNotContainKey(at + "q_proj.bias");
        assertThat(config("mistral", "{\"tie_word_embeddings\": true}").parameters())
                .hasSize(3 * 9 + 2);
        assertThat(config("qwen2", "{}").parameters())
                .hasSize(3 * 12 + 3)
                .containsEntry(at + "q_proj.bias", List.of(48))
                .containsEntry(at + "k_proj.bias", List.of(16))
                .containsEntry(at + "v_proj.bias", List.of(16))
                .doesNotContainKeys(at + "o_proj.bias", at + "q_norm.weight");
        assertThat(config("qwen3", "{\"head_dim\": 16}").parameters())
                .hasSize(3 * 11 + 3)
                .containsEntry(at + "q_norm.weight", List.of(16))
                .containsEntry(at + "k_norm.weight", List.of(16))
                .containsEntry(at + "o_proj.weight", List.of(48, 96))
                .doesNotContainKey(at + "q_proj.bias");
    }

    /// As in the configuration classes of transformers 5.
    @ParameterizedTest
    @CsvSource({"llama, 2048, 8", "mistral, 131072, 8", "qwen2, 32768, 8", "qwen3, 32768, 128"})
    void what_a_file_leaves_out_is_the_default_of_its_family(String family, int context, int headSize) {
        DecoderConfig config = config(family, "{\"max_position_embeddings\": \"absent\"}");
        assertThat(config.context()).isEqualTo(context);
        assertThat(config.headSize()).isEqualTo(headSize);
        assertThat(config.normEpsilon()).isEqualTo(1e-6f);
        assertThat(config.rope()).isEqualTo(new Rope.Plain(10000));
        assertThat(config.tied()).isFalse();
        assertThat(config("llama", "{\"num_key_value_heads\": \"absent\"}").keyValueHeads())
                .isEqualTo(6);
    }

    @Test
    void both_forms_of_rotary_settings_mean_the_same() {
        assertThat(config("qwen2", "{\"rope_theta\": 1000000.0}"))
                .isEqualTo(config("qwen2", "{\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 1e6}}"));
        String scaling = "\"factor\": 8.0, \"low_freq_factor\": 1.0, \"high_freq_factor\": 4.0,"
                + " \"original_max_position_embeddings\": 64";
        assertThat(config(
                        "llama",
                        "{\"rope_theta\": 500000.0, \"rope_scaling\": {\"rope_type\": \"llama3\", " + scaling + "}}"))
                .isEqualTo(config(
                        "llama",
                        "{\"rope_parameters\": {\"rope_type\": \"llama3\", \"rope_theta\": 500000.0, " + scaling
                                + "}}"))
                .extracting(DecoderConfig::rope)
                .isEqualTo(new Rope.Llama3(500000, 8, 1, 4, 64));
        assertThat(config("llama", "{\"rope_scaling\": null, \"rope_theta\": 5000}")
                        .rope())
                .isEqualTo(new Rope.Plain(5000));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mistral | {"sliding_window": 256}
        mistral | {"sliding_window": "absent"}
        mistral | {"sliding_window": 4096, "max_position_embeddings": 4096}
        qwen2   | {"use_sliding_window": false, "sliding_window": 16}
        qwen2   | {"use_sliding_window": true, "sliding_window": null}
        qwen2   | {"use_sliding_window": true, "sliding_window": 16, "max_window_layers": 3}
        qwen3   | {"use_sliding_window": true, "sliding_window": 16, "layer_types": ["full_attention"]}
        qwen3   | {"use_sliding_window": true, "sliding_window": 256, "max_window_layers": 0}
        llama   | {"sliding_window": 16}
        qwen2   | {"attention_bias": true}
        """)
    void a_window_that_nothing_falls_out_of_is_none(String family, String fields) {
        assertThat(config(family, fields).family().modelType()).isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mistral | {"sliding_window": 255}                                  | sliding_window 255 is below max_position_embeddings 256
        mistral | {"sliding_window": "absent", "max_position_embeddings": 32768} | sliding_window 4096 is below
        qwen2   | {"use_sliding_window": true, "sliding_window": 16, "max_window_layers": 2} | sliding_window 16 is below
        qwen3   | {"use_sliding_window": true, "sliding_window": 16, "layer_types": ["full_attention", "sliding_attention"]} | sliding_window 16
        gemma2  | {}                                                       | "gemma2" is not supported; supported are "llama", "mistral", "qwen2", "qwen3"
        llama   | {"model_type": 7}                                        | model_type "7" is not supported
        llama   | {"attention_bias": true}                                 | attention_bias "true"
        qwen3   | {"attention_bias": true}                                 | attention_bias "true"
        llama   | {"mlp_bias": true}                                       | mlp_bias "true"
        llama   | {"hidden_act": "gelu"}                                   | hidden_act "gelu" is not supported; supported is "silu"
        llama   | {"quantization_config": {"quant_method": "gptq"}}        | quantised by "gptq"
        llama   | {"rope_scaling": {"type": "yarn", "factor": 4}}          | rope_type "yarn"
        llama   | {"rope_parameters": {"rope_type": "llama3", "factor": 8}} | "original_max_position_embeddings" is missing
        llama   | {"rope_parameters": {"partial_rotary_factor": 0.5}}      | partial_rotary_factor 0.5
        llama   | {"rope_theta": 0}                                        | rope_theta 0.0
        llama   | {"rope_theta": "x"}                                      | "rope_theta" is "x", a number is needed
        llama   | {"rope_parameters": {"rope_type": "llama3", "factor": -1, "original_max_position_embeddings": 64}} | factor -1.0
        qwen2   | {"num_key_value_heads": "absent"}                        | "num_key_value_heads" is missing
        llama   | {"vocab_size": "absent"}                                 | "vocab_size" is missing
        llama   | {"vocab_size": 5000000}                                  | vocab_size is 5000000
        llama   | {"hidden_size": -48}                                     | hidden_size is -48
        llama   | {"num_hidden_layers": 1.5}                               | "num_hidden_layers" is 1.5
        llama   | {"num_attention_heads": 0}                               | num_attention_heads is 0
        llama   | {"num_attention_heads": 5}                               | no multiple of num_key_value_heads
        llama   | {"head_dim": 7}                                          | head_dim 7 is odd
        llama   | {"rms_norm_eps": 0}                                      | rms_norm_eps 0.0
        llama   | {"num_hidden_layers": 5000}                              | num_hidden_layers is 5000, allowed is 1 to 4096
        llama   | {"head_dim": 1048576}                                    | num_attention_heads 6 of head_dim 1048576 are wider
        llama   | {"rope_parameters": {"rope_type": "llama3", "original_max_position_embeddings": -1}} | original_max_position_embeddings -1
        """)
    void what_cannot_be_computed_is_refused_by_name(String family, String fields, String hint) {
        assertThatThrownBy(() -> config(family, fields))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(hint);
    }

    /// A default in its place would be another model.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        llama   | {"bos_token_id": 99999999999}                            | "bos_token_id" is 99999999999, a whole number
        llama   | {"eos_token_id": ["x"]}                                  | "eos_token_id" is "x", a whole number
        llama   | {"hidden_act": ["gelu"]}                                 | "hidden_act" is ["gelu"], a text is needed
        llama   | {"mlp_bias": {"gate": true}}                             | "mlp_bias" is {"gate":true}, true or false is
        llama   | {"attention_bias": "true"}                               | "attention_bias" is "true", true or false is
        llama   | {"tie_word_embeddings": "yes"}                           | "tie_word_embeddings" is "yes", true or false
        llama   | {"rms_norm_eps": "abc"}                                  | "rms_norm_eps" is "abc", a number is needed
        llama   | {"rms_norm_eps": 1e999}                                  | "rms_norm_eps" is
        llama   | {"initializer_range": [1]}                               | "initializer_range" is [1], a number
        llama   | {"quantization_config": "gptq"}                          | quantised
        llama   | {"partial_rotary_factor": "half"}                        | "partial_rotary_factor" is "half", a number
        llama   | {"rope_scaling": "yarn"}                                 | "rope_scaling" is "yarn", an object is needed
        llama   | {"rope_parameters": ["yarn"]}                            | "rope_parameters" is ["yarn"], an object
        llama   | {"rope_parameters": {"rope_type": ["yarn"]}}             | "rope_type" is ["yarn"], a text is needed
        qwen2   | {"use_sliding_window": "true"}                           | "use_sliding_window" is "true", true or false
        qwen2   | {"use_sliding_window": true, "max_window_layers": "all"} | "max_window_layers" is "all", a whole number
        """)
    void a_value_of_another_kind_is_refused_and_never_taken_for_the_default(String family, String fields, String hint) {
        assertThatThrownBy(() -> config(family, fields))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(hint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"eos_token_id": [5, 6]} | {"eos_token_id": 7} | 5 6
        {"eos_token_id": 5}      | {"eos_token_id": 7} | 5
        {}                       | {"eos_token_id": [7, 8]} | 7 8
        {"eos_token_id": null}   | {}                  | ''
        {"eos_token_id": [97, -1, "x", 3]} | {}        | 3
        """)
    void a_text_may_end_with_several_tokens(String generation, String fields, String ends, @TempDir Path folder)
            throws IOException {
        Files.writeString(folder.resolve("config.json"), file("llama", fields));
        Files.writeString(folder.resolve("generation_config.json"), generation);
        ModelDirectory model = ModelDirectory.open(folder);
        assertThat(model.ends().stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .isEqualTo(ends);
        assertThat(model.stops()).hasSize(model.ends().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "7"})
    void what_is_no_object_is_refused(String json) {
        assertThatThrownBy(() -> DecoderConfig.parse(json, "config.json"))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("config.json");
    }
}
