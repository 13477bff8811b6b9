package dev.hone.app.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A hub on this machine that does what a test tells it to do, and remembers what it was asked.
public final class LocalHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, Deque<Answer>> scripts = new HashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private Optional<String> listing = Optional.empty();

    /// One request.
    ///
    /// @param path as it came, with the query
    /// @param range the field, or empty
    /// @param token the field `Authorization`, or empty
    record Asked(String path, String range, String token) {}

    /// What is done instead of answering well.
    @FunctionalInterface
    interface Answer {
        void give(HttpExchange exchange, byte[] whole) throws IOException;
    }

    public LocalHub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /// Adds a file. Those that end in `.safetensors` or `.gguf` are listed as a hub lists large files.
    public LocalHub with(String path, byte[] bytes) {
        files.put(path, bytes);
        return this;
    }

    LocalHub with(String path, String text) {
        return with(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /// What is listed, whatever the files are.
    LocalHub listing(String json) {
        listing = Optional.of(json);
        return this;
    }

    /// The next answers for a path that ends so, in their order; after them it answers well.
    LocalHub answering(String end, Answer... answers) {
        scripts.computeIfAbsent(end, _ -> new ArrayDeque<>()).addAll(Arrays.asList(answers));
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The same server under another name.
    String urlByName() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /// What was asked for a file.
    List<Asked> asked(String end) {
        return asked().stream().filter(each -> each.path().endsWith(end)).toList();
    }

    void forget() {
        asked.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(new Asked(path, field(exchange, "Range"), field(exchange, "Authorization")));
        try (exchange) {
            byte[] whole = path.startsWith("/api/") ? list() : file(path);
            Optional<Answer> scripted = scripts.entrySet().stream()
                    .filter(entry -> path.endsWith(entry.getKey()))
                    .flatMap(entry -> Optional.ofNullable(entry.getValue().poll()).stream())
                    .findFirst();
            scripted.orElse(LocalHub::range).give(exchange, whole);
        }
    }

    private static String field(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private byte[] file(String path) {
        return files.entrySet().stream()
                .filter(file -> path.endsWith("/" + file.getKey().replace(" ", "%20")))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(new byte[0]);
    }

    private byte[] list() {
        return listing.orElseGet(() -> listingOf(files)).getBytes(StandardCharsets.UTF_8);
    }

    static String listingOf(Map<String, byte[]> files) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("id", "owner/name").put("sha", COMMIT);
        ArrayNode siblings = root.putArray("siblings");
        files.forEach((path, bytes) -> {
            ObjectNode file = siblings.addObject().put("rfilename", path).put("size", bytes.length);
            file.put("blobId", hash("SHA-1", ("blob " + bytes.length + "\0").getBytes(StandardCharsets.UTF_8), bytes));
            if (path.matches(".*\\.(safetensors|gguf)")) {
                file.putObject("lfs")
                        .put("sha256", hash("SHA-256", new byte[0], bytes))
                        .put("size", bytes.length)
                        .put("pointerSize", 134);
            }
        });
        return root.toString();
    }

    static String hash(String algorithm, byte[] head, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(head);
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The usual answer: all of it, or from where it was asked.
    static void range(HttpExchange exchange, byte[] whole) throws IOException {
        String range = field(exchange, "Range");
        if (range.isEmpty()) {
            send(exchange, 200, whole, whole.length);
            return;
        }
        int from = Integer.parseInt(range.replaceAll("\\D", ""));
        if (from >= whole.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + whole.length);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length);
        byte[] rest = Arrays.copyOfRange(whole, from, whole.length);
        send(exchange, 206, rest, rest.length);
    }

    /// Answers that there is more than comes, and hangs up.
    static Answer cutAfter(int bytes) {
        return (exchange, whole) -> {
            String range = field(exchange, "Range");
            int from = range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (whole.length - 1) + "/" + whole.length);
            byte[] some = Arrays.copyOfRange(whole, from, from + bytes);
            send(exchange, from == 0 ? 200 : 206, some, whole.length - from);
        };
    }

    static Answer status(int status, String... fields) {
        return (exchange, _) -> {
            for (int i = 0; i < fields.length; i += 2) {
                exchange.getResponseHeaders().set(fields[i], fields[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /// Answers 200 with these bytes, as if they were the file.
    static Answer bytes(byte[] bytes) {
        return (exchange, _) -> send(exchange, 200, bytes, bytes.length);
    }

    /// @param length that is announced; 0 for none, with an end that cannot be told from a cut
    static void send(HttpExchange exchange, int status, byte[] bytes, long length) throws IOException {
        exchange.sendResponseHeaders(status, length == 0 && bytes.length == 0 ? -1 : length);
        OutputStream out = exchange.getResponseBody();
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
