package health.carryover.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the patient's app shows: the way to a goal, the week, and what a hard day may be. */
final class HomeScreen {
    private final Clinic.Person therapist;
    private final Clinic.Person rosa;
    private final Teller teller;

    HomeScreen(Clinic.Person therapist, Clinic.Person rosa, Teller teller) {
        this.therapist = therapist;
        this.rosa = rosa;
        this.teller = teller;
    }

    void tell() {
        String goal = "/v1/patients/" + rosa.id() + "/goals/knee-bend";
        therapist
                .api()
                .put(
                        goal,
                        Map.of(
                                "what", "knee_flexion",
                                "kind", "PASSIVE_RANGE",
                                "load", "UNLOADED",
                                "instrument", "GONIOMETER",
                                "start", 70,
                                "target", 110,
                                "detectable", 18))
                .ok();
        LocalDate today = LocalDate.ofInstant(Story.beginning(), Story.ZONE);
        therapist
                .api()
                .put(goal + "/value", Map.of("instrument", "GONIOMETER", "value", 96, "measuredOn", today.toString()))
                .ok();
        teller.line(
                "PUT .../goals",
                therapist.name() + " and Rosa set a goal, knee flexion from 70 to 110 degrees; measured today: 96");
        JsonNode screen = rosa.api().get("/v1/me/progress").ok();
        teller.line(
                "GET /v1/me/progress",
                "\"" + screen.at("/milestones/0/text").asText()
                        + "\" This week %s of %s; weeks in a row: %s"
                                .formatted(
                                        screen.at("/week/done"),
                                        screen.at("/week/prescribed"),
                                        screen.at("/streak/text").asText("nothing is said of a row that broke")));
        List<String> exercises = new ArrayList<>();
        for (JsonNode exercise :
                rosa.api().get("/v1/me/program?version=hard-day").ok().path("exercises"))
            exercises.add(exercise.path("code").asText());
        teller.line(
                "?version=hard-day",
                "for a hard day: one set of %s; it counts as a session".formatted(String.join(", ", exercises)));
        if (screen.at("/milestones/0/percent").asInt() != 65)
            throw new IllegalStateException("Rosa's goal is not shown as it was measured");
    }
}
