package dev.hone.data;

/// Which part of a task a problem belongs to. A method may read [#TRAIN] and [#VALIDATION]; only the examiner
/// opens [#TEST].
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
