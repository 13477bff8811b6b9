package dev.hone.measure.subset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The different answers of a vote, numbered from 0 in the order of their first vote.
///
/// @param byVote the number of each vote's answer, [#NONE] where it was withheld
/// @param right of each answer, whether it is
record Answers(List<Integer> byVote, List<Boolean> right) {
    static final int NONE = -1;

    /// @throws IllegalArgumentException if one answer is both right and wrong
    static Answers of(List<Vote> votes) {
        Map<String, Integer> numbers = new HashMap<>();
        List<Integer> byVote = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (Vote vote : votes) {
            switch (vote) {
                case Vote.Withheld() -> byVote.add(NONE);
                case Vote.Cast(String answer, boolean isRight, double _) -> {
                    int number = numbers.computeIfAbsent(answer, next -> right.size());
                    if (number == right.size()) {
                        right.add(isRight);
                    } else if (right.get(number) != isRight) {
                        throw new IllegalArgumentException("the answer \"" + answer
                                + "\" is right in one vote and wrong in another; equal answers must have one verdict,"
                                + " so judge the answer and not the text around it");
                    }
                    byVote.add(number);
                }
            }
        }
        return new Answers(byVote, right);
    }

    int count() {
        return right.size();
    }

    /// How many votes each answer has.
    int[] sizes() {
        int[] sizes = new int[count()];
        byVote.stream().filter(answer -> answer != NONE).forEach(answer -> sizes[answer]++);
        return sizes;
    }

    int withheld() {
        return byVote.size() - Arrays.stream(sizes()).sum();
    }
}
