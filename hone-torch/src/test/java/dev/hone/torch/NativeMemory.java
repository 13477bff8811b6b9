package dev.hone.torch;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// What C's allocator has taken from the system, by glibc's `mallinfo2`. Tests run with the launcher's settings, by
/// which it gives nothing back: a difference is what was in use at once.
public final class NativeMemory {
    /// Ten numbers, of which the first are the bytes of the heap and the fifth those mapped one by one.
    private static final StructLayout INFO = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(10, JAVA_LONG));

    @SuppressWarnings("restricted") // the options allow it
    private static final Optional<MethodHandle> MALLINFO = Linker.nativeLinker()
            .defaultLookup()
            .find("mallinfo2")
            .map(function -> Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(INFO)));

    private NativeMemory() {}

    /// 0 where the C library is another one.
    public static long bytes() {
        try (Arena arena = Arena.ofConfined()) {
            if (MALLINFO.isEmpty()) {
                return 0;
            }
            var info = (MemorySegment) MALLINFO.get().invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(JAVA_LONG, 0) + info.getAtIndex(JAVA_LONG, 4);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
