package dev.hone.torch.sample;

/// Says which tokens a completion may be gone on with. Has states, numbered as it likes; safe for several
/// threads.
public interface Guide {

    /// Lets everything pass.
    Guide FREE = new Guide() {
        @Override
        public int start() {
            return 0;
        }

        @Override
        public long[] allowed(int state) {
            return new long[0];
        }

        @Override
        public int next(int state, int token) {
            return 0;
        }
    };

    /// The state before the first token.
    int start();

    /// @return a bit for each token, not to be written to; empty if all are allowed
    /// @throws dev.hone.run.HoneException if none is
    long[] allowed(int state);

    /// @param token one that is allowed
    int next(int state, int token);
}
