package health.carryover.platform.records;

/** The attributes that stand in clear beside {@code sealed}: what keys, filters and indexes need, nothing clinical. */
public enum Clear {
    status,
    kind,
    state,
    dueAt,
    deadline,
    completed,
    receivedAt,
    sessionKey,
    mac,
    clockCorrection,
    expiresAt,
    zone,
    cap,
    execution,
    /** Partition and sort key of index GSI1; removed when the item leaves the index. */
    GSI1PK,
    GSI1SK
}
