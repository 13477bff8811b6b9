package dev.hone.app.hub;

/// A token and the hub that it is for. No other host sees it, whatever is fetched from there.
public record Access(Endpoint hub, Token token) {}
