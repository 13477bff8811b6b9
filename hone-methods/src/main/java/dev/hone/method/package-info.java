/// The methods: one room for each published system.
///
/// **In** the roles of [dev.hone.generate], [dev.hone.judge], [dev.hone.select], [dev.hone.learn]. **Out** a
/// [dev.hone.data.Model] a round, offered to the [dev.hone.run.Run].
/// No method sees a tensor, a file, the test split or another method.
///
/// Start at `star`.
///
/// **To add one:** a room with a class and its label, a test, one line in `Methods.java` of the application
/// (see CONTRIBUTING).
@NullMarked
package dev.hone.method;

import org.jspecify.annotations.NullMarked;
