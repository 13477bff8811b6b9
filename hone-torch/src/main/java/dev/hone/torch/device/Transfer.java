package dev.hone.torch.device;

import dev.hone.torch.setting.Device;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.LayoutOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The way of numbers onto a device and off it. On the CPU nothing is copied that need not be: the tensor that is put
/// there, or brought from there, is the one that was given.
///
/// @param device where tensors are to lie
public record Transfer(Device device) {

    /// To a device that can be computed on; a GPU then computes the same way each time.
    ///
    /// @throws dev.hone.run.HoneException if it cannot
    public static Transfer to(Device device) {
        if (device == Device.CUDA) {
            Cuda.here().refuseUnlessReady();
            Cuda.computeTheSameEachTime();
        }
        return new Transfer(device);
    }

    /// Float32, row-major; a copy.
    public Tensor put(float[] values, long... shape) {
        return put(Tensor.create(values, shape), torch.ScalarType.Float);
    }

    /// 64-bit whole numbers, row-major; a copy.
    public Tensor put(long[] values, long... shape) {
        return put(Tensor.create(values, shape), torch.ScalarType.Long);
    }

    /// A tensor of this machine's, in numbers of one's choice.
    public Tensor put(Tensor tensor, torch.ScalarType type) {
        return tensor.to(natively(), type);
    }

    private org.bytedeco.pytorch.Device natively() {
        return new org.bytedeco.pytorch.Device(
                switch (device) {
                    case CPU -> torch.DeviceType.CPU;
                    case CUDA -> torch.DeviceType.CUDA;
                });
    }

    /// Where the new values of a tensor may be written by Java before [Tensor#copy_] takes them over: the tensor itself
    /// on the CPU, else one of its shape in this machine's memory.
    public Tensor draft(Tensor tensor) {
        return device == Device.CPU ? tensor : onHostLike(tensor);
    }

    /// Of the same shape and numbers, in this machine's memory; what it holds is arbitrary.
    static Tensor onHostLike(Tensor tensor) {
        return torch.empty_like(
                tensor.detach(),
                new ScalarTypeOptional(),
                new LayoutOptional(),
                new DeviceOptional(new org.bytedeco.pytorch.Device(torch.DeviceType.CPU)),
                new BoolOptional(),
                new MemoryFormatOptional());
    }

    /// The same numbers, row-major, in this machine's memory.
    public static Tensor onHost(Tensor tensor) {
        return tensor.cpu().contiguous();
    }

    /// Copies the first `count` numbers of a float32 tensor.
    public static void read(Tensor tensor, float[] to, int at, int count) {
        FloatBuffer buffer = onHost(tensor).createBuffer();
        buffer.get(to, at, count);
    }

    /// How many threads may compute on the device at the same time. On a GPU it is one: its order of work is then that
    /// of the program.
    public int threads(int wanted) {
        return device == Device.CPU ? wanted : 1;
    }
}
