package dev.hone.torch.device;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// How long tensors live.
public final class Scopes {
    private Scopes() {}

    /// Does work in a scope of its own: of all that it makes, only what it returns lives on, in the
    /// caller's scope.
    public static Tensor outliving(Supplier<Tensor> work) {
        Tensor result;
        try (var _ = new PointerScope()) {
            result = work.get();
            result.retainReference();
        }
        PointerScope.getInnerScope().attach(result); // which retains it too
        result.releaseReference();
        return result;
    }
}
