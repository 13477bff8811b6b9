package dev.hone.run;

/// The outside world failed, or a user's input is not usable. The message has three parts: what is wrong with
/// the value received, what is allowed, what to do.
public final class HoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// Decides exit code, HTTP status and colour, each by one exhaustive switch.
    public enum Kind {
        /// A setting or an argument.
        SETTINGS,
        /// A task file, a model folder, any file from elsewhere.
        DATA,
        /// The local engine.
        ENGINE,
        /// A remote model.
        REMOTE,
        /// The store or the disk.
        STORAGE,
        /// The user asked the run to stop; it can be resumed.
        STOPPED
    }

    public HoneException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public HoneException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
