package dev.hone.app.hub;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongConsumer;

/// Fetches one file: resumed where it was cut, checked, and only then under its name.
///
/// @param file that is wanted
/// @param from where its bytes are
/// @param part where they are gathered; what is there is the beginning of them
/// @param place its name when it is complete
record Download(RemoteFile file, URI from, Path part, Path place) {

    /// Wrong bytes are thrown away and fetched once more.
    ///
    /// @param moved told how many bytes of it are there
    /// @throws HoneException if it cannot be had or is wrong twice
    void run(Web web, Patience patience, LongConsumer moved) throws IOException {
        try {
            fetch(web, patience, moved);
        } catch (Spoiled first) {
            Files.deleteIfExists(part);
            try {
                fetch(web, patience, moved);
            } catch (Spoiled again) {
                Files.deleteIfExists(part);
                throw new HoneException(
                        Kind.DATA,
                        "what " + from.getHost() + " sends for \"" + file.path()
                                + "\" is not what the hub lists, twice: " + again.getMessage()
                                + ". It was thrown away; try again later, or take another endpoint",
                        again);
            }
        }
    }

    private void fetch(Web web, Patience patience, LongConsumer moved) throws IOException, Spoiled {
        String what = "fetching \"" + file.path() + "\"";
        patience.insist(what, () -> PartFile.size(part), () -> {
            try (PartFile rest = PartFile.open(file, part, moved)) {
                if (rest.size() < file.size()) {
                    web.get(what, from, rest.fields(), rest);
                }
                if (rest.size() < file.size()) {
                    throw new IOException("the bytes ended after " + rest.size() + " of " + file.size());
                }
                rest.force();
                return part;
            }
        });
        String found = file.checksum().found(part);
        if (!found.equals(file.checksum().hex())) {
            throw new Spoiled(
                    file.checksum().kind() + " should be " + file.checksum().hex() + " and is " + found);
        }
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    }
}
