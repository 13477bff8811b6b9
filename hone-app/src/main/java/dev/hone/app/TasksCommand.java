package dev.hone.app;

import dev.hone.app.wiring.Tasks;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/// Lists the tasks.
@Command(
        name = "tasks",
        mixinStandardHelpOptions = true,
        description = "List the tasks that \"hone improve --task\" knows.",
        footerHeading = "%nExample:%n",
        footer = "  hone tasks")
final class TasksCommand implements Runnable {
    private final Console console;

    TasksCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        List<String> lines = new ArrayList<>();
        Tasks.ALL.forEach(task -> lines.add(String.format("%-18s %s", task.name(), task.summary())));
        lines.add(String.format("%-18s %s", "FILE.jsonl", "your own problems, one JSON object a line"));
        console.lines(lines);
    }
}
