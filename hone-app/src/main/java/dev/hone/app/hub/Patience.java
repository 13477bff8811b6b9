package dev.hone.app.hub;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/// How long a hub is waited for, and how often it is asked again.
///
/// @param connect until a connection is there
/// @param stall without a byte; a connection that is silent for so long counts as cut
/// @param attempts in a row that bring nothing, at least 1; then it is given up
/// @param pause after the first of them, doubled after each further one
public record Patience(Duration connect, Duration stall, int attempts, Duration pause) {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    /// Six attempts with pauses of 1, 2, 4, 8 and 16 seconds.
    public static Patience standard() {
        return new Patience(Duration.ofSeconds(20), Duration.ofSeconds(30), 6, Duration.ofSeconds(1));
    }

    /// What may be tried again when the network fails.
    @FunctionalInterface
    interface Attempt<T> {
        T make() throws IOException, Spoiled;
    }

    /// Tries until it succeeds or brings nothing too often.
    ///
    /// @param what is tried, for the message: "fetching config.json"
    /// @param progress grows when an attempt that failed has brought something all the same
    /// @throws HoneException if it is given up
    <T> T insist(String what, LongSupplier progress, Attempt<T> attempt) throws Spoiled {
        int fruitless = 0;
        while (true) {
            long before = progress.getAsLong();
            try {
                return attempt.make();
            } catch (IOException cut) {
                fruitless = progress.getAsLong() > before ? 1 : fruitless + 1;
                if (fruitless >= attempts) {
                    throw new HoneException(
                            Kind.REMOTE,
                            what + " failed " + attempts + " times in a row, at last because: " + reason(cut)
                                    + "; check the network and repeat the command: it goes on where it stopped",
                            cut);
                }
                rest(fruitless, cut);
            }
        }
    }

    private void rest(int fruitless, IOException cut) {
        Duration grown = pause.multipliedBy(1L << Math.min(fruitless - 1, 20));
        Duration asked = cut instanceof Busy busy ? busy.pause() : Duration.ZERO;
        Duration wanted = asked.compareTo(grown) > 0 ? asked : grown;
        try {
            Thread.sleep(wanted.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wanted);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new HoneException(Kind.STOPPED, "stopped; repeat the command to go on", stopped);
        }
    }

    private static String reason(IOException cut) {
        String message = cut.getMessage();
        return message == null || message.isBlank() ? cut.getClass().getSimpleName() : Names.shown(message);
    }
}
