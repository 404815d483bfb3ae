package health.carryover.clinical.motion;

import org.jspecify.annotations.Nullable;

/**
 * Finds excursions in one signal, sample by sample: a state machine of rest and movement with hysteresis. All its
 * thresholds are fractions of a reference range that the caller renews as it learns the person's own.
 */
final class ExcursionFinder {
    /** Being at rest, or at the peak: within a sixth of the excursion. */
    static final double NEAR = 1.0 / 6;
    /** A start that was cut off counts when at least a tenth of the reference was seen before the peak. */
    static final double SEEN_BEFORE_PEAK = 0.1;
    /** Rest is the lowest level of the last eight seconds, so that a slow change of posture is forgotten. */
    static final long REST_MEMORY_MS = 8_000;
    /** Standing still near the bottom this long ends an excursion; shorter when the way back is nearly complete. */
    static final long SETTLED_MS = 1_500;

    static final long SETTLED_NEAR_REST_MS = 150;
    static final long PEAK_MS = 100;
    /** In the posture of the exercise for so long, the person has taken it. */
    static final long PLACED_MS = 700;
    /** Out of it for less is a slip of the tracker. */
    static final long AWAY_MS = 300;
    /** Within an excursion it turns when it comes back by this share of it and of the reference. */
    static final double TURN = 1.0 / 3;

    /** Coming back by so many times the excursion is more than coming back. */
    static final double BELOW = 1.25;

    private enum State {
        BEGINNING,
        REST,
        AWAY
    }

    private final int channel;
    private final double leave;
    private final double back;
    private final Posture posture;
    private final double focal;
    private final Samples samples;
    private final Wander wander = new Wander();
    private final ShiftedRest shifted = new ShiftedRest();
    private State state = State.BEGINNING;
    private boolean fromBeginning; // the excursion under way began with the stretch
    private int base; // index of the rest level
    private int peak;
    private int low; // index of the lowest sample since the peak
    private long placedSinceMs = -1; // since when the person is in the posture; -1: is not

    /**
     * @param watched how many things that should stay still are kept
     * @param focal of the camera, pixels; 0: there is none
     */
    ExcursionFinder(int channel, Movement movement, int watched, double focal) {
        this.channel = channel;
        leave = movement.leave();
        back = movement.back();
        posture = movement.posture();
        this.focal = focal;
        samples = new Samples(watched);
    }

    /** Where the next sample goes: {@link #room} gives the index to fill, {@link #look} then reads it. */
    Samples samples() {
        return samples;
    }

    /** The index of the next sample, whose columns the caller fills. */
    int room() {
        makeRoom();
        return samples.next();
    }

    /** Whether an excursion is under way that began before this time. */
    boolean awaySince(long timeMs) {
        return state == State.AWAY && samples.timeMs[base] < timeMs;
    }

    /** How far the signal wanders while nothing moves, degrees: its standard deviation about a slow mean. */
    double wanderDeg() {
        return wander.deviation();
    }

    /** How far the excursion under way has gone, degrees. */
    double riseSoFar() {
        return state == State.AWAY ? samples.value[peak] - samples.value[base] : 0;
    }

    /** Looks at the sample just filled; gives the excursion that it ended, if any. */
    @Nullable
    Excursion look(double reference) {
        if (hasTakenPosture()) return null;
        return switch (state) {
            case BEGINNING -> {
                begin(reference);
                yield null;
            }
            case REST -> {
                rest(reference);
                yield null;
            }
            case AWAY -> away(reference);
        };
    }

    /** Somebody who has just lain or sat down begins there: what was before is no rest to measure from. */
    private boolean hasTakenPosture() {
        if (posture != Posture.SITTING && posture != Posture.LYING) return false;
        int now = samples.last();
        if (!isPlaced(now)) {
            placedSinceMs = -1;
            wander.clear();
        } else if (placedSinceMs < 0) placedSinceMs = samples.timeMs[now];
        if (state != State.AWAY || placedSinceMs < 0 || samples.timeMs[now] - placedSinceMs < PLACED_MS) return false;
        for (int i = base; samples.timeMs[i] - samples.timeMs[base] < AWAY_MS; i++) if (isPlaced(i)) return false;
        keepFrom(samples.at(placedSinceMs));
        state = State.BEGINNING;
        fromBeginning = false;
        return true;
    }

    private boolean isPlaced(int index) {
        return posture.allows(samples.inclination[index], samples.thigh[index]);
    }

    /** The recording or the tracking ends: gives the excursion under way if it had come back by half. */
    @Nullable
    Excursion end() {
        Excursion last = null;
        if (state == State.AWAY) {
            int lowest = samples.lowest(peak, samples.count());
            double rise = samples.value[peak] - samples.value[base];
            double fall = samples.value[peak] - samples.value[lowest];
            boolean complete = fall >= (1 - NEAR) * rise;
            if (fall >= rise / 2 && fall > 0) last = excursion(lowest, !complete);
        }
        samples.clear();
        state = State.BEGINNING;
        fromBeginning = false;
        return last;
    }

    private void begin(double reference) {
        int now = samples.last();
        double value = samples.value[now];
        int lowest = samples.lowest(0, samples.count());
        int highest = samples.highest(0, samples.count());
        if (value - samples.value[lowest] >= leave * reference) {
            leaveFrom(lowest, true);
        } else if (samples.value[highest] - value >= leave * reference) {
            int before = samples.lowest(0, highest + 1);
            if (samples.value[highest] - samples.value[before] >= SEEN_BEFORE_PEAK * reference) {
                leaveFrom(before, true);
                peak = highest;
                low = now;
            } else {
                keepFrom(now);
                state = State.REST;
            }
        } else if (samples.timeMs[now] - samples.timeMs[0] > SETTLED_MS) {
            state = State.REST;
        }
    }

    private void rest(double reference) {
        wander.add(samples.timeMs[samples.last()], samples.value[samples.last()]);
        int from = 0;
        while (samples.timeMs[samples.last()] - samples.timeMs[from] > REST_MEMORY_MS) from++;
        if (from > Samples.CAPACITY / 2) {
            keepFrom(from);
            from = 0;
        }
        int lowest = samples.lowest(from, samples.count());
        int highest = samples.highest(from, samples.count());
        boolean sinking =
                lowest == samples.last() && samples.value[highest] - samples.value[lowest] >= leave * reference;
        if (sinking) wander.clear();
        if (samples.value[samples.last()] - samples.value[lowest] >= leave * reference) leaveFrom(lowest, false);
    }

    private void leaveFrom(int from, boolean beginning) {
        shifted.clear();
        base = from;
        fromBeginning = beginning;
        peak = samples.highest(from, samples.count());
        low = samples.last();
        state = State.AWAY;
    }

    private @Nullable Excursion away(double reference) {
        int now = samples.last();
        double value = samples.value[now];
        double risen = samples.value[peak] - samples.value[base];
        if (shifted.look(samples.timeMs[now], value, Math.max(TURN * reference, TURN * risen))) return shift();
        if (value >= samples.value[peak]) {
            peak = now;
            low = now;
            return null;
        }
        if (value <= samples.value[low] || low < peak) low = now;
        double rise = samples.value[peak] - samples.value[base];
        double fall = samples.value[peak] - samples.value[low];
        double up = value - samples.value[low];
        long still = samples.timeMs[now] - settledSince(now, NEAR / 2 * Math.max(reference, rise));
        long settled = Math.max(SETTLED_NEAR_REST_MS, (samples.timeMs[now] - samples.timeMs[peak]) / 4);
        boolean nearRest =
                fall >= (1 - NEAR) * rise && !fromBeginning || fall >= (1 - NEAR) * Math.max(reference, rise);
        boolean farEnough = fall >= back * Math.max(reference, rise);
        boolean ended = nearRest && (up >= NEAR / 2 * rise || stopped(now, settled, rise))
                || farEnough && (up >= leave * reference || still >= SETTLED_MS);
        boolean below = !fromBeginning && fall >= BELOW * Math.max(reference, rise);
        if (!ended && !below) return null;
        int end = low;
        if (below && !ended) { // it is back where it came from: what goes on sinking is something else
            end = peak;
            while (end < low && samples.value[end] > samples.value[base]) end++;
        }
        Excursion excursion = excursion(end, false);
        keepFrom(end);
        state = State.REST;
        fromBeginning = false;
        rest(reference);
        return excursion;
    }

    /** Gives the first of two movements alike from a new level of rest, and goes on with the second. */
    private Excursion shift() {
        peak = samples.at(shifted.firstPeakMs());
        int valley = samples.at(shifted.firstValleyMs());
        int from = peak;
        for (int i = peak; i >= base && samples.value[i] >= shifted.newRest(); i--)
            if (samples.value[i] <= samples.value[from]) from = i;
        base = from;
        fromBeginning = false;
        Excursion first = excursion(valley, false);
        peak = samples.at(shifted.secondPeakMs());
        low = samples.at(shifted.secondValleyMs());
        base = valley;
        keepFrom(valley);
        shifted.clear();
        return first;
    }

    /** Whether the signal has sunk by less than a fiftieth of the excursion in the last milliseconds. */
    private boolean stopped(int now, long lastMs, double rise) {
        int i = now;
        while (i > peak && samples.timeMs[now] - samples.timeMs[i] < lastMs) i--;
        return i > peak && samples.value[i] - samples.value[now] < rise / 50;
    }

    /** Since when the signal has stayed within a band above its lowest. */
    private long settledSince(int now, double band) {
        int i = now;
        while (i > peak && samples.value[i] - samples.value[low] <= band) i--;
        return samples.timeMs[Math.min(i + 1, now)];
    }

    private Excursion excursion(int end, boolean cutAtEnd) {
        double smoothTop = samples.value[peak];
        double top = sharpPeak();
        double rise = top - samples.value[base];
        double fall = top - samples.value[end];
        boolean cutAtStart = fromBeginning && rise < (1 - 2 * NEAR) * fall;
        double high = smoothTop - NEAR * Math.min(cutAtStart ? fall : rise, cutAtEnd ? rise : fall);
        int start = base;
        for (int i = peak; i > base; i--)
            if (samples.value[i] <= samples.value[base] + NEAR * rise) {
                start = i;
                break;
            }
        int finish = end;
        for (int i = peak; i < end; i++)
            if (samples.value[i] <= samples.value[end] + NEAR * fall) {
                finish = i;
                break;
            }
        int reached = peak;
        for (int i = start; i < peak; i++)
            if (samples.value[i] >= high) {
                reached = i;
                break;
            }
        int left = peak;
        for (int i = finish; i > peak; i--)
            if (samples.value[i] >= high) {
                left = i;
                break;
            }
        // Between a sixth and five sixths people are fastest: as much time again goes before and after, where it was
        // seen.
        long up = samples.timeMs[reached] - samples.timeMs[start];
        long hold = samples.timeMs[left] - samples.timeMs[reached];
        long down = samples.timeMs[finish] - samples.timeMs[left];
        long lead = Math.min(up / 2, samples.timeMs[start] - samples.timeMs[base]);
        long arriving = Math.min(up / 2, hold / 2);
        long leaving = Math.min(down / 2, hold / 2);
        long trail = Math.min(down / 2, samples.timeMs[end] - samples.timeMs[finish]);
        double travel = Math.min(samples.travel(start, finish), samples.travel(base, end)); // one may be a slip
        double approach = Math.min(samples.approach(start, finish, focal), samples.approach(base, end, focal));
        return new Excursion(
                channel,
                samples.timeMs[start],
                (samples.timeMs[reached] + samples.timeMs[left]) / 2,
                samples.timeMs[finish],
                rise,
                fall,
                top,
                up + lead + arriving,
                hold - arriving - leaving,
                leaving + down + trail,
                cutAtStart,
                cutAtEnd,
                samples.isWhole(start, finish),
                samples.agreement(base, end),
                travel,
                approach,
                Math.min(samples.turned(start, finish), samples.turned(base, end)),
                samples.bent(start, finish),
                samples.inclination[start],
                samples.inclination[finish],
                samples.thigh[start],
                samples.thigh[finish],
                Samples.mean(samples.azimuth, start, finish),
                samples.lesserRise(start, peak),
                focal > 0 ? samples.lifted(start, peak) : Double.NaN,
                Samples.mean(samples.visibility, start, finish),
                Samples.mean(samples.otherVisibility, start, finish),
                strays(start, finish));
    }

    /** How far what should stay still went up and down from its level at the start: two numbers a column. */
    private double[] strays(int start, int finish) {
        double[] strays = new double[2 * samples.still.length];
        for (int column = 0; column < samples.still.length; column++) {
            double[] still = samples.still[column];
            double level = Samples.mean(still, base, start);
            for (int i = start; i <= finish; i++) {
                strays[2 * column] = Math.max(strays[2 * column], still[i] - level);
                strays[2 * column + 1] = Math.max(strays[2 * column + 1], level - still[i]);
            }
        }
        return strays;
    }

    /** The top as the median shows it, which smoothing flattens: the highest within {@link #PEAK_MS} of the peak. */
    private double sharpPeak() {
        double top = samples.value[peak];
        for (int i = 0; i < samples.count(); i++)
            if (Math.abs(samples.timeMs[i] - samples.timeMs[peak]) <= PEAK_MS) top = Math.max(top, samples.median[i]);
        return top;
    }

    private void keepFrom(int index) {
        samples.keepFrom(index);
        base = Math.max(0, base - index);
        peak = Math.max(0, peak - index);
        low = Math.max(0, low - index);
    }

    /** Bounded memory: a long excursion keeps every second sample of what it has; base, peak and low always stay. */
    private void makeRoom() {
        if (!samples.isFull()) return;
        if (state != State.AWAY) {
            keepFrom(Samples.CAPACITY / 2);
            return;
        }
        int kept = 0;
        int newBase = 0;
        int newPeak = 0;
        int newLow = 0;
        for (int i = base; i < samples.count(); i++) {
            if (i % 2 == 1 && i != base && i != peak && i != low && samples.unseen[i] == 0) continue;
            if (i == base) newBase = kept;
            if (i == peak) newPeak = kept;
            if (i == low) newLow = kept;
            samples.move(i, kept++);
        }
        samples.truncate(kept);
        base = newBase;
        peak = newPeak;
        low = newLow;
    }
}
