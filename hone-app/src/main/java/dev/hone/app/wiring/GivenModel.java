package dev.hone.app.wiring;

import dev.hone.data.Model;
import dev.hone.torch.LocalModels;
import java.nio.file.Path;

/// A model that a command was given. A GGUF file is made into a folder in the cache, which all commands share.
public final class GivenModel {
    private GivenModel() {}

    /// @param name `embedded`, a Hugging Face folder, or a file that ends in `.gguf`
    public static Model named(String name) {
        return at(BaseModel.named(name).path());
    }

    static Model at(Path path) {
        try (LocalModels converted = new LocalModels(Cache.folder().resolve("models"))) {
            return converted.open(path);
        }
    }
}
