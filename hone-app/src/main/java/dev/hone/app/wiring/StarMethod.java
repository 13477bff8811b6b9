package dev.hone.app.wiring;

import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.method.star.RejectionFineTuning;
import dev.hone.run.Run;
import java.util.List;
import java.util.function.IntFunction;

/// The loop variants of the STaR family; `policy.*` says which.
final class StarMethod {
    static final Method METHOD = new Method(
            "star",
            "sample, keep what is right, fine-tune, repeat (STaR, RFT, ReST-EM)",
            "dev.hone.method.star",
            new MethodKeys("star", List.of(), List.of()),
            _ -> 0,
            StarMethod::run);

    private StarMethod() {}

    private static Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run) {
        return new RejectionFineTuning(
                        settings.get(RunKeys.ROUNDS),
                        settings.get(RunKeys.SAMPLES),
                        Methods.sampling(settings),
                        settings.policy(),
                        settings.training(),
                        roles.generator(),
                        roles.judge(),
                        roles.selector(),
                        roles.learner())
                .run(base, problems, run);
    }
}
