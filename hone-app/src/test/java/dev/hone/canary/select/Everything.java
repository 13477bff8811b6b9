package dev.hone.canary.select;

import org.bytedeco.javacpp.Pointer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// Sees every library that is fenced off.
record Everything(Pointer pointer, Jdbi jdbi, CommandLine line, JsonNode json) {
    static final Class<?> JUNIT = Test.class;
}
