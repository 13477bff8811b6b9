package dev.hone.app.hub;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where a hub is.
///
/// @param root such as `https://huggingface.co`; may have a path, has no slash at its end
public record Endpoint(String root) {

    /// Where models are looked for unless something else is said.
    public static final Endpoint STANDARD = new Endpoint("https://huggingface.co");

    /// @param text a URL of `http` or `https` with a host and perhaps a path
    /// @throws HoneException if it is none, or has a user, a query or a fragment in it
    public static Endpoint of(String text) {
        String bare = text.strip().replaceFirst("/+$", "");
        Optional<URI> uri = uri(bare);
        if (uri.filter(Endpoint::isPlain).isEmpty()) {
            throw new HoneException(
                    Kind.SETTINGS,
                    "the endpoint is no address of a hub; give http:// or https:// with a host and perhaps a path, no "
                            + "user, no query, such as " + STANDARD.root);
        }
        return new Endpoint(bare);
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(URI uri) {
        return isWeb(uri) && uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
    }

    /// Whether it is an address of `http` or `https` with a host.
    static boolean isWeb(URI uri) {
        return uri.getHost() != null
                && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
    }

    /// Scheme, host and port of an address: who answers there.
    static String origin(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int standard = scheme.equals("https") ? 443 : 80;
        int port = uri.getPort() < 0 ? standard : uri.getPort();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    String origin() {
        return origin(URI.create(root));
    }

    /// Where the hub lists a repository's files.
    URI listing(String repository, String revision) {
        return URI.create(
                root + "/api/models/" + encoded(repository) + "/revision/" + segment(revision) + "?blobs=true");
    }

    /// Where the bytes of a file are.
    URI file(String repository, String commit, String path) {
        return URI.create(root + "/" + encoded(repository) + "/resolve/" + segment(commit) + "/" + encoded(path));
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/", -1)).map(Endpoint::segment).collect(Collectors.joining("/"));
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
