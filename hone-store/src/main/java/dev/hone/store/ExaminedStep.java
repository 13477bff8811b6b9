package dev.hone.store;

import dev.hone.data.Report;

/// What an exam found out.
public record ExaminedStep(String step, int round, Report report) {}
