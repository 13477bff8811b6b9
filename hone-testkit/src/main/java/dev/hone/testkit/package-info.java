/// The test kit: contracts that every implementation of a role must pass, scripted roles, a run without a
/// store, and plain-`double` twins of the losses.
///
/// **In** the roles of hone-core. **Out** interfaces with tests in them, for Hone's own classes and for users'.
/// Nothing here is on the class path of a running Hone.
///
/// Start at [JudgeContract]; [ScriptedGenerator] stands in for a model, [ScratchRun] for a store.
///
/// **To add one:** a contract is an interface whose default methods are tests; its abstract methods hand over
/// what is tested.
@NullMarked
package dev.hone.testkit;

import org.jspecify.annotations.NullMarked;
