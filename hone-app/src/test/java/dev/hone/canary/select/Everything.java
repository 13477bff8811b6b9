package dev.hone.canary.select;

import dev.hone.canary.torch.sample.Upper;
import org.bytedeco.javacpp.Pointer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// Sees every library that is fenced off, and a room of the engine.
record Everything(Pointer pointer, Jdbi jdbi, CommandLine line, JsonNode json, Upper room) {
    static final Class<?> JUNIT = Test.class;
}
