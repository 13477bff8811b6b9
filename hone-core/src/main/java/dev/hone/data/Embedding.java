package dev.hone.data;

import java.util.Arrays;

/// Where a text lies among others: texts that are alike have vectors of like direction. Vectors of different
/// embedders do not compare.
///
/// Immutable; the array is copied on the way in.
public final class Embedding {
    private final float[] components;

    private Embedding(float[] components) {
        this.components = components;
    }

    /// @param components at least one, each finite; all zero for a text of which nothing is known
    public static Embedding of(float... components) {
        if (components.length == 0) {
            throw new IllegalArgumentException("an embedding has at least 1 component but was given none");
        }
        for (float component : components) {
            if (!Float.isFinite(component)) {
                throw new IllegalArgumentException(
                        "an embedding's components must be finite but one was " + component + "; look at the embedder");
            }
        }
        return new Embedding(components.clone());
    }

    public int dimension() {
        return components.length;
    }

    public float at(int index) {
        return components[index];
    }

    /// The Euclidean length.
    public double length() {
        double square = 0;
        for (float component : components) {
            square += (double) component * component;
        }
        return Math.sqrt(square);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding embedding && Arrays.equals(components, embedding.components);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components);
    }

    @Override
    public String toString() {
        return "embedding of " + components.length + " components";
    }
}
