package health.carryover.platform.records;

import java.util.Map;

/** An item in the open: its key, its version, its content, and the attributes that stand in clear. */
public record Entry<T>(Key key, Kind<T> kind, long version, T content, Map<Clear, String> clear) {
    public Entry {
        clear = Map.copyOf(clear);
    }

    /** A first version. */
    public static <T> Entry<T> first(Key key, Kind<T> kind, T content, Map<Clear, String> clear) {
        return new Entry<>(key, kind, 1, content, clear);
    }

    /** The version after this one. */
    public Entry<T> next(T newContent, Map<Clear, String> newClear) {
        return new Entry<>(key, kind, version + 1, newContent, newClear);
    }
}
