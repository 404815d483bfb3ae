package health.carryover.clinical.body;

/**
 * What people do in front of a camera besides exercising. None of it holds a movement that a physical therapist would take
 * for a repetition of a squat, lunge, heel raise, knee extension or arm raise to both sides; what it does hold is said here,
 * so that nobody asks for it: sitting down and getting up once in half a minute (CHAIR) is half a sit-to-stand, an arm put
 * up to a shelf (REACHING) is a shoulder flexion, a cup brought to the mouth (CHAIR) an elbow flexion.
 */
public enum Activity {
    /** About the room, turning, towards the camera, away and past it, stopping now and then. */
    WALKING,
    /** Sits down, looks at a phone, drinks, gets up, walks a little. */
    CHAIR,
    /** Trousers, one leg after the other, and a jacket. */
    DRESSING,
    /** To high shelves, and to the floor from a bent back with nearly straight knees. */
    REACHING,
    /** Walks, stoops, carries, puts down on a table. */
    TIDYING,
    /** Stands and talks with the hands, below the shoulders, and shifts the weight. */
    TALKING
}
