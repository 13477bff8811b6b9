package dev.hone.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import dev.hone.torch.template.Unwritable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files each of which would end the process, or take all memory or time, if the native library saw it.
class TokenizerJsonTest {
    private static final String PAIRS = "{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]}";

    @TempDir
    Path folder;

    private TextTokenizer read(String fields) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.writeString(file, "{" + fields + (fields.contains("\"model\"") ? "" : ",\"model\":" + PAIRS) + "}");
        return TextTokenizer.read(file);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
        "pre_tokenizer":{"type":"Split","pattern":{"Regex":"(a+a+)+b"},"behavior":"Isolated","invert":false} § (a+a+)+b
        "normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"} § "Precompiled" is not supported; supported are [Lowercase
        "normalizer":{"type":"Sequence","normalizers":[{"type":"Replace","pattern":{"String":"a"},"content":"aaaaaaaaaaaaaaaa"},{"type":"Replace","pattern":{"String":"a"},"content":"aaaaaaaaaaaaaaaa"}]} § 256 times as long
        "normalizer":{"type":"Replace","pattern":{"Regex":".*"},"content":""} § content "" is no text of 1
        "normalizer":{"type":"Sequence","normalizers":[7]} § no object
        "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Sequence","pretokenizers":[{"type":"Sequence","pretokenizers":[{"type":"Sequence","pretokenizers":[{"type":"Sequence","pretokenizers":[{"type":"Whitespace"}]}]}]}]}]} § 4 deep
        "pre_tokenizer":{"type":"FixedLength","length":0} § "FixedLength"
        "decoder":{"type":"Strip","content":" ","start":0,"stop":1} § none at the end
        "decoder":{"type":"Replace","pattern":{"Regex":"[^b]+c"},"content":""} § of its decoder
        "decoder":{"type":"CTC"} § "CTC"
        "model":{"type":"BPE","continuing_subword_prefix":"##","vocab":{"a":0},"merges":[["a","a"]]} § continuing_subword_prefix
        "model":{"type":"BPE","end_of_word_suffix":"</w>","vocab":{"a":0},"merges":[]} § end_of_word_suffix
        "model":{"type":"BPE","dropout":0.5,"vocab":{"a":0},"merges":[]} § dropout
        "model":{"type":"BPE","unk_token":"b","vocab":{"a":0},"merges":[]} § unk_token "b"
        "model":{"type":"BPE","vocab":{"a":4294967295},"merges":[]} § 4294967295
        "model":{"type":"WordPiece","vocab":{"a":0}} § "WordPiece"
        "model":{"type":"WordLevel","vocab":{"a":0}} § unk_token
        "model":{"type":"Unigram","unk_id":1,"vocab":[["a",0]]} § unk_id 1
        "model":{"type":"Unigram","unk_id":0,"vocab":[["a",0,1]]} § a piece
        "added_tokens":[{"id":0,"content":"","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}] § content ""
        "added_tokens":[{"id":0,"content":" ","single_word":false,"lstrip":true,"rstrip":true,"normalized":false,"special":true}] § white space
        "added_tokens":[{"id":0,"content":"a"}] § lstrip
        """)
    void what_the_library_would_not_survive_is_refused_by_name(String fields, String hint) {
        assertThatThrownBy(() -> read(fields))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining(hint);
    }

    @Test
    void a_text_is_made_into_tokens_up_to_a_length_that_the_library_survives() throws IOException {
        String blanks = " ".repeat(TextTokenizer.LONGEST);
        String letters = "z".repeat(TextTokenizer.LONGEST); // the first kind of words takes all of them in vain
        try (TextTokenizer tokenizer =
                read("\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"\\\\s*[\\\\n]+"
                        + "|\\\\s+(?!\\\\S)|\\\\s+|[^x]?[^y]*[^z]+|[^x]?[^y]+\"},\"behavior\":\"Isolated\",\"invert\":false},\"model\":{\"type\":"
                        + "\"BPE\",\"vocab\":{\"a\":0,\" \":1,\"z\":2},\"merges\":[]}")) {
            assertThat(tokenizer.encode(blanks.substring(1) + "a")).hasSize(TextTokenizer.LONGEST);
            assertThat(tokenizer.encode(letters)).hasSize(TextTokenizer.LONGEST);
            assertThatThrownBy(() -> tokenizer.encode(blanks + "a"))
                    .isInstanceOf(Unwritable.class)
                    .hasMessageContaining("shorten");
        }
    }

    /// A Unigram; pairs of characters; pairs of bytes, of which the second of two is missing; bytes for what is
    /// missing.
    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '~', textBlock = """
        "model":{"type":"Unigram","unk_id":0,"vocab":[["?",0],["a",-1],["b",-1]]} § aXb § X
        "model":{"type":"BPE","vocab":{"a":0,"b":1},"merges":[]} § aXb § X
        "model":{"type":"BPE","vocab":{"a":0,"b":1},"merges":[],"ignore_merges":true} § ab § 
        "model":{"type":"BPE","vocab":{"a":0,"b":1,"Ã":2},"merges":[]},"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true} § aüb § ü
        "model":{"type":"BPE","byte_fallback":true,"vocab":{"a":0,"b":1,"<0xC3>":2},"merges":[]} § aüb § ü
        """)
    void a_character_without_a_token_is_refused_by_name_and_never_dropped(String fields, String text, String lost)
            throws IOException {
        try (TextTokenizer tokenizer = read(fields)) {
            assertThat(tokenizer.encode("ab")).hasSize(2);
            assertThatThrownBy(() -> tokenizer.encode(text))
                    .isInstanceOf(Unwritable.class)
                    .hasMessageStartingWith("\"" + lost + "\" in \"" + text + "\" is not in the model's vocabulary");
        }
    }

    /// For each character as many steps as the text has; and with what a normalizer may make of the text.
    @ParameterizedTest
    @CsvSource({"NFC, 10922", "NFD, 8192", "NFKC, 1820", "NFKD, 1820", "Lowercase, 32768"})
    void where_each_place_of_a_text_may_be_tried_up_to_its_end_the_text_is_short(String normalizer, int longest)
            throws IOException {
        String fields = "\"normalizer\":{\"type\":\"" + normalizer + "\"},\"pre_tokenizer\":{\"type\":\"Split\","
                + "\"pattern\":{\"Regex\":\"[^b]+c\"},\"behavior\":\"Isolated\",\"invert\":false}";
        try (TextTokenizer tokenizer = read(fields)) {
            assertThat(tokenizer.encode("a".repeat(longest))).hasSize(longest);
            assertThatThrownBy(() -> tokenizer.encode("a".repeat(longest + 1)))
                    .isInstanceOf(Unwritable.class)
                    .hasMessageContaining("longer than " + longest);
        }
    }
}
