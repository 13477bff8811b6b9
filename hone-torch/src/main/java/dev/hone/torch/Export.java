package dev.hone.torch;

import dev.hone.data.Model;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Shards;
import dev.hone.torch.model.DirectoryWriter;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.setting.StoredDtype;
import java.nio.file.Path;

/// Copies a model into a folder of the user's, in other numbers and shards if asked; see [DirectoryWriter].
///
/// @param dtype of the numbers on disk
/// @param largestShard bytes of tensors in a file, at least 1
public record Export(StoredDtype dtype, long largestShard) {

    /// Bytes of tensors in a file where nobody asks for another size.
    public static final long LARGEST_SHARD = Shards.LARGEST;

    public Export {
        if (largestShard < 1) {
            throw Fault.settings("a shard of " + largestShard + " bytes cannot hold anything", "allow at least 1");
        }
    }

    /// What was written.
    ///
    /// @param logits how far those of the probe are from the source's: norm of the difference over norm
    public record Written(Path folder, double logits) {}

    /// Writes a copy of a model beside `folder`, then renames it to that. An adapter and a value head that lie beside
    /// its weights come along byte for byte.
    ///
    /// @param folder new or empty
    /// @throws dev.hone.run.HoneException if there is something in `folder`, the model cannot be read, its
    ///     numbers do not fit into the type, or what was written does not come back
    public Written write(Model model, Path folder) {
        var writer = new DirectoryWriter(dtype, largestShard);
        return new Written(folder, writer.copy(ModelDirectory.of(model), folder));
    }
}
