package health.carryover.clinical.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a check went: every change of its answer. */
final class Course {
    record Change(long timeMs, SetupAnswer answer) {}

    final List<Change> changes = new ArrayList<>();

    void note(SetupAnswer answer, long timeMs) {
        if (changes.isEmpty() || changes.getLast().answer() != answer) changes.add(new Change(timeMs, answer));
    }

    SetupAnswer last() {
        return changes.getLast().answer();
    }

    boolean ended() {
        return last() instanceof SetupAnswer.Ready || last() instanceof SetupAnswer.WithoutCamera;
    }

    long lastChangeMs() {
        return changes.getLast().timeMs();
    }

    List<Change> told() {
        return changes.stream()
                .filter(one -> one.answer() instanceof SetupAnswer.Told)
                .toList();
    }

    Optional<SetupFault> firstFault() {
        return told().stream().findFirst().map(one -> ((SetupAnswer.Told) one.answer()).fault());
    }
}
