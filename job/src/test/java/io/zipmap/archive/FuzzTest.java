package io.zipmap.archive;

import io.zipmap.array.NpyHeaderFuzz;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each fuzz target on its seeds and on a few mutations of them. {@code -Pfuzz} runs real fuzzing. */
class FuzzTest {
    private static final int MUTANTS = 300;

    private interface Target {
        void run(byte[] bytes) throws IOException;
    }

    static Stream<Arguments> seeds() throws IOException {
        Target directory = DirectoryFuzz::fuzzerTestOneInput;
        Target decoder = DecoderFuzz::fuzzerTestOneInput;
        Target header = NpyHeaderFuzz::fuzzerTestOneInput;
        return Stream.of(
                        FuzzSeeds.archives().entrySet().stream()
                                .map(seed -> Arguments.of("directory " + seed.getKey(), directory, seed.getValue())),
                        FuzzSeeds.streams().entrySet().stream()
                                .map(seed -> Arguments.of("decoder " + seed.getKey(), decoder, seed.getValue())),
                        FuzzSeeds.headers().entrySet().stream()
                                .map(seed -> Arguments.of("header " + seed.getKey(), header, seed.getValue())))
                .flatMap(seeds -> seeds);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seeds")
    void aTargetAcceptsItsSeedsAndMutationsOfThem(String name, Target target, byte[] seed) throws IOException {
        target.run(seed);
        Random random = new Random(Arrays.hashCode(seed));
        for (int i = 0; i < MUTANTS; i++) {
            target.run(mutant(seed, random));
        }
    }

    private static byte[] mutant(byte[] seed, Random random) {
        byte[] bytes = random.nextInt(8) == 0 ? Arrays.copyOf(seed, random.nextInt(seed.length)) : seed.clone();
        for (int n = random.nextInt(4); n >= 0 && bytes.length > 0; n--) {
            List<Integer> values = List.of(0, 1, 0x7F, 0x80, 0xFF, random.nextInt(256));
            bytes[random.nextInt(bytes.length)] =
                    values.get(random.nextInt(values.size())).byteValue();
        }
        return bytes;
    }
}
