package dev.hone.torch.sample;

import dev.hone.run.HoneException;
import dev.hone.torch.tokenizer.TokenBytes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.apache.lucene.util.automaton.UTF32ToUTF8;

/// Keeps completions to a regular expression (Willard and Louf 2023): a deterministic automaton over the
/// bytes of the text, and for each of its states, worked out when it is first met, the tokens after which a
/// match can still be reached. An end token may come where the text matches.
///
/// @see dev.hone.data.Constraint.Regex
final class RegexGuide {
    /// States of the automaton over bytes; a state's tokens take a bit each.
    private static final int MOST_STATES = 4096;
    /// Of the work to make an automaton deterministic, in Lucene's units.
    private static final int MOST_WORK = 200_000;

    private final String pattern;
    private final TokenBytes bytes;
    private final int vocabulary;
    private final int[] ends;
    private final ByteRunAutomaton automaton;
    private final int beginning; // of a text whose first space is dropped; else the automaton's first state
    private final AtomicReferenceArray<long[]> allowed;

    /// @param vocabulary size of it
    /// @param ends tokens that end a completion, at least one
    /// @throws dev.hone.run.HoneException if the expression is malformed or too large, or nothing matches it
    RegexGuide(String pattern, TokenBytes bytes, int vocabulary, int[] ends) {
        if (ends.length == 0) {
            throw RegexText.refused(
                    pattern, "needs an end token, and the model names none", "add eos_token_id to config.json");
        }
        this.pattern = pattern;
        this.bytes = bytes;
        this.vocabulary = vocabulary;
        this.ends = ends.clone();
        this.automaton = compile(pattern);
        this.beginning = bytes.dropsSpace() ? automaton.getSize() : 0;
        this.allowed = new AtomicReferenceArray<>(automaton.getSize() + 1);
    }

    private static ByteRunAutomaton compile(String pattern) {
        RegExp expression = RegexText.parse(pattern);
        if (size(expression) > MOST_STATES) {
            throw tooLarge(pattern);
        }
        try {
            Automaton characters = Operations.determinize(expression.toAutomaton(), MOST_WORK);
            Automaton sloppy = new UTF32ToUTF8().convert(Operations.removeDeadStates(characters));
            Automaton utf8 = Operations.determinize(Operations.intersection(sloppy, utf8()), MOST_WORK);
            Automaton alive = Operations.removeDeadStates(utf8);
            if (alive.getNumStates() > MOST_STATES) {
                throw tooLarge(pattern);
            }
            if (alive.getNumStates() == 0) {
                throw RegexText.refused(pattern, "is matched by no text", "correct it");
            }
            return new ByteRunAutomaton(alive, true);
        } catch (TooComplexToDeterminizeException _) {
            throw tooLarge(pattern);
        }
    }

    /// Well-formed UTF-8 (table 3-7 of the Unicode standard): the conversion also lets through longer
    /// spellings of a character than its own, and halves of surrogate pairs.
    private static Automaton utf8() {
        return Operations.repeat(Operations.union(List.of(
                bytes(0, 0x7f, 0),
                bytes(0xc2, 0xdf, 1),
                Operations.concatenate(List.of(bytes(0xe0, 0xe0, 0), bytes(0xa0, 0xbf, 1))),
                bytes(0xe1, 0xec, 2),
                Operations.concatenate(List.of(bytes(0xed, 0xed, 0), bytes(0x80, 0x9f, 1))),
                bytes(0xee, 0xef, 2),
                Operations.concatenate(List.of(bytes(0xf0, 0xf0, 0), bytes(0x90, 0xbf, 2))),
                bytes(0xf1, 0xf3, 3),
                Operations.concatenate(List.of(bytes(0xf4, 0xf4, 0), bytes(0x80, 0x8f, 2))))));
    }

    /// A byte of a range, and so many that continue a character.
    private static Automaton bytes(int from, int to, int more) {
        Automaton first = Automata.makeCharRange(from, to);
        return more == 0 ? first : Operations.concatenate(List.of(first, bytes(0x80, 0xbf, more - 1)));
    }

    private static HoneException tooLarge(String pattern) {
        return RegexText.refused(
                pattern, "becomes an automaton of more than " + MOST_STATES + " states", "repeat or nest less");
    }

    /// A bound for the states before they are made; a repetition repeats its states.
    private static double size(RegExp expression) {
        double inside = 1;
        if (expression.exp1 != null) {
            inside += size(expression.exp1);
        }
        if (expression.exp2 != null) {
            inside += size(expression.exp2);
        }
        if (expression.s != null) {
            inside += expression.s.length();
        }
        return inside * Math.max(1, Math.max(expression.min, expression.max));
    }

    /// @param kept tokens that the text begins with
    /// @throws IllegalArgumentException if no match begins with them
    Guide after(int[] kept) {
        int state = beginning;
        for (int token : kept) {
            state = next(state, token);
            if (state < 0) {
                throw new IllegalArgumentException(
                        "the forced prefix cannot be gone on with to match the constraint \"" + pattern + "\"");
            }
        }
        return new From(state);
    }

    private int step(int state, byte next) {
        if (state == automaton.getSize()) {
            return next == ' ' ? 0 : step(0, next);
        }
        return automaton.step(state, next & 0xff);
    }

    private int next(int state, int token) {
        int after = state;
        for (byte each : bytes.of(token)) {
            after = step(after, each);
            if (after < 0) {
                break;
            }
        }
        return after;
    }

    private long[] allowed(int state) {
        long[] known = allowed.get(state);
        if (known != null) {
            return known;
        }
        long[] fresh = bytes.allowed(state, vocabulary, this::step);
        if (automaton.isAccept(state == automaton.getSize() ? 0 : state)) {
            for (int end : ends) {
                fresh[end >> 6] |= 1L << end;
            }
        }
        if (Arrays.stream(fresh).allMatch(word -> word == 0)) {
            throw RegexText.refused(
                    pattern, "wants a text that the model's tokens cannot write", "use characters that it knows");
        }
        allowed.set(state, fresh);
        return fresh;
    }

    /// The same with a beginning of its own.
    private final class From implements Guide {
        private final int start;

        From(int start) {
            this.start = start;
        }

        @Override
        public int start() {
            return start;
        }

        @Override
        public long[] allowed(int state) {
            return RegexGuide.this.allowed(state);
        }

        @Override
        public int next(int state, int token) {
            return RegexGuide.this.next(state, token);
        }
    }
}
