package dev.hone.method.dive;

import dev.hone.data.Judged;

/// A sample of the pool.
///
/// @param round in which it was drawn, from 1
record Pooled(Judged judged, int round) {

    String id() {
        return judged.sample().id();
    }

    String text() {
        return judged.sample().text();
    }

    String problem() {
        return judged.sample().problem().id();
    }

    Side side() {
        return Side.of(judged);
    }
}
