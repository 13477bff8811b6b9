package dev.hone.torch.device;

import dev.hone.torch.file.Fault;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/// The native library that this process computes with: its build for the CPU, or the one for CUDA, which computes on
/// both. There must never be two in a process.
public final class Libtorch {
    private static final String FOLDER = "/org/bytedeco/pytorch/";

    private Libtorch() {}

    /// Whether it is the build for CUDA that is on the class path. Loads nothing.
    public static boolean isForCuda() {
        String file = FOLDER + Loader.getPlatform() + "-gpu/" + System.mapLibraryName("torch_cuda");
        return torch.class.getResource(file) != null;
    }

    /// Where its files lie on this machine; loads it, if it was not.
    ///
    /// @throws dev.hone.run.HoneException if the build for CUDA cannot be loaded
    public static Path folder() {
        try {
            return Path.of(Loader.load(torch.class)).resolveSibling("");
        } catch (UnsatisfiedLinkError missing) {
            if (isForCuda()) {
                throw Fault.settings(
                        "libtorch for CUDA could not be loaded (" + missing.getMessage()
                                + "): it needs NVIDIA's libraries" + " of CUDA 13, cuDNN 9 and NCCL 2",
                        "install them and name their folders in LD_LIBRARY_PATH, or build without HONE_CUDA=1 for the"
                                + " processor alone (docs/models.md, Devices)");
            }
            throw missing;
        }
    }
}
