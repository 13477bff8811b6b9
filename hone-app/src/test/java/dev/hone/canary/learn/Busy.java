package dev.hone.canary.learn;

/// A role that asks for two things.
interface Busy {
    int first();

    int second();
}
