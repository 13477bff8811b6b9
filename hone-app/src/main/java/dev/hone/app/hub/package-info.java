/// The hub: fetches a model's files from a place that speaks the interface of huggingface.co.
///
/// **In** a repository's name, a token. **Out** a folder that is complete, every file of the length and the hash that
/// the hub lists. What a hub says is hostile until it was checked: names, lengths, bytes, where it redirects to.
/// Nothing here prints, reads the environment or knows what is in the files.
///
/// Start at [Pull]: an [Address] is looked up, its [Listing] comes, [Choice] says which files a model needs, a
/// [Download] fetches each. [Web] is the only class that sees the network.
///
/// **To add a kind of file:** a name in [Choice].
@NullMarked
package dev.hone.app.hub;

import org.jspecify.annotations.NullMarked;
