package health.carryover.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.clinical.risk.Feature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCohortTest {
    private static final String SESSIONS =
            "dataset,person_id,date,day,start_epoch_seconds,time_of_day_h,duration_s,completed_fraction,pain_0_10,effort\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A person who came every second day from day 1000 to day 1040. */
    @BeforeEach
    void write() throws IOException {
        StringBuilder sessions = new StringBuilder(SESSIONS);
        for (int day = 1000; day <= 1040; day += 2)
            sessions.append("set,p,,").append(day).append(",,7.5,,,2.5,\n");
        sessions.append("set,p,,1060,,7.5,,,,\n");
        Files.writeString(folder.resolve("sessions.csv"), sessions.toString());
        Files.writeString(folder.resolve("persons.csv"), "dataset,person_id,obs_start,obs_end\nset,p,1000,1100\n");
        landmarks("set,p,1044,44,1,1");
    }

    private void landmarks(String row) throws IOException {
        Files.writeString(
                folder.resolve("landmarks.csv"), "dataset,person_id,day,days_since_first,y7,y14\n" + row + "\n");
    }

    @Test
    void a_landmark_sees_the_sessions_up_to_the_end_of_its_day() throws IOException {
        List<Example> examples = LogCohort.read(folder);
        assertThat(examples).hasSize(1);
        Example example = examples.getFirst();
        assertThat(example.lapsed()).isTrue();
        // Days 1018, 1020, ... 1040 of the 28 days 1017 to 1044.
        assertThat(example.sessionDays28()).isEqualTo(12);
        // 07:30 of day 1040 to the last second of day 1044: 4 days, 16 hours and a half.
        assertThat(Math.round(24
                        * example.features().value(Feature.DAYS_SINCE_SESSION).orElseThrow()))
                .isEqualTo(112);
        assertThat(example.features().value(Feature.USUAL_GAP_DAYS)).hasValue(2);
        assertThat(example.features().value(Feature.COMPLETION_RECENT)).isEmpty();
        assertThat(example.features().value(Feature.DAYS_TO_VISIT)).isEmpty();
    }

    /** Nothing after the landmark may be seen: the same row whatever comes later, and whatever is left out of it. */
    @Test
    void what_comes_after_the_landmark_changes_nothing() throws IOException {
        Example before = LogCohort.read(folder).getFirst();
        StringBuilder sessions = new StringBuilder(SESSIONS);
        for (int day = 1040; day >= 1000; day -= 2)
            sessions.append("set,p,,").append(day).append(",,7.5,,,2.5,\n");
        for (int day = 1045; day < 1100; day++)
            sessions.append("set,p,,").append(day).append(",,21.5,,0.5,10,\n");
        Files.writeString(folder.resolve("sessions.csv"), sessions.toString());
        Example after = LogCohort.read(folder).getFirst();
        assertThat(after.features()).isEqualTo(before.features());
        assertThat(after.history()).isEqualTo(before.history());
        // And one session on the landmark's own day does change it.
        Files.writeString(folder.resolve("sessions.csv"), sessions + "set,p,,1044,,7.5,,,2.5,\n");
        assertThat(LogCohort.read(folder).getFirst().features()).isNotEqualTo(before.features());
    }

    @Test
    void people_of_whom_nobody_knows_yet_what_they_will_do_can_be_read_too() throws IOException {
        Example labelled = LogCohort.read(folder).getFirst();
        Files.writeString(folder.resolve("landmarks.csv"), "dataset,person_id,day\nset,p,1044\n");
        assertThat(LogCohort.unlabelled(folder).getFirst().features()).isEqualTo(labelled.features());
        assertThatThrownBy(() -> LogCohort.read(folder)).hasMessageContaining("no column y14");
    }

    @Test
    void the_order_of_two_entries_of_one_day_is_nothing() throws IOException {
        Files.writeString(folder.resolve("sessions.csv"), SESSIONS + "set,p,,1040,,,,0.5,1,\nset,p,,1040,,,,1,5,\n");
        Example one = LogCohort.read(folder).getFirst();
        Files.writeString(folder.resolve("sessions.csv"), SESSIONS + "set,p,,1040,,,,1,5,\nset,p,,1040,,,,0.5,1,\n");
        assertThat(LogCohort.read(folder).getFirst().features()).isEqualTo(one.features());
    }

    @Test
    void broken_files_and_impossible_days_are_one_line_each() throws IOException {
        Files.writeString(folder.resolve("sessions.csv"), "\uFEFF" + SESSIONS + "set,p,,1040,,7.5,,,,\n");
        assertThat(LogCohort.read(folder)).hasSize(1);
        Files.writeString(folder.resolve("sessions.csv"), SESSIONS + "set,p,,1040,,7.5,,,,\nset,p,1040\n");
        assertThatThrownBy(() -> LogCohort.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sessions.csv is not such a CSV file");
        Files.writeString(folder.resolve("sessions.csv"), SESSIONS + "set,p,,9000000000000000,,7.5,,,,\n");
        assertThatThrownBy(() -> LogCohort.read(folder)).hasMessageContaining("line 2: day is outside");
    }

    @Test
    void people_of_one_team_stand_in_one_fold() throws IOException {
        Files.writeString(
                folder.resolve("persons.csv"), "dataset,person_id,team,age_band\nset,p,reds,30-39\nset,q,reds,\n");
        Files.writeString(folder.resolve("sessions.csv"), SESSIONS + "set,p,,1000,,,,,,\nset,q,,1000,,,,,,\n");
        landmarks("set,p,1010,10,0,0\nset,q,1010,10,0,0");
        List<Example> examples = LogCohort.read(folder);
        assertThat(examples).extracting(Example::group).containsOnly("set/team reds");
        assertThat(examples).extracting(Example::key).containsExactly("set/p", "set/q");
        assertThat(Candidates.folds(examples, 5, 1)).hasSize(1);
    }

    @Test
    void what_is_wrong_is_told_with_its_line() throws IOException {
        landmarks("set,p,1044,44,1,yes");
        assertThatThrownBy(() -> LogCohort.read(folder)).hasMessageContaining("landmarks.csv line 2: y14");
        landmarks("set,q,1044,44,1,1");
        assertThatThrownBy(() -> LogCohort.read(folder)).hasMessageContaining("a person without a row");
        landmarks("set,p,999,0,1,1");
        assertThatThrownBy(() -> LogCohort.read(folder)).hasMessageContaining("no session up to the landmark");
        Files.writeString(folder.resolve("sessions.csv"), SESSIONS + "set,p,,1000,,25,,,,\n");
        assertThatThrownBy(() -> LogCohort.read(folder)).hasMessageContaining("sessions.csv line 2: time_of_day_h");
        Files.writeString(folder.resolve("sessions.csv"), "dataset,person_id\nset,p\n");
        assertThatThrownBy(() -> LogCohort.read(folder)).hasMessageContaining("no column day");
        Files.delete(folder.resolve("sessions.csv"));
        assertThatThrownBy(() -> LogCohort.read(folder)).hasMessageContaining("does not exist");
    }
}
