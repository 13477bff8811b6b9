package dev.hone.app.hub;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The bytes of one answer on their way into a [Sink], and when the last ones came.
final class Body {
    private final AtomicLong heard = new AtomicLong(System.nanoTime());

    /// Since something came last, or since this was made.
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heard.get());
    }

    /// Gives all bytes to a sink; whatever it throws ends the answer.
    BodySubscriber<Void> into(Sink sink, ResponseInfo head) {
        heard.set(System.nanoTime());
        return new Reading(sink, head);
    }

    /// Hangs up before the bytes: who answers with an error may send any number of them.
    static BodySubscriber<Void> unread() {
        return new HangingUp();
    }

    private final class Reading implements BodySubscriber<Void> {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Sink sink;
        private final ResponseInfo head;
        private Flow.@Nullable Subscription source;

        Reading(Sink sink, ResponseInfo head) {
            this.sink = sink;
            this.head = head;
        }

        @Override
        public CompletionStage<Void> getBody() {
            return done;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            source = subscription;
            try {
                sink.begin(head);
                subscription.request(1);
            } catch (Throwable refused) { // goes to who waits for the answer
                end(subscription, refused);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            Flow.Subscription from = source;
            if (from == null || done.isDone()) {
                return;
            }
            heard.set(System.nanoTime());
            try {
                for (ByteBuffer bytes : buffers) {
                    sink.take(bytes);
                }
                from.request(1);
            } catch (Throwable refused) { // goes to who waits for the answer
                end(from, refused);
            }
        }

        private void end(Flow.Subscription from, Throwable refused) {
            done.completeExceptionally(refused);
            from.cancel();
        }

        @Override
        public void onError(Throwable cut) {
            done.completeExceptionally(cut);
        }

        @Override
        public void onComplete() {
            done.complete(null);
        }
    }

    private record HangingUp(CompletableFuture<Void> getBody) implements BodySubscriber<Void> {
        HangingUp() {
            this(CompletableFuture.completedFuture(null));
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {}

        @Override
        public void onError(Throwable cut) {}

        @Override
        public void onComplete() {}
    }
}
