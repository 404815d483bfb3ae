package health.carryover.platform.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.MacConfig;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import health.carryover.platform.environment.Environment;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Seals what is clinical under the clinic's own keys (XAES-256-GCM, HMAC-SHA256 by Google Tink), which lie in table
 * KeySets wrapped by KMS with the encryption context {@code clinic}.
 */
public final class Vault {
    /** First byte of every sealed value; part of the associated data. */
    private static final byte SCHEMA = 1;

    /** A clinic whose keys were disabled stays readable for at most this long. */
    private static final Duration CACHED = Duration.ofMinutes(5);

    /** No clinic: ids of clinics are UUIDs. */
    public static final String NOBODY = "priming";

    private record Keys(Aead aead, Mac mac, Instant until) {}

    private final Environment environment;
    private final DynamoDbClient tables;
    private final KmsClient kms;
    private final Map<String, Keys> cache = new ConcurrentHashMap<>();

    public Vault(Environment environment) {
        this.environment = environment;
        tables = environment.client(DynamoDbClient.builder());
        kms = environment.client(KmsClient.builder());
        try {
            AeadConfig.register();
            MacConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cryptography of this JVM is incomplete", e);
        }
        environment.priming().add("vault", this::prime);
        environment.priming().renew(cache::clear);
    }

    /** Keys of nobody, so that records can be sealed and opened before any clinic's keys are known. */
    private void prime() {
        try {
            Keys keys = new Keys(
                    newAead().getPrimitive(RegistryConfiguration.get(), Aead.class),
                    newMac().getPrimitive(RegistryConfiguration.get(), Mac.class),
                    Instant.MAX);
            cache.put(NOBODY, keys);
            mac(NOBODY, new byte[1]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cryptography of this JVM is incomplete", e);
        }
    }

    private static KeysetHandle newAead() throws GeneralSecurityException {
        return KeysetHandle.generateNew(PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE);
    }

    private static KeysetHandle newMac() throws GeneralSecurityException {
        return KeysetHandle.generateNew(PredefinedMacParameters.HMAC_SHA256_256BITTAG);
    }

    /** The clinic's key sets are not there, or were disabled or destroyed. */
    public static final class NoKeys extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoKeys(String clinic) {
            super("no key set for clinic " + clinic);
        }
    }

    /** @return schema byte + ciphertext */
    public byte[] seal(String clinic, byte[] content, byte[] associated) {
        try {
            byte[] ciphertext = keys(clinic).aead().encrypt(content, withSchema(associated));
            return ByteBuffer.allocate(1 + ciphertext.length)
                    .put(SCHEMA)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** @throws IllegalStateException when the value was not sealed by this clinic for this place and version */
    public byte[] open(String clinic, byte[] sealed, byte[] associated) {
        if (sealed.length < 1 || sealed[0] != SCHEMA) throw new IllegalStateException("sealed value of another schema");
        try {
            return keys(clinic)
                    .aead()
                    .decrypt(java.util.Arrays.copyOfRange(sealed, 1, sealed.length), withSchema(associated));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a sealed value does not belong where it stands", e);
        }
    }

    /** Keyed digest of content: tells two uploads apart without letting anyone guess what is in them. */
    public byte[] mac(String clinic, byte[] content) {
        try {
            return keys(clinic).mac().computeMac(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("digest failed", e);
        }
    }

    /** New key sets for a new clinic, to be written in the transaction that creates it. Needs kms:Encrypt. */
    public TransactWriteItem newKeySets(String clinic) {
        try {
            KeysetHandle aead = newAead();
            KeysetHandle mac = newMac();
            Map<String, AttributeValue> item = Map.of(
                    "PK", AttributeValue.fromS(clinic),
                    "aead", AttributeValue.fromB(wrap(clinic, "aead", aead)),
                    "mac", AttributeValue.fromB(wrap(clinic, "mac", mac)));
            return TransactWriteItem.builder()
                    .put(put -> put.tableName(environment.variable("KEY_SETS_TABLE"))
                            .item(item)
                            .conditionExpression("attribute_not_exists(PK)"))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key set could be made", e);
        }
    }

    private SdkBytes wrap(String clinic, String purpose, KeysetHandle keySet) throws GeneralSecurityException {
        byte[] plain = TinkProtoKeysetFormat.serializeKeyset(keySet, InsecureSecretKeyAccess.get());
        return kms.encrypt(request -> request.keyId(environment.variable("KEY_SETS_KEY"))
                        .plaintext(SdkBytes.fromByteArray(plain))
                        .encryptionContext(context(clinic, purpose)))
                .ciphertextBlob();
    }

    private Keys keys(String clinic) {
        Instant now = environment.time().instant();
        Keys cached = cache.get(clinic);
        if (cached != null && now.isBefore(cached.until())) return cached;
        Map<String, AttributeValue> item = tables.getItem(get -> get.tableName(environment.variable("KEY_SETS_TABLE"))
                        .key(Map.of("PK", AttributeValue.fromS(clinic)))
                        .consistentRead(true))
                .item();
        if (item.isEmpty()) throw new NoKeys(clinic);
        try {
            Keys keys = new Keys(
                    unwrap(clinic, "aead", item).getPrimitive(RegistryConfiguration.get(), Aead.class),
                    unwrap(clinic, "mac", item).getPrimitive(RegistryConfiguration.get(), Mac.class),
                    now.plus(CACHED));
            cache.put(clinic, keys);
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key set of clinic " + clinic + " is damaged", e);
        }
    }

    private KeysetHandle unwrap(String clinic, String purpose, Map<String, AttributeValue> item)
            throws GeneralSecurityException {
        AttributeValue wrapped = item.get(purpose);
        if (wrapped == null) throw new NoKeys(clinic);
        byte[] plain = kms.decrypt(request -> request.keyId(environment.variable("KEY_SETS_KEY"))
                        .ciphertextBlob(wrapped.b())
                        .encryptionContext(context(clinic, purpose)))
                .plaintext()
                .asByteArray();
        return TinkProtoKeysetFormat.parseKeyset(plain, InsecureSecretKeyAccess.get());
    }

    private static Map<String, String> context(String clinic, String purpose) {
        return Map.of("clinic", clinic, "purpose", purpose);
    }

    private static byte[] withSchema(byte[] associated) {
        return ByteBuffer.allocate(1 + associated.length)
                .put(SCHEMA)
                .put(associated)
                .array();
    }
}
