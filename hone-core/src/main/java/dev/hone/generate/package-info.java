/// Generating: models write text, and say how likely a given text is, or where it lies among others.
///
/// **In** [dev.hone.data.Model] and [Prompt]. **Out** [dev.hone.data.Sample], [dev.hone.data.Tokens],
/// [dev.hone.data.Embedding]. Nothing here says whether a text is good.
///
/// Start at [Generator]; [Likelihood] scores given text, [LayerLikelihood] does so layer by layer. [Embedder]
/// gives vectors; [HashedNGrams] does so without a model. [HintText] writes what a model is to see besides a
/// problem.
///
/// **To add one:** an implementation in the module that fences its dependency, with a test; of a
/// [Generator] one that implements `GeneratorContract`, of an [Embedder] `EmbedderContract`.
@NullMarked
package dev.hone.generate;

import org.jspecify.annotations.NullMarked;
