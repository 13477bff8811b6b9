/// Generating: models write text, and say how likely a given text is.
///
/// **In** [dev.hone.data.Model] and [Prompt]. **Out** [dev.hone.data.Sample], [dev.hone.data.Tokens].
/// Nothing here says whether a text is good.
///
/// Start at [Generator]; [Likelihood] scores given text, [LayerLikelihood] does so layer by layer.
///
/// **To add one:** an implementation in the module that fences its dependency, with a test that implements
/// `GeneratorContract`.
@NullMarked
package dev.hone.generate;

import org.jspecify.annotations.NullMarked;
