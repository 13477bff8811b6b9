package dev.hone.torch.file;

import dev.hone.run.HoneException;

/// Failures that a user can repair: what is wrong and what is allowed, then what to do.
public final class Fault {
    private Fault() {}

    public static HoneException data(String wrong, String todo) {
        return new HoneException(HoneException.Kind.DATA, wrong + "; " + todo);
    }

    public static HoneException data(String wrong, String todo, Throwable cause) {
        return new HoneException(HoneException.Kind.DATA, wrong + "; " + todo, cause);
    }

    public static HoneException settings(String wrong, String todo) {
        return new HoneException(HoneException.Kind.SETTINGS, wrong + "; " + todo);
    }

    public static HoneException engine(String wrong, String todo) {
        return new HoneException(HoneException.Kind.ENGINE, wrong + "; " + todo);
    }

    public static HoneException storage(String wrong, Throwable cause) {
        return new HoneException(
                HoneException.Kind.STORAGE, wrong + ": " + cause + "; check the disk and the rights on it", cause);
    }
}
