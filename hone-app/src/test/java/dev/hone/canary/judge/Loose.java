package dev.hone.canary.judge;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Prints, draws without a seed, throws what says nothing, keeps static state; its package has no label.
final class Loose {
    static int count;

    Optional<String> maybe = Optional.empty();

    private Loose() {}

    static double draw(List<String> list) {
        Collections.shuffle(list);
        count++;
        return Math.random()
                + new Random().nextDouble()
                + ThreadLocalRandom.current().nextDouble();
    }

    static void print(Throwable fault) {
        System.out.println(UUID.randomUUID());
        fault.printStackTrace();
    }

    static void fail(boolean checked) throws Exception {
        if (checked) {
            throw new Exception("something");
        }
        throw new RuntimeException("something");
    }
}
