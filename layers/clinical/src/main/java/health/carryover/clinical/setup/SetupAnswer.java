package health.carryover.clinical.setup;

/** What the check says after a frame. The same object as long as nothing changes: speak when it becomes another one. */
public sealed interface SetupAnswer {
    /** Not decided yet, or an instruction has just been followed. Show the picture, say nothing. */
    record Looking() implements SetupAnswer {}

    /**
     * One thing to change.
     * @param time 1 when it is told for the first time, 2 when it is repeated ...
     */
    record Told(SetupFault fault, int time) implements SetupAnswer {}

    /** The session may begin, and only now may anything be recorded. Final. */
    record Ready() implements SetupAnswer {}

    /** It is not to be today: do the exercise without the camera, it counts as much. Final until started again. */
    record WithoutCamera() implements SetupAnswer {
        public String sentence(Language language) {
            return language == Language.ENGLISH
                    ? "Let us do it without the camera today, it counts just the same."
                    : "Hoy lo hacemos sin la cámara, cuenta igual.";
        }
    }
}
