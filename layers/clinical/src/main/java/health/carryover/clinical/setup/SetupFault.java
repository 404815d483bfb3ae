package health.carryover.clinical.setup;

/**
 * What keeps the camera from being of use. The order is the order of telling when several hold: first what makes the
 * others show, so that one change may mend more than one.
 */
public enum SetupFault {
    /** Too little light. First: in the dark the tracker loses points and people, and phone cameras slow down. */
    DARK,
    /** The light comes from behind the person, who is a dark shape. It too costs points. */
    BACKLIT,
    /** Too few pictures a second. Whatever is judged over time is unreliable before this is mended. */
    LOW_FRAME_RATE,
    /** Nobody in the picture: nothing below can be judged. */
    NOBODY,
    /** Somebody else in the picture, or the tracker changes between two. Before it is known who is meant, no framing. */
    SECOND_PERSON,
    /** The person does not fit into the picture. Before head and feet, which it drives out. */
    TOO_NEAR,
    /** The phone leans, sideways or backward. Before head and feet: straightening it moves them. */
    CAMERA_TILTED,
    /** The person would fit, but the head is outside; the tracker finds people by their heads. */
    HEAD_OUT,
    /** The person would fit, but knees or feet that the exercise needs are outside. */
    FEET_OUT,
    /** The person would fit, but stands partly outside, to the left or right. */
    OFF_CENTRE,
    /** Too small in the picture. Before the view and the hidden parts, which cannot be told well from far away. */
    TOO_FAR,
    /** Seen from a side from which the angle of this exercise cannot be trusted. */
    WRONG_VIEW,
    /** Parts that the exercise needs are inside the picture but hidden on both sides. */
    OBSTRUCTED,
    /** Hips and knees wander while the rest is steady: cloth hides where they are. Last: it asks the most. */
    BAGGY_CLOTHES;

    /** What the patient is to do: one sentence in plain words, fitting the way the exercise is done. */
    public String sentence(SetupWish wish, Language language) {
        return Sentences.of(this, wish, language);
    }
}
