package dev.hone.app.hub;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks servers for bytes. Redirects are followed, at most five and never from `https` to `http`; the token goes to
/// the hub itself and to nobody else.
final class Web implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int NOT_SATISFIABLE = 416;

    private final String home;
    private final Token token;
    private final Patience patience;
    private final HttpClient client;

    /// @param home scheme, host and port that the token is for
    Web(String home, Token token, Patience patience) {
        this.home = home;
        this.token = token;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // one file at a time: nothing to multiplex
                .connectTimeout(patience.connect())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /// One GET.
    ///
    /// @param what is fetched, for messages
    /// @throws IOException if the network fails or the server is busy, which may pass
    /// @throws Spoiled if the sink refuses
    /// @throws HoneException if the answer is that it cannot be had
    void get(String what, URI address, Map<String, String> fields, Sink sink) throws IOException, Spoiled {
        URI at = address;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<Void> reply = once(at, fields, sink);
            int status = reply.statusCode();
            if (status == OK || status == PARTIAL || status == NOT_SATISFIABLE) {
                return;
            }
            if (!REDIRECTS.contains(status)) {
                if (isBusy(status)) {
                    throw new Busy(at.getHost() + " answers " + status, pause(reply));
                }
                throw Endpoint.origin(at).equals(Endpoint.origin(address))
                        ? denied(what, at, reply)
                        : strange(what, at, status);
            }
            at = next(at, reply.headers().firstValue("Location").orElse(""));
        }
        throw new HoneException(
                Kind.REMOTE,
                what + ": " + address.getHost() + " redirects more than " + MOST_REDIRECTS + " times; choose another "
                        + "endpoint");
    }

    /// Where a redirect leads.
    ///
    /// @param location the field, absolute or relative
    /// @throws HoneException if it is no address of the web, or one where others may read along when `from` is not
    static URI next(URI from, String location) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException _) {
            to = URI.create("");
        }
        boolean safer = "https".equalsIgnoreCase(to.getScheme()) || !"https".equalsIgnoreCase(from.getScheme());
        if (location.isEmpty() || !Endpoint.isWeb(to) || !safer) {
            throw new HoneException(
                    Kind.REMOTE,
                    from.getHost() + " redirects to what is no address, or from https to http; choose another "
                            + "endpoint");
        }
        return to;
    }

    private HttpResponse<Void> once(URI at, Map<String, String> fields, Sink sink) throws IOException, Spoiled {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at).header("User-Agent", "hone").header("Accept-Encoding", "identity");
        fields.forEach(request::header);
        if (shows(at)) {
            request.header("Authorization", token.authorization());
        }
        Body body = new Body();
        BodyHandler<Void> choose = head -> {
            int status = head.statusCode();
            return status == OK || status == PARTIAL || status == NOT_SATISFIABLE
                    ? body.into(sink, head)
                    : Body.unread();
        };
        return await(client.sendAsync(request.build(), choose), body, at);
    }

    private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> reply, Body body, URI at)
            throws IOException, Spoiled {
        try {
            while (true) {
                try {
                    return reply.get(patience.stall().toMillis() / 4 + 1, TimeUnit.MILLISECONDS);
                } catch (TimeoutException _) {
                    if (body.silence().compareTo(patience.stall()) > 0) {
                        throw new IOException(at.getHost() + " sent nothing for "
                                + patience.stall().toMillis() / 1000.0 + " s");
                    }
                }
            }
        } catch (ExecutionException failed) {
            switch (Optional.ofNullable(failed.getCause()).orElse(failed)) {
                case UncheckedIOException disk -> throw disk;
                case HoneException known -> throw known;
                case Spoiled wrong -> throw wrong;
                case IOException cut -> throw new IOException(at.getHost() + ": " + cut, cut);
                case Throwable other -> throw new IllegalStateException("a request failed in an unknown way", other);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new HoneException(Kind.STOPPED, "stopped; repeat the command to go on", stopped);
        } finally {
            reply.cancel(true); // closes a connection on which nothing came; of no effect on one that is done
        }
    }

    private static boolean isBusy(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    private HoneException denied(String what, URI at, HttpResponse<Void> reply) {
        int status = reply.statusCode();
        String said = what + ": " + at.getHost() + " answers " + status;
        String code = reply.headers().firstValue("X-Error-Code").orElse("");
        return switch (status) {
            case 401, 403 ->
                new HoneException(
                        Kind.SETTINGS,
                        said + (shows(at) ? " to the token in HF_TOKEN" : " to a request without a token") + ": "
                                + (code.equals("GatedRepo")
                                        ? "who wants this model has to agree to its terms"
                                        : "there is no such model, or it is private, or its terms have to be agreed to")
                                + "; check the name, agree to the terms on the model's page, and set HF_TOKEN to a "
                                + "token that may read it (it is sent to the endpoint only, see --endpoint)");
            case 404 ->
                new HoneException(
                        Kind.SETTINGS,
                        said + ": there is no such "
                                + switch (code) {
                                    case "RevisionNotFound" -> "revision";
                                    case "EntryNotFound" -> "file";
                                    default -> "model, or no such revision of it";
                                }
                                + "; look its name, branches and tags up on the hub's pages");
            default -> strange(what, at, status);
        };
    }

    private static HoneException strange(String what, URI at, int status) {
        return new HoneException(
                Kind.REMOTE,
                what + ": " + at.getHost() + " answers " + status + "; check the endpoint, or try again later");
    }

    /// Whether the token is shown to who is there.
    private boolean shows(URI at) {
        return token.isThere() && Endpoint.origin(at).equals(home);
    }

    /// What a server asks to wait, where it says so in seconds; a date is left to the usual pauses.
    private static Duration pause(HttpResponse<Void> reply) {
        String seconds = reply.headers().firstValue("Retry-After").orElse("");
        return seconds.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
