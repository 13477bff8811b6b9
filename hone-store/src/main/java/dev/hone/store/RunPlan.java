package dev.hone.store;

/// What a run is to do.
///
/// @param method such as `rft`
/// @param seed that all randomness of the run derives from
/// @param settings as JSON text; the store keeps it and does not read it
/// @param settingsVersion of the schema of `settings`
/// @param honeVersion that started the run
public record RunPlan(String method, long seed, String settings, int settingsVersion, String honeVersion) {}
