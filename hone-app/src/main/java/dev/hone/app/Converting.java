package dev.hone.app;

import dev.hone.app.report.Numbers;
import dev.hone.app.settings.ByteSize;
import dev.hone.app.wiring.GivenModel;
import dev.hone.data.Model;
import dev.hone.torch.Export;
import dev.hone.torch.ModelFacts;
import dev.hone.torch.setting.StoredDtype;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One conversion of a model.
record Converting(Console console, String name, Path folder) {

    /// The type of numbers that the model has.
    static final String SAME = "same";

    int convert(String type, String shard) {
        long largest = ByteSize.parse(shard);
        List<StoredDtype> wanted = type.equals(SAME) ? List.of() : List.of(StoredDtype.named(type));
        Model model = GivenModel.named(name);
        StoredDtype dtype = wanted.isEmpty() ? ModelFacts.of(model).dtype() : wanted.getFirst();
        Export.Written written = new Export(dtype, largest).write(model, folder);
        ModelFacts facts = ModelFacts.of(GivenModel.named(folder.toString()));
        List<String> lines = new ArrayList<>();
        lines.add("model   " + folder);
        lines.add("id      " + facts.id());
        lines.add("holds   " + Numbers.whole(facts.parameters()) + " numbers in " + dtype.word() + ", "
                + Numbers.whole(facts.bytes()) + " bytes, weights in " + facts.weightFiles()
                + (facts.weightFiles() == 1 ? " file" : " files"));
        lines.add("checked numbers bit for bit; logits of a short text "
                + (written.logits() == 0
                        ? "the same as before"
                        : String.format(Locale.ROOT, "off by %.1e of their norm", written.logits())));
        console.lines(lines);
        return Exit.OK;
    }
}
