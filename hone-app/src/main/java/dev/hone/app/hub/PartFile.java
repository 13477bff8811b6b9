package dev.hone.app.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file that is not whole yet, and the answer that brings the rest of it.
final class PartFile implements Sink, AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private final RemoteFile file;
    private final LongConsumer moved;
    private final FileChannel channel;
    private final long start;

    private PartFile(RemoteFile file, LongConsumer moved, FileChannel channel, long start) {
        this.file = file;
        this.moved = moved;
        this.channel = channel;
        this.start = start;
    }

    /// Goes on where the last attempt stopped.
    ///
    /// @param moved told how many bytes are there
    /// @throws UncheckedIOException if the disk refuses, as all methods here do: the network is another thing
    static PartFile open(RemoteFile file, Path part, LongConsumer moved) {
        try {
            FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.size() > file.size()) {
                channel.truncate(0);
            }
            long start = channel.size();
            channel.position(start);
            moved.accept(start);
            return new PartFile(file, moved, channel, start);
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    /// How many bytes of a part are there; 0 if it is not.
    static long size(Path part) {
        try {
            return Files.isRegularFile(part) ? Files.size(part) : 0;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// How many bytes are there.
    long size() {
        try {
            return channel.size();
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    /// What asks for the bytes that are missing.
    Map<String, String> fields() {
        return start == 0 ? Map.of() : Map.of("Range", "bytes=" + start + "-");
    }

    @Override
    public void begin(ResponseInfo head) throws Spoiled {
        switch (head.statusCode()) {
            case 200 -> beginAnew(head);
            case 206 -> goOn(head);
            default -> throw new Spoiled("the server has no bytes after " + start + " of " + file.size());
        }
    }

    /// The server sends everything, whatever it was asked for.
    private void beginAnew(ResponseInfo head) throws Spoiled {
        long length = head.headers().firstValueAsLong("Content-Length").orElse(file.size());
        if (length != file.size()) {
            throw new Spoiled("the hub lists " + file.size() + " bytes and the server has " + length);
        }
        try {
            channel.truncate(0).position(0);
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
        moved.accept(0);
    }

    private void goOn(ResponseInfo head) throws Spoiled {
        Matcher range = RANGE.matcher(head.headers().firstValue("Content-Range").orElse(""));
        if (!range.matches()
                || Long.parseLong(range.group(1)) != start
                || !Set.of("*", Long.toString(file.size())).contains(range.group(3))) {
            throw new Spoiled(
                    "bytes from " + start + " of " + file.size() + " were asked for and the server sends others");
        }
    }

    @Override
    public void take(ByteBuffer bytes) throws Spoiled {
        try {
            if (channel.position() + bytes.remaining() > file.size()) {
                throw new Spoiled("the hub lists " + file.size() + " bytes and the server sends more");
            }
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            moved.accept(channel.position());
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    /// To the disk, before it gets its name.
    void force() {
        try {
            channel.force(true);
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException disk) {
            throw new UncheckedIOException(disk);
        }
    }
}
