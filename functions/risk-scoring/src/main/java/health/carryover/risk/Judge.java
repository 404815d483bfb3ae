package health.carryover.risk;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import health.carryover.clinical.risk.ClinicCalibration;
import health.carryover.clinical.risk.Feature;
import health.carryover.clinical.risk.PlainRule;
import health.carryover.clinical.risk.RiskFeatures;
import health.carryover.clinical.risk.RiskScore;
import health.carryover.clinical.risk.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is worth a call in one clinic tonight: by the model where the clinic's own outcomes bear it out, by the plain rule's
 * highest band where they do not yet. The model runs along in its shadow.
 *
 * @param threshold from which on the model flags, on the scale of its own training
 */
record Judge(ClinicCalibration calibration, RiskScore threshold) {

    /** @param logit the model's */
    record Judged(String patient, RiskFeatures features, PlainRule.Band band, double logit) {}

    /** What staff may see as a percentage; null while it would mean nothing here. */
    @Nullable
    Double percentage(double logit) {
        return calibration.trusted() ? calibration.probability(logit).probability() : null;
    }

    /** Patients by id, the one who needs it most first; between equals the night's lot decides, the same for a repeat. */
    List<String> worthACall(List<Judged> patients, String night) {
        if (calibration.trusted())
            return Selection.select(
                            patients.stream()
                                    .map(one -> new Selection.Candidate(
                                            one.patient(), new RiskScore(1 / (1 + Math.exp(-one.logit())))))
                                    .toList(),
                            threshold,
                            patients.size(),
                            night)
                    .stream()
                    .map(Selection.Candidate::patient)
                    .toList();
        return patients.stream()
                .filter(one -> one.band() == PlainRule.Band.HIGH)
                .sorted(comparingDouble((Judged one) -> -days(one))
                        .thenComparingDouble(one ->
                                one.features().value(Feature.DOSE_RATIO_14D).orElse(0))
                        .thenComparing(comparing(one -> Selection.lot(night, one.patient())))
                        .thenComparing(Judged::patient))
                .map(Judged::patient)
                .toList();
    }

    private static double days(Judged one) {
        return one.features().value(Feature.DAYS_SINCE_SESSION).orElse(0);
    }
}
