package dev.hone.app.hub;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Fetches a model into a folder that is complete or not there.
///
/// Whatever ends it, repeating it goes on: files that are complete are kept, one that is not is resumed at its last
/// byte, and a kept file is recognised by its hash, so that a branch may move in between.
///
/// @param address what is wanted
/// @param folder where it shall be: new, empty, or complete already; for a GGUF file any folder
/// @param access the token, for the hub that it is for
/// @param tracker told how far it is
public record Pull(Address address, Path folder, Access access, Patience patience, Tracker tracker) {

    /// How far it is. Called from any thread.
    @FunctionalInterface
    public interface Tracker {

        /// @param done bytes of `total`
        /// @param file that they belong to
        void moved(long done, long total, String file);
    }

    /// @throws HoneException if it cannot be had, is not what the hub lists, or does not fit on the disk
    public Outcome run() {
        try (Web web = new Web(access.hub().origin(), access.token(), patience)) {
            Listing listing = listing(web);
            List<RemoteFile> files = new Choice(listing, address).files();
            try (Site site = Site.open(folder, files)) {
                return site.isComplete()
                        ? new Outcome.Complete(path(), listing.commit())
                        : fetch(web, listing.commit(), site);
            }
        } catch (IOException | UncheckedIOException disk) {
            throw storage(disk);
        }
    }

    private HoneException storage(Exception disk) {
        return new HoneException(
                Kind.STORAGE,
                "cannot write " + folder + ": " + disk.getMessage()
                        + "; make room or make it writable, and repeat the command: it " + "goes on where it stopped",
                disk);
    }

    /// The folder, or the GGUF file in it.
    private Path path() {
        String file = address.file();
        return file.isEmpty() ? folder : folder.resolve(file.substring(file.lastIndexOf('/') + 1));
    }

    private Listing listing(Web web) {
        String what = "looking " + address.repository() + "@" + address.revision() + " up";
        URI from = address.endpoint().listing(address.repository(), address.revision());
        try {
            byte[] json = patience.insist(what, () -> 0, () -> {
                Memory memory = new Memory(Listing.LARGEST);
                web.get(what, from, Map.of("Accept", "application/json"), memory);
                return memory.bytes();
            });
            return Listing.parse(json, address.endpoint().root());
        } catch (Spoiled wrong) {
            throw new HoneException(Kind.DATA, what + ": " + wrong.getMessage() + "; is this a hub for models?", wrong);
        }
    }

    private Outcome fetch(Web web, String commit, Site site) throws IOException {
        site.refuseOtherFiles();
        site.refuseSmallDisk();
        long total = site.files().stream().mapToLong(RemoteFile::size).sum();
        long done = 0;
        for (RemoteFile file : site.files()) {
            long before = done;
            if (!file.is(site.place(file))) {
                URI from = address.endpoint().file(address.repository(), commit, file.path());
                new Download(file, from, site.part(file), site.place(file))
                        .run(web, patience, bytes -> tracker.moved(before + bytes, total, file.name()));
            }
            done += file.size();
            tracker.moved(done, total, file.name());
        }
        site.finish();
        return new Outcome.Fetched(path(), commit, site.files().size(), total);
    }
}
