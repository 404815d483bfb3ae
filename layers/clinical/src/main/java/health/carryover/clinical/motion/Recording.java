package health.carryover.clinical.motion;

import java.util.List;

/**
 * A whole recording, oldest frame first. The counter does not need one: it takes frame by frame.
 * @param fps nominal frames a second, (0, 240]; the times of the frames are what counts
 */
public record Recording(ImageSize size, double fps, List<Frame> frames) {
    public Recording {
        if (!(fps > 0 && fps <= 240)) throw new IllegalArgumentException("frame rate outside (0, 240]");
        frames = List.copyOf(frames);
        for (int i = 1; i < frames.size(); i++)
            if (frames.get(i).timeMs() <= frames.get(i - 1).timeMs())
                throw new IllegalArgumentException("frame times do not rise strictly, frame " + i);
    }
}
