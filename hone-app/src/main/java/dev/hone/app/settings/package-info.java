/// Settings: what a run is to do, from defaults, a file and options.
///
/// **In** a YAML file of schema `hone: 1` and options of the command line. **Out** [Settings], complete and
/// checked, or one message that lists every problem with its place.
/// Nothing here opens a model, a task or a store.
///
/// Start at [RunKeys], the values of every run with their defaults and ranges; a method's own are where it is wired, a
/// recipe's in [RecipeKeys].
///
/// **To add one:** one constant in [RunKeys] and its place in [RunKeys#ALL]; the test that pins the defaults fails
/// until it is named there.
@NullMarked
package dev.hone.app.settings;

import org.jspecify.annotations.NullMarked;
