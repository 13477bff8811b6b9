package dev.hone.app.hub;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a hub says of one revision of a repository.
///
/// @param commit 40 digits: what the revision stood for when it was asked
record Listing(String commit, List<RemoteFile> files) {

    /// Bytes that a listing may have.
    static final int LARGEST = 32 << 20;

    private static final int MOST_FILES = 100_000;

    /// Bytes of a file: a petabyte, so that sums of sizes are numbers.
    private static final long LARGEST_FILE = 1L << 50;
    private static final Pattern SHA1 = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    Listing {
        files = List.copyOf(files);
    }

    /// @param json of at most [#LARGEST] bytes, as `/api/models/…/revision/…?blobs=true` answers
    /// @param where for messages
    /// @throws HoneException if it is not of that form, or names a file that lies outside of the repository
    static Listing parse(byte[] json, String where) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JacksonException broken) {
            throw new HoneException(
                    Kind.DATA, where + " answers with something that is not JSON; is it a hub for models?", broken);
        }
        String commit = root.path("sha").asString("");
        JsonNode siblings = root.path("siblings");
        if (!SHA1.matcher(commit).matches() || !siblings.isArray()) {
            throw new HoneException(
                    Kind.DATA,
                    where + " answers without a commit (\"sha\") and a list of files (\"siblings\"); is it a hub for "
                            + "models?");
        }
        if (siblings.size() > MOST_FILES) {
            throw new HoneException(
                    Kind.DATA,
                    where + " lists " + siblings.size() + " files, at most " + MOST_FILES + " are read; choose another "
                            + "repository");
        }
        List<RemoteFile> files = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (JsonNode sibling : siblings) {
            RemoteFile file = file(sibling, where);
            if (!paths.add(file.path())) {
                throw new HoneException(Kind.DATA, where + " lists \"" + file.path() + "\" twice; choose another hub");
            }
            files.add(file);
        }
        return new Listing(commit, files);
    }

    private static RemoteFile file(JsonNode sibling, String where) {
        String path = sibling.path("rfilename").asString("");
        if (!Names.isHarmless(path)) {
            throw new HoneException(
                    Kind.DATA,
                    where + " lists a file \"" + Names.shown(path) + "\", which is no path inside of a repository; do "
                            + "not trust this hub");
        }
        JsonNode lfs = sibling.path("lfs");
        JsonNode size = lfs.path("size").isIntegralNumber() ? lfs.path("size") : sibling.path("size");
        boolean isSize = size.isIntegralNumber() && size.canConvertToLong() && size.asLong() <= LARGEST_FILE;
        return new RemoteFile(path, isSize ? size.asLong() : -1, lfs.isObject() ? sha256(lfs) : gitBlob(sibling));
    }

    private static Checksum sha256(JsonNode lfs) {
        String named = lfs.path("sha256").asString(lfs.path("oid").asString(""));
        String hex = named.replaceFirst("^sha256:", "").toLowerCase(Locale.ROOT);
        return SHA256.matcher(hex).matches() ? new Checksum.Sha256(hex) : new Checksum.Unlisted();
    }

    private static Checksum gitBlob(JsonNode sibling) {
        String hex = sibling.path("blobId").asString("").toLowerCase(Locale.ROOT);
        return SHA1.matcher(hex).matches() ? new Checksum.GitBlob(hex) : new Checksum.Unlisted();
    }
}
