package dev.hone.app;

import dev.hone.app.report.Json;
import dev.hone.app.report.Numbers;
import dev.hone.app.wiring.GivenModel;
import dev.hone.torch.ModelFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is known of one model.
final class ModelPage {
    private ModelPage() {}

    static String text(String name) {
        ModelFacts facts = ModelFacts.of(GivenModel.named(name));
        ModelFacts.Sizes sizes = facts.sizes();
        List<String> lines = new ArrayList<>();
        lines.add("model       " + facts.id());
        lines.add("folder      " + facts.folder());
        lines.add("family      " + facts.family() + " (" + facts.architecture() + ")");
        lines.add("parameters  " + Numbers.whole(facts.parameters()) + ", "
                + facts.dtype().word() + (sizes.tied() ? ", head tied to the embedding" : ""));
        lines.add("layers      " + sizes.layers() + " of width " + Numbers.whole(sizes.hidden()) + ", gated part "
                + Numbers.whole(sizes.intermediate()));
        lines.add("attention   " + sizes.heads() + " heads of " + sizes.headSize() + ", " + sizes.keyValueHeads()
                + " for keys and values");
        lines.add("context     " + Numbers.whole(sizes.context()) + " tokens");
        lines.add("vocabulary  " + Numbers.whole(facts.vocabulary()));
        lines.add("tokenizer   " + facts.tokenizer().kind()
                + (facts.tokenizer().tokens() == 0
                        ? ""
                        : ", " + Numbers.whole(facts.tokenizer().tokens()) + " tokens"));
        facts.specials()
                .forEach(special -> lines.add("%-11s %s"
                        .formatted(special.role(), special.id() + " " + special.text())
                        .stripTrailing()));
        lines.add("chat        " + (facts.chatTemplate() ? "has a template" : "no template"));
        lines.add("on disk     " + Numbers.whole(facts.bytes()) + " bytes, weights in " + facts.weightFiles()
                + (facts.weightFiles() == 1 ? " file" : " files"));
        return String.join("\n", lines) + "\n";
    }

    static String json(String name) {
        ModelFacts facts = ModelFacts.of(GivenModel.named(name));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("id", facts.id());
        page.put("folder", facts.folder().toString());
        page.put("family", facts.family());
        page.put("architecture", facts.architecture());
        page.put("parameters", facts.parameters());
        page.put("dtype", facts.dtype().word());
        page.put("sizes", facts.sizes());
        page.put("vocabulary", facts.vocabulary());
        page.put("tokenizer", facts.tokenizer());
        page.put("specials", facts.specials());
        page.put("chatTemplate", facts.chatTemplate());
        page.put("bytes", facts.bytes());
        page.put("weightFiles", facts.weightFiles());
        return Json.text(page);
    }
}
