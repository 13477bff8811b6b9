package dev.hone.app.hub;

/// Bytes that are not those that the hub lists; asking for more of them does not help.
final class Spoiled extends Exception {
    private static final long serialVersionUID = 1;

    /// @param message what was expected and what was found
    Spoiled(String message) {
        super(message);
    }
}
