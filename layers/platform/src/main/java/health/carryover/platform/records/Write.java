package health.carryover.platform.records;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** One part of a transaction on Records. */
public sealed interface Write {
    /** A new item; fails where one stands already. */
    record Create(Entry<?> entry) implements Write {}

    /** The next version of an item that was read; fails when another version stands there now. */
    record Replace(Entry<?> entry) implements Write {}

    /** Whatever stands there, for items that are recomputed as a whole. */
    record Overwrite(Entry<?> entry) implements Write {}

    /** Fails when another version stands there now. */
    record Delete(Entry<?> entry) implements Write {}

    /** Writes nothing, and fails when anything stands there by now. */
    record Absent(Key key) implements Write {}

    /** Adds to the open count of a clinic; an increase fails at the cap. */
    record Count(String clinic, int by, int cap) implements Write {}

    /** A write to another table of ours, such as an audit event. */
    record Other(TransactWriteItem item) implements Write {}

    /** What became of a transaction. */
    sealed interface Result {
        record Committed() implements Result {}

        /**
         * Nothing was written.
         *
         * @param failed index of the first part whose condition did not hold
         * @param existing clear attributes of the item in its way, empty where there is none
         */
        record Refused(int failed, Map<Clear, String> existing) implements Result {}
    }
}
