package health.carryover.clinical.setup;

import static org.assertj.core.api.Assertions.assertThat;

import health.carryover.clinical.motion.Frame;
import health.carryover.clinical.motion.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Nearly all of these people are usable: the counter counts them. Prints what each would have been told. */
class RealPeopleTest {
    /**
     * Cut at the hips, which the exercise needs: they lie at 1.02 to 1.2 picture heights. A step back is what somebody
     * looking at the points would ask for.
     */
    private static final String CUT = "sagor_shabd";
    /** Labelled oblique by eye; their shoulder lines say 65 and 81 degrees. A squat may be seen from there. */
    private static final List<String> MORE_ASIDE_THAN_LABELLED = List.of("juri_squat", "sds_darrel");

    private static final long LONG_ENOUGH_MS = 3100;
    /** Walks towards the camera until the feet are outside: neither ready nor told before the clip ends. */
    private static final String WALKS_OUT = "sds_upload";

    @Test
    void people_who_can_be_counted_are_not_refused_and_one_cut_at_the_hips_is_asked_to_step_back() throws IOException {
        for (RealPeople person : RealPeople.all()) {
            List<View> views = new ArrayList<>(person.wish().views());
            if (MORE_ASIDE_THAN_LABELLED.contains(person.name())) views.add(View.LATERAL);
            Map<String, Integer> told = said(person, views);
            System.out.println(
                    "set-up, real people: " + person.name() + ", " + person.exercise() + " " + views + ": " + told);
            if (person.name().equals(CUT)) assertThat(told.keySet()).containsOnly("TOO_NEAR", "Looking");
            else assertThat(told.keySet()).as(person.name()).isSubsetOf("Ready", "Looking");
            boolean stays = !person.name().equals(CUT) && !person.name().equals(WALKS_OUT);
            if (stays && person.frames().getLast().timeMs() > LONG_ENOUGH_MS)
                assertThat(told).as(person.name()).containsKey("Ready");
        }
    }

    @Test
    void of_those_labelled_oblique_two_are_told_to_turn_when_no_other_view_will_do() throws IOException {
        for (RealPeople person : RealPeople.all()) {
            if (person.view() != View.OBLIQUE || person.frames().getLast().timeMs() < LONG_ENOUGH_MS) continue;
            boolean turned = said(person, person.wish().views()).containsKey("WRONG_VIEW");
            assertThat(turned).as(person.name()).isEqualTo(MORE_ASIDE_THAN_LABELLED.contains(person.name()));
        }
    }

    /** The first instruction, or the last answer, of checks begun every 8 frames; "Looking" where the clip ends too soon. */
    private static Map<String, Integer> said(RealPeople person, List<View> views) {
        var wish = new SetupWish(views, person.wish().landmarks(), person.wish().posture());
        Map<String, Integer> said = new TreeMap<>();
        for (int start = 0; start + 20 < person.frames().size(); start += 8) {
            List<Frame> rest = person.frames().subList(start, person.frames().size());
            Course course = new StagedSetup(person.name(), wish, person.size(), rest, Scene.UNKNOWN).course();
            String last = course.last().getClass().getSimpleName();
            said.merge(course.firstFault().map(SetupFault::name).orElse(last), 1, Integer::sum);
        }
        return said;
    }
}
