package dev.hone.app.hub;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The files of a repository that a model needs: none that a library would run, none twice.
///
/// @param listing of the repository
/// @param address what was asked for
record Choice(Listing listing, Address address) {
    private static final String CONFIG = "config.json";
    private static final String WHOLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final Set<String> TEXTS = Set.of(
            CONFIG,
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "chat_template.jinja",
            "chat_template.json",
            "hone.json");

    /// What a model of Hone may have beside its weights.
    private static final String VALUE_HEAD = "value_head.safetensors";

    private static final Pattern WEIGHTS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors");

    /// Mistral's own form of the same numbers.
    private static final String CONSOLIDATED = "consolidated";

    private static final Pattern SPLIT = Pattern.compile(".*-\\d{5}-of-\\d{5}\\.gguf");
    private static final int SHOWN = 12;

    /// In the order of the hub.
    ///
    /// @throws HoneException if there is no model in the repository that can be read here, or the hub does not list
    ///     length and hash of a file that is needed
    List<RemoteFile> files() {
        List<RemoteFile> files = address.file().isEmpty() ? folder() : List.of(gguf());
        for (RemoteFile file : files) {
            if (file.size() < 0 || file.checksum() instanceof Checksum.Unlisted) {
                throw new HoneException(
                        Kind.DATA,
                        address.endpoint().root() + " lists \"" + file.path() + "\" without its length or its hash, so "
                                + "that it could not be checked; take another hub");
            }
        }
        return files;
    }

    private List<RemoteFile> folder() {
        List<String> paths = listing.files().stream().map(RemoteFile::path).toList();
        boolean whole = paths.contains(WHOLE);
        if (!paths.contains(CONFIG) || (!whole && !paths.contains(INDEX))) {
            throw noFolder(paths);
        }
        return listing.files().stream()
                .filter(file -> TEXTS.contains(file.path())
                        || file.path().equals(VALUE_HEAD)
                        || (whole ? file.path().equals(WHOLE) : isShard(file.path())))
                .toList();
    }

    private static boolean isShard(String path) {
        return path.equals(INDEX) || (WEIGHTS.matcher(path).matches() && !path.startsWith(CONSOLIDATED));
    }

    private RemoteFile gguf() {
        Optional<RemoteFile> named = listing.files().stream()
                .filter(file -> file.path().equals(address.file()))
                .findFirst();
        if (named.isEmpty()) {
            throw new HoneException(
                    Kind.SETTINGS, address.repository() + " has no file \"" + address.file() + "\"; " + ggufs());
        }
        if (SPLIT.matcher(address.file()).matches()) {
            throw new HoneException(
                    Kind.SETTINGS,
                    "\"" + address.file() + "\" is one part of a GGUF file that was split, which is not read; choose "
                            + "one that is whole");
        }
        return named.get();
    }

    private HoneException noFolder(List<String> paths) {
        if (paths.stream().anyMatch(path -> path.endsWith(Address.GGUF))) {
            return new HoneException(
                    Kind.SETTINGS,
                    address.repository() + " holds no folder of a model but GGUF files; name one of them, as "
                            + address.repository() + "/FILE" + Address.GGUF + "; " + ggufs());
        }
        String has = !paths.contains(CONFIG)
                ? "no " + CONFIG
                : paths.stream().anyMatch(path -> path.endsWith(".bin"))
                        ? "its weights only as .bin files, which can run code when they are read"
                        : "neither " + WHOLE + " nor " + INDEX;
        return new HoneException(
                Kind.SETTINGS,
                address.repository() + " at " + address.revision() + " has " + has + "; choose a model, or a revision "
                        + "of it, with " + CONFIG + ", safetensors and tokenizer.json");
    }

    private String ggufs() {
        List<String> paths = listing.files().stream()
                .map(RemoteFile::path)
                .filter(path ->
                        path.endsWith(Address.GGUF) && !SPLIT.matcher(path).matches())
                .toList();
        if (paths.isEmpty()) {
            return "there is no GGUF file in it";
        }
        String more = paths.size() > SHOWN ? " and " + (paths.size() - SHOWN) + " more" : "";
        return "there are " + String.join(", ", paths.subList(0, Math.min(SHOWN, paths.size()))) + more;
    }
}
