package health.carryover.local.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.carryover.platform.records.Key;
import health.carryover.platform.records.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;

/** What somebody can do who may write to the tables but has no clinic's keys: nothing that is believed. */
class SealTest extends LoopCloud {
    private static final Tables TABLES = new Tables(CLOUD);

    private static Map<String, AttributeValue> raw(String table, Map<String, AttributeValue> key) {
        return new HashMap<>(TABLES.client()
                .getItem(get -> get.tableName(TABLES.name(table)).key(key).consistentRead(true))
                .item());
    }

    private static Map<String, AttributeValue> key(Key key) {
        return Map.of("PK", AttributeValue.fromS(key.pk()), "SK", AttributeValue.fromS(key.sk()));
    }

    private static void write(String table, Map<String, AttributeValue> item) {
        TABLES.client().putItem(put -> put.tableName(TABLES.name(table)).item(item));
    }

    private static void refused(Key key, Kind<?> kind) {
        assertThatThrownBy(() -> records().get(key, kind))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("Pat Example");
    }

    @Test
    void a_sealed_item_moved_to_another_key_does_not_open() {
        Small one = small();
        Small other = small();
        Map<String, AttributeValue> profile = raw("Records", key(Key.patient(one.ref())));
        // To another patient of another clinic, and to another place of the same patient.
        profile.putAll(key(Key.patient(other.ref())));
        write("Records", profile);
        refused(Key.patient(other.ref()), Kind.PATIENT);
        Key elsewhere = new Key(Key.patientPk(one.ref()), "PROFILE#2");
        profile.putAll(key(elsewhere));
        write("Records", profile);
        refused(elsewhere, Kind.PATIENT);
        assertThat(other.patient().api().get("/v1/me").status()).isGreaterThanOrEqualTo(500);
    }

    @Test
    void a_sealed_item_with_another_version_type_or_byte_does_not_open() {
        Small small = small();
        Key place = Key.consent(small.ref(), 1);
        Map<String, AttributeValue> good = raw("Records", key(place));
        assertThat(records().get(place, Kind.CONSENT)).isPresent();

        Map<String, AttributeValue> version = new HashMap<>(good);
        version.put("version", AttributeValue.fromN("2"));
        write("Records", version);
        refused(place, Kind.CONSENT);

        Map<String, AttributeValue> type = new HashMap<>(good);
        type.put("type", AttributeValue.fromS("program"));
        write("Records", type);
        refused(place, Kind.CONSENT);
        refused(place, Kind.PROGRAM);

        byte[] sealed = Objects.requireNonNull(good.get("sealed")).b().asByteArray();
        for (int at : new int[] {0, 1, sealed.length - 1}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            Map<String, AttributeValue> bytes = new HashMap<>(good);
            bytes.put("sealed", AttributeValue.fromB(software.amazon.awssdk.core.SdkBytes.fromByteArray(changed)));
            write("Records", bytes);
            refused(place, Kind.CONSENT);
        }
        write("Records", good);
        assertThat(records().get(place, Kind.CONSENT)).isPresent();
    }

    @Test
    void an_older_version_put_back_under_the_newer_number_does_not_open() {
        Small small = small();
        Map<String, AttributeValue> before = raw("Records", key(Key.patient(small.ref())));
        small.patient()
                .api()
                .put(
                        "/v1/me/preferences",
                        Map.of(
                                "contactFrom",
                                "10:00",
                                "contactTo",
                                "11:00",
                                "zone",
                                ZONE.getId(),
                                "optedOut",
                                java.util.List.of("CALL")))
                .ok();
        before.put("version", raw("Records", key(Key.patient(small.ref()))).get("version"));
        write("Records", before);
        refused(Key.patient(small.ref()), Kind.PATIENT);
    }

    @Test
    void an_attribute_in_clear_that_was_changed_added_or_taken_away_is_noticed() {
        Small small = small();
        Map<String, Object> session = session(small.clinic(), now());
        upload(small.patient(), session).ok();
        Key place = Key.session(small.ref(), java.time.Instant.parse((String) session.get("endedAt")), (String)
                session.get("sessionId"));
        Map<String, AttributeValue> good = raw("Records", key(place));
        assertThat(records().get(place, Kind.SESSION)).isPresent();

        Map<String, AttributeValue> changed = new HashMap<>(good);
        changed.put("completed", AttributeValue.fromS("no"));
        write("Records", changed);
        refused(place, Kind.SESSION);
        Map<String, AttributeValue> added = new HashMap<>(good);
        added.put("state", AttributeValue.fromS("CLEARED"));
        write("Records", added);
        refused(place, Kind.SESSION);
        Map<String, AttributeValue> taken = new HashMap<>(good);
        taken.remove("completed");
        write("Records", taken);
        refused(place, Kind.SESSION);
    }

    @Test
    void the_keys_of_one_clinic_do_not_open_another_and_do_not_unwrap_in_its_place() {
        Small one = small();
        Small other = small();
        Map<String, AttributeValue> keys =
                raw("KeySets", Map.of("PK", AttributeValue.fromS(one.clinic().id())));
        keys.put("PK", AttributeValue.fromS(other.clinic().id()));
        write("KeySets", keys);
        assertThatThrownBy(() -> records().get(Key.patient(other.ref()), Kind.PATIENT))
                .isInstanceOf(software.amazon.awssdk.services.kms.model.InvalidCiphertextException.class);

        // Its own MAC key in place of the sealing key is no key for sealing either.
        Map<String, AttributeValue> swapped =
                raw("KeySets", Map.of("PK", AttributeValue.fromS(one.clinic().id())));
        swapped.put("aead", swapped.get("mac"));
        write("KeySets", swapped);
        assertThatThrownBy(() -> records().get(Key.patient(one.ref()), Kind.PATIENT))
                .isInstanceOf(software.amazon.awssdk.services.kms.model.InvalidCiphertextException.class);
    }

    @Test
    void when_the_key_of_the_key_sets_is_disabled_nothing_can_be_read_after_five_minutes() {
        Small small = small();
        String keySetsKey =
                Objects.requireNonNull(CLOUD.template().resource("KeySetsKey")).ref();
        KmsClient kms = CLOUD.client(KmsClient.builder());
        assertThat(small.patient().api().get("/v1/me").status()).isEqualTo(200);
        kms.disableKey(disable -> disable.keyId(keySetsKey));
        try {
            assertThatThrownBy(() -> records().get(Key.patient(small.ref()), Kind.PATIENT))
                    .isInstanceOf(software.amazon.awssdk.services.kms.model.DisabledException.class);
            assertThat(small.patient().api().get("/v1/me").status())
                    .as("still in the cache")
                    .isEqualTo(200);
            advance(Duration.ofMinutes(5));
            assertThat(small.patient().api().get("/v1/me").status()).isGreaterThanOrEqualTo(500);
            assertThat(upload(small.patient(), session(small.clinic(), now())).status())
                    .isGreaterThanOrEqualTo(500);
        } finally {
            kms.enableKey(enable -> enable.keyId(keySetsKey));
        }
        assertThat(small.patient().api().get("/v1/me").status()).isEqualTo(200);
    }
}
