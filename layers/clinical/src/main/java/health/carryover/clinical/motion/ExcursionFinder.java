package health.carryover.clinical.motion;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds excursions in one signal, sample by sample: a state machine of rest and movement with hysteresis. All its
 * thresholds are fractions of a reference range that the caller renews as it learns the person's own.
 */
final class ExcursionFinder {
    /** Leaving rest: a quarter of the reference. */
    static final double LEAVE = 0.25;
    /** Coming back: two thirds of the reference or of this very excursion, whichever is more, then a turn. */
    static final double RETURN = 2.0 / 3;
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

    /** One sample: the signal, its median that follows fast peaks, and what is needed to judge the excursion later. */
    record Sample(
            long timeMs,
            double value,
            double median,
            double left,
            double right,
            double hipX,
            double trunk,
            double visibility,
            double otherVisibility) {}

    private static final int CAPACITY = 1024;

    private enum State {
        BEGINNING,
        REST,
        AWAY
    }

    private final int channel;
    private final Sample[] samples = new Sample[CAPACITY];
    private int count;
    private State state = State.BEGINNING;
    private @Nullable Sample first; // of this stretch of tracking
    private boolean fromBeginning; // the excursion under way began with the stretch
    private int base; // index of the rest level
    private int peak;
    private int low; // index of the lowest sample since the peak

    ExcursionFinder(int channel) {
        this.channel = channel;
    }

    /** Whether an excursion is under way that began before this time. */
    boolean awaySince(long timeMs) {
        return state == State.AWAY && samples[base].timeMs() < timeMs;
    }

    /** How far the excursion under way has gone, degrees. */
    double riseSoFar() {
        return state == State.AWAY ? samples[peak].value() - samples[base].value() : 0;
    }

    /** Takes the next sample; gives the excursion that it ended, if any. */
    @Nullable
    Excursion add(Sample sample, double reference) {
        if (first == null) first = sample;
        makeRoom();
        samples[count++] = sample;
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

    /** The recording or the tracking ends: gives the excursion under way if it had come back by half. */
    @Nullable
    Excursion end() {
        Excursion last = null;
        if (state == State.AWAY) {
            int lowest = lowest(peak, count);
            double rise = samples[peak].value() - samples[base].value();
            double fall = samples[peak].value() - samples[lowest].value();
            boolean complete = fall >= (1 - NEAR) * rise;
            if (fall >= rise / 2 && fall > 0) last = excursion(lowest, !complete);
        }
        count = 0;
        state = State.BEGINNING;
        first = null;
        fromBeginning = false;
        return last;
    }

    private void begin(double reference) {
        int now = count - 1;
        double value = samples[now].value();
        int lowest = lowest(0, count);
        int highest = highest(0, count);
        if (value - samples[lowest].value() >= LEAVE * reference) {
            leave(lowest, lowest == 0 || samples[lowest].timeMs() - samples[0].timeMs() < SETTLED_NEAR_REST_MS);
        } else if (samples[highest].value() - value >= LEAVE * reference) {
            int before = lowest(0, highest + 1);
            if (samples[highest].value() - samples[before].value() >= SEEN_BEFORE_PEAK * reference) {
                leave(before, true);
                peak = highest;
                low = now;
            } else {
                keepFrom(now);
                state = State.REST;
            }
        } else if (samples[now].timeMs() - samples[0].timeMs() > SETTLED_MS) {
            state = State.REST;
        }
    }

    private void rest(double reference) {
        int from = 0;
        while (samples[count - 1].timeMs() - samples[from].timeMs() > REST_MEMORY_MS) from++;
        if (from > CAPACITY / 2) {
            keepFrom(from);
            from = 0;
        }
        int lowest = lowest(from, count);
        if (samples[count - 1].value() - samples[lowest].value() >= LEAVE * reference) leave(lowest, false);
    }

    private void leave(int from, boolean beginning) {
        base = from;
        fromBeginning = beginning;
        peak = highest(from, count);
        low = count - 1;
        state = State.AWAY;
    }

    private @Nullable Excursion away(double reference) {
        int now = count - 1;
        double value = samples[now].value();
        if (value >= samples[peak].value()) {
            peak = now;
            low = now;
            return null;
        }
        if (value <= samples[low].value() || low < peak) low = now;
        double rise = samples[peak].value() - samples[base].value();
        double fall = samples[peak].value() - samples[low].value();
        double up = value - samples[low].value();
        long still = samples[now].timeMs() - settledSince(now, NEAR / 2 * Math.max(reference, rise));
        long settled = Math.max(SETTLED_NEAR_REST_MS, (samples[now].timeMs() - samples[peak].timeMs()) / 4);
        boolean back = fall >= (1 - NEAR) * rise && !fromBeginning || fall >= (1 - NEAR) * Math.max(reference, rise);
        boolean farEnough = fall >= RETURN * Math.max(reference, rise);
        boolean ended = back && (up >= NEAR / 2 * rise || stopped(now, settled, rise))
                || farEnough && (up >= LEAVE * reference || still >= SETTLED_MS);
        if (!ended) return null;
        Excursion excursion = excursion(low, false);
        keepFrom(low);
        state = State.REST;
        fromBeginning = false;
        rest(reference);
        return excursion;
    }

    /** Whether the signal has sunk by less than a fiftieth of the excursion in the last milliseconds. */
    private boolean stopped(int now, long lastMs, double rise) {
        int i = now;
        while (i > peak && samples[now].timeMs() - samples[i].timeMs() < lastMs) i--;
        return i > peak && samples[i].value() - samples[now].value() < rise / 50;
    }

    /** Since when the signal has stayed within a band above its lowest. */
    private long settledSince(int now, double band) {
        int i = now;
        while (i > peak && samples[i].value() - samples[low].value() <= band) i--;
        return samples[Math.min(i + 1, now)].timeMs();
    }

    private Excursion excursion(int end, boolean cutAtEnd) {
        double smoothTop = samples[peak].value();
        double top = sharpPeak();
        double rise = top - samples[base].value();
        double fall = top - samples[end].value();
        boolean cutAtStart = fromBeginning && rise < (1 - 2 * NEAR) * fall;
        double high = smoothTop - NEAR * Math.min(cutAtStart ? fall : rise, cutAtEnd ? rise : fall);
        int start = base;
        for (int i = peak; i > base; i--)
            if (samples[i].value() <= samples[base].value() + NEAR * rise) {
                start = i;
                break;
            }
        int finish = end;
        for (int i = peak; i < end; i++)
            if (samples[i].value() <= samples[end].value() + NEAR * fall) {
                finish = i;
                break;
            }
        int reached = peak;
        for (int i = start; i < peak; i++)
            if (samples[i].value() >= high) {
                reached = i;
                break;
            }
        int left = peak;
        for (int i = finish; i > peak; i--)
            if (samples[i].value() >= high) {
                left = i;
                break;
            }
        Sample a = samples[start];
        Sample b = samples[finish];
        double travel = Math.min(travel(a, b), travel(samples[base], samples[end])); // one of the two may be a slip
        double visibility = 0;
        double other = 0;
        for (int i = start; i <= finish; i++) {
            visibility += samples[i].visibility();
            other += samples[i].otherVisibility();
        }
        int n = finish - start + 1;
        return new Excursion(
                channel,
                a.timeMs(),
                samples[peak].timeMs(),
                b.timeMs(),
                rise,
                fall,
                top,
                samples[reached].timeMs() - a.timeMs(),
                samples[left].timeMs() - samples[reached].timeMs(),
                b.timeMs() - samples[left].timeMs(),
                cutAtStart,
                cutAtEnd,
                agreement(base, end),
                travel,
                visibility / n,
                other / n);
    }

    /** The top as the median shows it, which smoothing flattens: the highest within {@link #PEAK_MS} of the peak. */
    private double sharpPeak() {
        double top = samples[peak].value();
        for (int i = 0; i < count; i++)
            if (Math.abs(samples[i].timeMs() - samples[peak].timeMs()) <= PEAK_MS)
                top = Math.max(top, samples[i].median());
        return top;
    }

    private static double travel(Sample from, Sample to) {
        double trunk = Math.max(1e-9, Math.min(from.trunk(), to.trunk()));
        double grown = Math.max(from.trunk(), to.trunk()) / trunk - 1;
        return Math.max(Math.abs(from.hipX() - to.hipX()) / trunk, grown);
    }

    /** Pearson correlation of left and right between two samples. */
    private double agreement(int from, int to) {
        int n = to - from + 1;
        double meanLeft = 0;
        double meanRight = 0;
        for (int i = from; i <= to; i++) {
            meanLeft += samples[i].left() / n;
            meanRight += samples[i].right() / n;
        }
        double both = 0;
        double left = 0;
        double right = 0;
        for (int i = from; i <= to; i++) {
            double l = samples[i].left() - meanLeft;
            double r = samples[i].right() - meanRight;
            both += l * r;
            left += l * l;
            right += r * r;
        }
        return both / Math.sqrt(left * right);
    }

    private int lowest(int from, int to) {
        int best = from;
        for (int i = from; i < to; i++) if (samples[i].value() <= samples[best].value()) best = i;
        return best;
    }

    private int highest(int from, int to) {
        int best = from;
        for (int i = from; i < to; i++) if (samples[i].value() > samples[best].value()) best = i;
        return best;
    }

    private void keepFrom(int index) {
        System.arraycopy(samples, index, samples, 0, count - index);
        Arrays.fill(samples, count - index, count, null);
        count -= index;
        base = Math.max(0, base - index);
        peak = Math.max(0, peak - index);
        low = Math.max(0, low - index);
    }

    /** Bounded memory: a long excursion keeps every second sample of what it has; base, peak and low always stay. */
    private void makeRoom() {
        if (count < CAPACITY) return;
        if (state != State.AWAY) {
            keepFrom(CAPACITY / 2);
            return;
        }
        int kept = 0;
        int newBase = 0;
        int newPeak = 0;
        int newLow = 0;
        for (int i = base; i < count; i++) {
            if (i % 2 == 1 && i != base && i != peak && i != low) continue;
            if (i == base) newBase = kept;
            if (i == peak) newPeak = kept;
            if (i == low) newLow = kept;
            samples[kept++] = samples[i];
        }
        Arrays.fill(samples, kept, count, null);
        count = kept;
        base = newBase;
        peak = newPeak;
        low = newLow;
        if (count > CAPACITY - 8) throw new IllegalStateException("no room for samples");
    }
}
