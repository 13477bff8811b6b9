package dev.hone.torch.device;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The pages of a native library's file that this process has in memory.
///
/// To load libtorch reads 48 MB of its file: relocations, symbols, and the registration of three thousand operators.
/// Drawing runs a few pages of it. The others are given back here; one that is wanted after all is mapped again from
/// the system's page cache, which has it still.
public final class LibraryPages {
    private static final Path SMAPS = Path.of("/proc/self/smaps");
    private static final int DONT_NEED = 4; // MADV_DONTNEED of Linux

    private LibraryPages() {}

    /// A mapping of the file.
    ///
    /// @param isAsInFile whether no page of it has been written or can be
    /// @param resident bytes of it in memory
    private record Mapping(long start, long end, boolean isAsInFile, long resident) {}

    /// Gives back what is as in the file. Does nothing on a system without Linux's `smaps`, and nothing that one could
    /// tell but by the time of the next call.
    public static void giveBack(Path library) {
        List<Mapping> mappings =
                mappings(library).stream().filter(Mapping::isAsInFile).toList();
        if (!mappings.isEmpty()) {
            MethodHandle advise = advise();
            mappings.forEach(each -> advise(advise, each));
        }
    }

    /// Bytes of the file, as they are in it, that are in memory; 0 on a system without Linux's `smaps`.
    static long resident(Path library) {
        return mappings(library).stream()
                .filter(Mapping::isAsInFile)
                .mapToLong(Mapping::resident)
                .sum();
    }

    @SuppressWarnings("restricted")
    private static MethodHandle advise() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("madvise"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    }

    private static void advise(MethodHandle advise, Mapping mapping) {
        try {
            int _ = (int)
                    advise.invokeExact(MemorySegment.ofAddress(mapping.start), mapping.end - mapping.start, DONT_NEED);
        } catch (Throwable broken) {
            throw new IllegalStateException("madvise failed", broken);
        }
    }

    private static List<Mapping> mappings(Path library) {
        String file = inLatin(library);
        List<Mapping> found = new ArrayList<>();
        String[] head = {};
        long resident = 0;
        for (String line : smaps()) {
            String[] parts = line.split(" +", 6);
            if (parts.length == 6 && parts[0].indexOf('-') > 0) {
                head = parts[5].equals(file) ? parts : new String[0];
            } else if (head.length != 0 && parts[0].equals("Rss:")) {
                resident = 1024 * Long.parseLong(parts[1]);
            } else if (head.length != 0 && parts[0].equals("Anonymous:")) {
                String[] range = head[0].split("-", 2);
                boolean isAsInFile = parts[1].equals("0") && head[1].indexOf('w') < 0;
                found.add(new Mapping(address(range[0]), address(range[1]), isAsInFile, resident));
            }
        }
        return found;
    }

    /// Its real path as [#smaps] has it, each byte a character.
    private static String inLatin(Path library) {
        try {
            return new String(
                    library.toRealPath().toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return library.toString();
        }
    }

    private static long address(String hex) {
        return HexFormat.fromHexDigitsToLong(hex);
    }

    private static List<String> smaps() {
        try {
            return Files.isReadable(SMAPS) ? Files.readAllLines(SMAPS, StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException broken) {
            return List.of(); // nothing depends on it
        }
    }
}
