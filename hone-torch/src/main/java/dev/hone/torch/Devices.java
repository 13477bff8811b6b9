package dev.hone.torch;

import dev.hone.torch.device.Cuda;
import dev.hone.torch.setting.Device;

/// What this process can compute on.
public final class Devices {
    private Devices() {}

    /// A GPU where libtorch for CUDA is on the class path and sees one, else the CPU. Loads libtorch in the first case
    /// only.
    public static Device best() {
        return Cuda.here() == Cuda.READY ? Device.CUDA : Device.CPU;
    }

    /// @throws dev.hone.run.HoneException if it cannot be computed on: what is missing, and what to do
    public static void refuseUnlessReady(Device device) {
        Cuda cuda = Cuda.here();
        if (device == Device.CUDA) {
            cuda.refuseUnlessReady();
        }
    }
}
