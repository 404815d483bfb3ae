package health.carryover.clinical.setup;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.ImageSize;
import java.util.List;

/** Somebody in front of a phone, and what the exercise wants: the input of one set-up check. */
record StagedSetup(String what, SetupWish wish, ImageSize size, List<Frame> frames, Scene scene) {
    /** What a check says over the frames, up to a final answer. */
    Course course() {
        return course(new SetupCheck(wish, size));
    }

    Course course(SetupCheck check) {
        var course = new Course();
        for (Frame frame : frames) {
            course.note(check.accept(frame, scene), frame.timeMs());
            if (course.ended()) break;
        }
        return course;
    }
}
