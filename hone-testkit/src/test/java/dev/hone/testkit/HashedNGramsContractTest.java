package dev.hone.testkit;

import dev.hone.generate.Embedder;
import dev.hone.generate.HashedNGrams;

class HashedNGramsContractTest implements EmbedderContract {
    @Override
    public Embedder embedder() {
        return HashedNGrams.standard();
    }
}
