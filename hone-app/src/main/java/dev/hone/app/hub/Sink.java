package dev.hone.app.hub;

import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;

/// Takes one answer of a server. Called from one thread at a time.
interface Sink {

    /// The answer begins. Its status is 200, 206 or 416.
    ///
    /// @throws Spoiled if this is no answer to what was asked
    /// @throws java.io.UncheckedIOException if the disk refuses
    void begin(ResponseInfo head) throws Spoiled;

    /// The next bytes.
    ///
    /// @throws Spoiled if they are more than there may be
    /// @throws java.io.UncheckedIOException if the disk refuses
    void take(ByteBuffer bytes) throws Spoiled;
}
