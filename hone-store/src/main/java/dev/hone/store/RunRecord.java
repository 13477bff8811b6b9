package dev.hone.store;

import java.nio.file.Path;
import java.time.Instant;

/// A run as the store knows it.
///
/// @param id sortable by start (UTC), such as `20261121-101502-k3f9`
/// @param folder where its models and its work in progress lie; beside the store file
/// @param headline its result in a line; empty until there is one
public record RunRecord(String id, RunPlan plan, Path folder, Instant started, RunStatus status, String headline) {}
