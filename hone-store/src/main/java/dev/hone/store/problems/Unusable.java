package dev.hone.store.problems;

/// What is wrong with one line; caught where the complaints of a file are gathered.
final class Unusable extends Exception {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 80;

    /// @param because what is wrong, what is allowed, what to do
    Unusable(String because) {
        super(because, null, false, false);
    }

    String because() {
        return String.valueOf(getMessage());
    }

    /// A value from a file as a message shows it: in quotes, on one line, not too long.
    static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return "\"" + (line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…") + "\"";
    }
}
