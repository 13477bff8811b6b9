package dev.hone.app.hub;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;

/// An answer that is kept in memory, up to a limit.
final class Memory implements Sink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;

    /// @param most bytes that it may have
    Memory(int most) {
        this.most = most;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    @Override
    public void begin(ResponseInfo head) throws Spoiled {
        if (head.statusCode() != 200) {
            throw new Spoiled("the answer is a part of something, which was not asked for");
        }
    }

    @Override
    public void take(ByteBuffer more) throws Spoiled {
        if (bytes.size() + more.remaining() > most) {
            throw new Spoiled("the answer is longer than " + most + " bytes");
        }
        byte[] taken = new byte[more.remaining()];
        more.get(taken);
        bytes.writeBytes(taken);
    }
}
