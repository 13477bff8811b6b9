package dev.hone.data;

import java.net.URI;

/// A handle on a model; it holds no weights.
///
/// @param id names the content: the same weights and tokenizer have the same id
/// @param location `file:` of a Hugging Face directory, or `http(s):` of an endpoint
public record Model(String id, URI location, Lineage lineage) {}
