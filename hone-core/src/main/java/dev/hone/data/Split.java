package dev.hone.data;

/// Which part of a task a problem belongs to; the examiner alone opens [#TEST].
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
