package dev.hone.torch;

import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.Family;
import dev.hone.torch.model.Rope;
import dev.hone.torch.tokenizer.CharacterVocabulary;

/// The shape of a model to be made.
///
/// @param characters that it can read and write, each once
/// @param hidden width of the residual stream, a multiple of twice `heads`
/// @param intermediate width of the gated part
/// @param context longest text in tokens
public record NewModel(String characters, int hidden, int intermediate, int layers, int heads, int context) {

    private static final float DEVIATION = 0.02f;

    public NewModel {
        if (heads < 1 || hidden % (2 * heads) != 0) {
            throw new IllegalArgumentException(
                    "hidden " + hidden + " is no multiple of twice the " + heads + " heads; change one of them");
        }
    }

    DecoderConfig config() {
        return new DecoderConfig(
                Family.LLAMA,
                CharacterVocabulary.of(characters).size(),
                hidden,
                intermediate,
                layers,
                heads,
                heads,
                hidden / heads,
                context,
                1e-6f,
                new Rope.Plain(10000),
                true,
                DEVIATION,
                new DecoderConfig.Specials(
                        CharacterVocabulary.BEGIN, CharacterVocabulary.END, CharacterVocabulary.PAD));
    }
}
