package health.carryover.local.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cloud's time, and the one thread on which the cloud works by itself (state machines, stream consumers, schedules).
 *
 * <p>Time stands still until {@link #advance} is called, and then moves from timer to timer, each time only when the
 * cloud is quiet: no task queued or running and nothing {@link #busy}. So the same inputs give the same run.
 */
public final class VirtualClock implements InstantSource, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VirtualClock.class);

    /** A timer that has not fired yet. */
    public final class Timer {
        private final Instant when;
        private final long order;
        private final Runnable task;

        private Timer(Instant when, long order, Runnable task) {
            this.when = when;
            this.order = order;
            this.task = task;
        }

        /** Takes the timer back; does nothing when it has fired. */
        public void cancel() {
            lock.lock();
            try {
                timers.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Holds the clock still until closed. */
    public interface Busy extends AutoCloseable {
        @Override
        void close();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(
            Comparator.comparing((Timer timer) -> timer.when).thenComparingLong(timer -> timer.order));
    private final Thread loop;
    private Instant now;
    private long timerCount;
    private int busy;
    private boolean running;
    private boolean closed;
    private @Nullable Throwable broken;

    public VirtualClock(Instant start) {
        now = start;
        loop = Thread.ofPlatform().daemon().name("cloud").unstarted(this::work);
        loop.start();
    }

    @Override
    public Instant instant() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    /** Runs the task on the cloud's thread, after those queued before it. */
    public void execute(Runnable task) {
        lock.lock();
        try {
            tasks.add(task);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Runs the task on the cloud's thread when virtual time reaches {@code when}; at once if it is not in the future. */
    public Timer at(Instant when, Runnable task) {
        lock.lock();
        try {
            Timer timer = new Timer(when, timerCount++, task);
            if (when.isAfter(now)) timers.add(timer);
            else execute(task);
            return timer;
        } finally {
            lock.unlock();
        }
    }

    /** Work outside the cloud's thread (a request being answered) that must end before time moves. */
    public Busy busy() {
        lock.lock();
        try {
            busy++;
        } finally {
            lock.unlock();
        }
        return () -> {
            lock.lock();
            try {
                busy--;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        };
    }

    /** Moves time forward, firing each timer at its own instant, and returns when the cloud is quiet again. */
    public void advance(Duration duration) {
        if (duration.isNegative()) throw new IllegalArgumentException("time moves forward only");
        advanceTo(instant().plus(duration));
    }

    /** As {@link #advance}; an instant in the past only waits until the cloud is quiet. */
    public void advanceTo(Instant target) {
        lock.lock();
        try {
            while (true) {
                awaitQuiet();
                Timer next = timers.peek();
                if (next == null || next.when.isAfter(target)) break;
                timers.remove();
                now = next.when;
                tasks.add(next.task);
                changed.signalAll();
            }
            if (target.isAfter(now)) now = target;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no task is queued or running and nothing is busy. Not to be called from the cloud's own thread. */
    public void awaitQuiet() {
        if (Thread.currentThread() == loop) throw new IllegalStateException("the cloud cannot wait for itself");
        lock.lock();
        try {
            while (!tasks.isEmpty() || running || busy > 0) {
                if (closed) throw new IllegalStateException("the clock is closed");
                changed.awaitUninterruptibly();
            }
            if (broken != null) {
                Throwable cause = broken;
                broken = null;
                throw new IllegalStateException("the cloud broke while working by itself", cause);
            }
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (true) {
            Runnable task;
            lock.lock();
            try {
                running = false;
                changed.signalAll();
                while (tasks.isEmpty() && !closed) changed.awaitUninterruptibly();
                if (closed) return;
                task = tasks.remove();
                running = true;
            } finally {
                lock.unlock();
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // A defect of the local cloud itself: said aloud, and thrown at whoever waits for quiet.
                log.error("a task of the local cloud broke", e);
                lock.lock();
                try {
                    broken = e;
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
