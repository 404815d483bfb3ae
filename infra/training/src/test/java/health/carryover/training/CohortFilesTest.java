package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CohortFilesTest {
    private static final int PERSONS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void the_files_give_the_rows_of_the_persons_but_for_the_fortnight_after_an_outreach() throws IOException {
        CohortFiles.simulate(folder, 5, PERSONS, 3, _ -> {});
        List<Example> fromFiles = new ArrayList<>();
        long leftOut = CohortFiles.rows(folder, fromFiles::add);

        List<SimulatedPerson> untouched = new ArrayList<>();
        Set<String> touchedSomewhere = new HashSet<>();
        for (SimulatedPerson person : CohortSimulator.cohort(5, PERSONS)) {
            List<Instant> kept = new ArrayList<>();
            for (Instant cutOff : person.cutOffs()) {
                boolean near = false;
                for (var outreach : person.plan().outreach())
                    near |= !outreach.sentAt().isBefore(cutOff.minus(Duration.ofDays(14)))
                            && !outreach.sentAt().isAfter(cutOff);
                if (near) touchedSomewhere.add(person.id());
                else kept.add(cutOff);
            }
            untouched.add(
                    new SimulatedPerson(person.id(), person.plan(), person.sessions(), person.observation(), kept));
        }
        assertThat(leftOut).isPositive();
        assertThat(touchedSomewhere).isNotEmpty();
        List<Example> expected = Example.of(untouched);
        assertThat(fromFiles).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Example one = fromFiles.get(i);
            assertThat(one.person()).isEqualTo(expected.get(i).person());
            assertThat(one.day()).isEqualTo(expected.get(i).day());
            assertThat(one.lapsed()).isEqualTo(expected.get(i).lapsed());
            assertThat(one.features()).isEqualTo(expected.get(i).features());
        }
        // Who was about to lapse is still among them: leaving out the nights before an outreach would take them away.
        assertThat(fromFiles.stream().filter(Example::lapsed).count()).isGreaterThan(fromFiles.size() / 50);
        // Those who were reached out to teach by their time before, and long after.
        assertThat(fromFiles).extracting(Example::person).containsAnyElementsOf(touchedSomewhere);
    }
}
