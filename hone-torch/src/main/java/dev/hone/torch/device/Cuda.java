package dev.hone.torch.device;

import dev.hone.torch.file.Fault;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/// Whether this process can compute on a GPU; if not, what is missing.
public enum Cuda {
    /// It can.
    READY("", ""),
    /// libtorch is there for the CPU only.
    NO_NATIVES(
            "libtorch for CUDA is not on the class path",
            "build with it: HONE_CUDA=1 ./hone ... (Linux on x86-64; docs/models.md, Devices)"),
    /// All is loaded, and there is nothing to compute on.
    NO_GPU(
            "libtorch for CUDA is loaded but sees no GPU: this machine has none, or no NVIDIA driver that is recent enough"
                    + " for CUDA 13, or CUDA_VISIBLE_DEVICES hides it",
            "look at what nvidia-smi says");

    private final String missing;
    private final String todo;

    Cuda(String missing, String todo) {
        this.missing = missing;
        this.todo = todo;
    }

    /// @throws dev.hone.run.HoneException that says what is missing and what to do
    public void refuseUnlessReady() {
        if (this != READY) {
            throw Fault.settings("cannot compute on a GPU: " + missing, todo + ", or take the device cpu");
        }
    }

    /// Of several ways to a result libtorch then takes the one that gives the same bits again, or fails by name where
    /// there is none; sums of bfloat16 products are float32. For the whole process.
    static void computeTheSameEachTime() {
        try (var _ = new PointerScope()) {
            var context = torch.globalContext();
            context.setDeterministicAlgorithms(true, false);
            context.setDeterministicFillUninitializedMemory(false);
            context.setAllowBF16ReductionCuBLAS(false);
        }
    }

    /// Of this process. Loads libtorch only if its build for CUDA is on the class path.
    ///
    /// @throws dev.hone.run.HoneException if that cannot be loaded, in which case nothing can be computed
    public static Cuda here() {
        if (!Libtorch.isForCuda()) {
            return NO_NATIVES;
        }
        Libtorch.folder();
        return torch.cuda_is_available() ? READY : NO_GPU;
    }
}
