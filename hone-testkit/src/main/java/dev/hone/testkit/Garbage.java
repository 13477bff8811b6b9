package dev.hone.testkit;

import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Texts that a model, or somebody who means harm, may answer with.
final class Garbage {
    private static final String SYMBOLS = "0123456789+-*/()=;., \n\t\u0000#xe\"\\{}[]\u00e9\u4e2d\u0660\ud83d";

    private Garbage() {}

    /// Nothing, blanks, very long and very deep texts, and `count` random ones.
    static List<String> texts(Seed seed, int count) {
        SplittableRandom random = seed.random();
        List<String> texts = new ArrayList<>(List.of(
                "",
                " ",
                "\n",
                ";",
                "=",
                ";;;;",
                "NaN",
                "1/0",
                "0/0=0",
                "--1",
                "1e999999999",
                "9".repeat(1_000),
                "9".repeat(1_000_000),
                "9*".repeat(400) + "9",
                "-".repeat(900) + "1",
                "(".repeat(100_000),
                "(".repeat(400) + "1" + ")".repeat(400),
                "1+".repeat(300_000),
                "1+1=2;".repeat(100_000),
                "a".repeat(100_000)));
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(60);
            for (int j = 0; j < length; j++) {
                text.append(symbol(random));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    /// `right` with one or two characters changed, dropped, doubled or swapped in.
    static List<String> mutations(String right, Seed seed, int count) {
        SplittableRandom random = seed.random();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder(right);
            for (int changes = random.nextInt(1, 3); changes > 0 && !text.isEmpty(); changes--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, symbol(random));
                    case 1 -> text.deleteCharAt(at);
                    case 2 -> text.insert(at, text.charAt(at));
                    default -> text.insert(at, symbol(random));
                }
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static char symbol(SplittableRandom random) {
        return SYMBOLS.charAt(random.nextInt(SYMBOLS.length()));
    }
}
