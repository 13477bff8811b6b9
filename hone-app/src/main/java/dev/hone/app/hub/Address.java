package dev.hone.app.hub;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What is asked for: a model of a hub, or one GGUF file of it.
///
/// @param endpoint of the hub
/// @param repository `OWNER/NAME`
/// @param file path of a GGUF file in it; empty for the model's folder
/// @param revision a branch, a tag or a commit
public record Address(Endpoint endpoint, String repository, String file, String revision) {
    private static final Pattern PART = Pattern.compile("\\w(?:[\\w.-]{0,94}[\\w-])?");
    private static final Pattern REVISION = Pattern.compile("\\w[\\w./+-]{0,199}");
    private static final String STANDARD_REVISION = "main";
    static final String GGUF = ".gguf";

    /// Reads `OWNER/NAME`, `OWNER/NAME/FILE.gguf`, either with `@REVISION`, or the address of a page of the hub:
    /// `https://HOST/OWNER/NAME`, with `/tree/REVISION`,
    /// `/blob/REVISION/FILE.gguf` or `/resolve/REVISION/FILE.gguf`.
    ///
    /// @param hub where to look, unless an address of another hub is given
    /// @param revision the same as `@REVISION`; empty for none
    /// @throws HoneException if it is none of these, or two revisions are named
    public static Address parse(String text, Endpoint hub, String revision) {
        boolean isUrl = text.regionMatches(true, 0, "https://", 0, 8) || text.regionMatches(true, 0, "http://", 0, 7);
        Address named = isUrl ? ofUrl(text, hub) : ofName(text, hub);
        if (!named.revision.isEmpty() && !revision.isEmpty() && !named.revision.equals(revision)) {
            throw new HoneException(
                    Kind.SETTINGS,
                    "the revision is \"" + named.revision + "\" in the model's name and \"" + revision
                            + "\" in --revision; give one of them");
        }
        String wanted = named.revision.isEmpty() ? revision : named.revision;
        return new Address(named.endpoint, named.repository, named.file, wanted.isEmpty() ? STANDARD_REVISION : wanted);
    }

    public Address {
        String[] parts = repository.split("/", -1);
        if (parts.length != 2 || !isName(parts[0]) || !isName(parts[1])) {
            throw refused(
                    "\"" + Names.shown(repository) + "\" is no model of a hub",
                    "; a name has letters, digits, \".\", \"_\" and \"-\", no \"..\", no \"--\"");
        }
        if (!file.isEmpty() && (!file.endsWith(GGUF) || !Names.isHarmless(file))) {
            throw refused("\"" + Names.shown(file) + "\" is no path of a " + GGUF + " file in a repository", "");
        }
        if (!revision.isEmpty() && (!REVISION.matcher(revision).matches() || revision.contains(".."))) {
            throw refused(
                    "\"" + Names.shown(revision) + "\" is no revision",
                    "; it is a branch, a tag or a commit, such as main");
        }
    }

    /// The last part of the repository's name.
    public String name() {
        return repository.substring(repository.indexOf('/') + 1);
    }

    private static boolean isName(String part) {
        return PART.matcher(part).matches() && !part.contains("..") && !part.contains("--");
    }

    private static Address ofName(String text, Endpoint hub) {
        int at = text.indexOf('@');
        String name = at < 0 ? text : text.substring(0, at);
        String revision = at < 0 ? "" : text.substring(at + 1);
        if (at >= 0 && revision.isEmpty()) {
            throw refused("\"" + Names.shown(text) + "\" names no revision after its @", "");
        }
        return of(hub, List.of(name.split("/", -1)), revision);
    }

    /// @param parts owner, name, and the parts of a file's path
    private static Address of(Endpoint hub, List<String> parts, String revision) {
        if (parts.size() < 2) {
            throw refused("\"" + Names.shown(String.join("/", parts)) + "\" is no model of a hub", "");
        }
        return new Address(
                hub, parts.get(0) + "/" + parts.get(1), String.join("/", parts.subList(2, parts.size())), revision);
    }

    private static Address ofUrl(String text, Endpoint hub) {
        String bare = text.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
        boolean same = bare.startsWith(hub.root() + "/");
        Endpoint endpoint = same ? hub : host(bare);
        List<String> parts = new ArrayList<>();
        for (String part : bare.substring(
                        Math.min(bare.length(), endpoint.root().length() + 1))
                .split("/", -1)) {
            parts.add(decoded(part));
        }
        if (parts.size() <= 2) {
            return of(endpoint, parts, "");
        }
        String kind = parts.get(2);
        boolean folder = kind.equals("tree") && parts.size() == 4;
        boolean file = (kind.equals("blob") || kind.equals("resolve")) && parts.size() > 4;
        if (!folder && !file) {
            throw refused("\"" + Names.shown(text) + "\" is no page of a model, a revision of it or a file of it", "");
        }
        String revision = parts.get(3);
        parts.subList(2, 4).clear();
        return of(endpoint, parts, revision);
    }

    private static Endpoint host(String url) {
        int end = url.indexOf('/', url.indexOf("://") + 3);
        return Endpoint.of(end < 0 ? url : url.substring(0, end));
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return part; // refused where names are checked
        }
    }

    private static HoneException refused(String wrong, String allowed) {
        return new HoneException(
                Kind.SETTINGS,
                wrong + allowed + "; give OWNER/NAME, OWNER/NAME@REVISION, OWNER/NAME/FILE" + GGUF
                        + " or the address of its page");
    }
}
