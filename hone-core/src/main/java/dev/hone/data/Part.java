package dev.hone.data;

import java.net.URI;

/// One piece of a [Message]. An engine that cannot read a kind of part refuses the message by name; it never
/// drops it.
public sealed interface Part {

    /// @param text may be empty
    record Text(String text) implements Part {}

    /// @param source where the picture is, `file:` or `data:` included
    record Image(URI source) implements Part {}

    /// A call that the model asks for.
    ///
    /// @param id names the call, so that its result can be matched
    /// @param arguments a JSON object, as the model wrote it
    record ToolCall(String id, String name, String arguments) implements Part {}

    /// @param callId the [ToolCall#id] that this answers
    record ToolResult(String callId, String text) implements Part {}
}
