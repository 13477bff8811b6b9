package dev.hone.app;

import dev.hone.app.hub.Access;
import dev.hone.app.hub.Address;
import dev.hone.app.hub.Endpoint;
import dev.hone.app.hub.Outcome;
import dev.hone.app.hub.Patience;
import dev.hone.app.hub.Pull;
import dev.hone.app.hub.Token;
import dev.hone.app.progress.Meter;
import dev.hone.app.progress.Progress;
import dev.hone.app.report.Numbers;
import dev.hone.app.wiring.BaseModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One fetching of a model, which ends with a look at what came.
///
/// @param access the hub that is asked, with its token
record Pulling(Console console, Access access, Patience patience) {
    private static final long KB = 1_000;
    private static final long MB = 1_000_000;

    /// @param environment variables of the process: `HF_ENDPOINT`, `HF_TOKEN`
    /// @param endpoint wins over `HF_ENDPOINT`
    static Pulling of(Console console, Map<String, String> environment, @Nullable String endpoint) {
        Endpoint hub = Optional.ofNullable(endpoint)
                .or(() -> Optional.ofNullable(environment.get("HF_ENDPOINT")).filter(each -> !each.isBlank()))
                .map(Endpoint::of)
                .orElse(Endpoint.STANDARD);
        Token token = new Token(environment.getOrDefault("HF_TOKEN", ""));
        return new Pulling(console, new Access(hub, token), Patience.standard());
    }

    /// @param model as a person names it
    /// @param revision empty for none
    /// @param folder the model's name if there is none
    int pull(String model, String revision, @Nullable Path folder) {
        Address address = Address.parse(model, access.hub(), revision);
        Path place = Optional.ofNullable(folder).orElseGet(() -> Path.of(address.name()));
        Meter meter = new Meter(
                console.out(), console.terminal() ? Progress.Style.LIVE : Progress.Style.PLAIN, System::nanoTime);
        Pull.Tracker tracker = (done, total, file) -> {
            boolean small = total < 10 * MB;
            long unit = small ? KB : MB;
            meter.moved("fetch     ", done / unit, total / unit, small ? "kB" : "MB", file);
        };
        Outcome outcome;
        try {
            outcome = new Pull(address, place, access, patience, tracker).run();
        } finally {
            meter.end();
        }
        tell(outcome);
        return Exit.OK;
    }

    /// The model's page is the test whether it can be used here. Where not, it says so, and the files stay.
    private void tell(Outcome outcome) {
        console.lines(List.of(
                "commit      " + outcome.commit(),
                switch (outcome) {
                    case Outcome.Fetched fetched ->
                        "fetched     " + Numbers.whole(fetched.files())
                                + (fetched.files() == 1 ? " file, " : " files, ") + Numbers.whole(fetched.bytes())
                                + " bytes, each with the hash that the hub lists";
                    case Outcome.Complete _ ->
                        "complete    nothing to do, every file is there with the hash that the hub lists";
                }));
        Path path = outcome.path();
        if (Files.isDirectory(path)) {
            console.out().print(ModelPage.text(path.toString()));
            console.out().flush();
        } else {
            console.lines(List.of(
                    "file        " + path,
                    "parameters  "
                            + Numbers.whole(BaseModel.named(path.toString()).parameters())));
        }
    }
}
