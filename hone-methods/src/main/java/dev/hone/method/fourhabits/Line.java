package dev.hone.method.fourhabits;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of a thought. Its text is the production rule by which it is written and read; numbers are whole and have at
/// most nine digits.
///
/// ```
/// response   thought ':' expression
/// thought    [line {';' line}]
/// line       step | step compared | goal | backward
/// step       number ('+' | '-' | '*' | '/') number '=' number        12*3=36
/// compared   '>' target                                              12*3=36>29   36-7=29>29
/// goal       '>' number                                              >36
/// backward   '>' number ('+' | '-' | '*' | '/') number '=' number    >29+7=36
/// ```
///
/// A comparison puts the target beside the result; what it finds shows in what follows, another line or the
/// answer. A small model sees that two numbers are the same when they stand side by side, and hardly when one
/// of them is in the prompt.
sealed interface Line {
    String NUMBER = "([0-9]{1,9})";
    Pattern STEP = Pattern.compile(NUMBER + "([-+*/])" + NUMBER + "=" + NUMBER);
    Pattern COMPARED = Pattern.compile("(.*)>" + NUMBER);
    Pattern GOAL = Pattern.compile(">" + NUMBER);

    /// Two numbers become one; whether the result is true does not matter here.
    record Step(long left, char operator, long right, long result) implements Line {
        @Override
        public String toString() {
            return "" + left + operator + right + "=" + result;
        }
    }

    /// A step whose result is compared with a number.
    record Compared(Step step, long with) implements Line {
        @Override
        public String toString() {
            return step + ">" + with;
        }
    }

    /// A number to be reached.
    record Goal(long number) implements Line {
        @Override
        public String toString() {
            return ">" + number;
        }
    }

    /// From a number to be reached to another one.
    record Backward(Step step) implements Line {
        @Override
        public String toString() {
            return ">" + step;
        }
    }

    /// Anything else.
    record Other(String text) implements Line {
        @Override
        public String toString() {
            return text;
        }
    }

    /// The lines of a response's thought: what stands before the last colon, or all of it.
    static List<Line> of(String response) {
        int colon = response.lastIndexOf(':');
        String thought = colon < 0 ? response : response.substring(0, colon);
        List<Line> lines = new ArrayList<>();
        for (String text : thought.split("[;\n]", -1)) {
            lines.add(read(text.strip()));
        }
        return lines;
    }

    private static Line read(String text) {
        Matcher step = STEP.matcher(text);
        if (step.matches()) {
            return step(step);
        }
        Matcher goal = GOAL.matcher(text);
        if (goal.matches()) {
            return new Goal(Long.parseLong(goal.group(1)));
        }
        if (text.startsWith(">")) {
            Matcher backward = STEP.matcher(text.substring(1));
            return backward.matches() ? new Backward(step(backward)) : new Other(text);
        }
        Matcher compared = COMPARED.matcher(text);
        if (compared.matches()) {
            Matcher before = STEP.matcher(compared.group(1));
            if (before.matches()) {
                return new Compared(step(before), Long.parseLong(compared.group(2)));
            }
        }
        return new Other(text);
    }

    private static Step step(Matcher matcher) {
        return new Step(
                Long.parseLong(matcher.group(1)),
                matcher.group(2).charAt(0),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4)));
    }
}
