package dev.hone.testkit;

import dev.hone.task.Task;
import dev.hone.task.countdown.Countdown;

class CountdownContractTest implements TaskContract {
    @Override
    public Task task() {
        return Countdown.standard();
    }
}
