package dev.hone.testkit;

import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.generate.Generator;
import java.util.List;

class ScriptedGeneratorTest implements GeneratorContract {

    @Override
    public Generator generator() {
        return new ScriptedGenerator((_, prompt, index, seed) -> prompt.seen().size() + "/" + index + "/"
                + Long.toHexString(seed).charAt(0));
    }

    @Override
    public Model model() {
        return Problems.model("base");
    }

    @Override
    public Problem problem() {
        return Problems.numbered(1).getFirst();
    }

    @Override
    public List<String> texts() {
        return List.of("first", "then");
    }
}
