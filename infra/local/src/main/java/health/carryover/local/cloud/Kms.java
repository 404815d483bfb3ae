package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * KMS with the template's keys. Key material is made at start and never leaves the JVM. A ciphertext is format byte, key
 * id, nonce, AES-256-GCM; the encryption context, sorted, is its associated data.
 */
final class Kms implements JsonService {
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int HEADER_BYTES = 1 + 16 + NONCE_BYTES;

    private static final class Key {
        final Resource resource;
        final SecretKey material;
        volatile boolean enabled;

        Key(Resource resource, SecretKey material) {
            this.resource = resource;
            this.material = material;
            enabled = resource.at("Enabled").asBoolean(true);
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final InstantSource time;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Map<String, String> aliases = new LinkedHashMap<>();

    Kms(Template template, InstantSource time) {
        this.time = time;
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(256);
            for (Resource key : template.ofType("AWS::KMS::Key"))
                keys.put(key.ref(), new Key(key, generator.generateKey()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES", e);
        }
        for (Resource alias : template.ofType("AWS::KMS::Alias"))
            aliases.put(alias.ref(), alias.text("TargetKeyId", ""));
    }

    /** The id of the key that made a ciphertext, in Base64; empty for anything else. */
    static String keyOf(String ciphertext) {
        try {
            ByteBuffer blob = ByteBuffer.wrap(Base64.getDecoder().decode(ciphertext));
            return blob.remaining() < HEADER_BYTES || blob.get() != FORMAT
                    ? ""
                    : new UUID(blob.getLong(), blob.getLong()).toString();
        } catch (IllegalArgumentException e) {
            // Not Base64: no key made it.
            return "";
        }
    }

    @Override
    public JsonNode call(String operation, JsonNode input) {
        return switch (operation) {
            case "Encrypt" -> {
                Key key = usable(input.path("KeyId").asText());
                yield described(key)
                        .set(
                                "CiphertextBlob",
                                Json.MAPPER.getNodeFactory().binaryNode(seal(key, binary(input, "Plaintext"), input)));
            }
            case "Decrypt" -> decrypt(input);
            case "GenerateDataKey" -> dataKey(input, true);
            case "GenerateDataKeyWithoutPlaintext" -> dataKey(input, false);
            case "DescribeKey" -> describe(key(input.path("KeyId").asText()));
            case "GetKeyRotationStatus" -> rotation(key(input.path("KeyId").asText()));
            case "EnableKey" -> enable(input, true);
            case "DisableKey" -> enable(input, false);
            case "ListKeys" -> {
                ObjectNode answer = Json.object().put("Truncated", false);
                ArrayNode list = answer.putArray("Keys");
                keys.values()
                        .forEach(key -> list.addObject()
                                .put("KeyId", key.resource.ref())
                                .put("KeyArn", key.resource.arn()));
                yield answer;
            }
            case "ListAliases" -> {
                ObjectNode answer = Json.object().put("Truncated", false);
                ArrayNode list = answer.putArray("Aliases");
                aliases.forEach((alias, target) -> list.addObject()
                        .put("AliasName", alias)
                        .put("AliasArn", Arn.of("kms", alias))
                        .put("TargetKeyId", key(target).resource.ref()));
                yield answer;
            }
            default -> throw Unknown.operation("kms", operation);
        };
    }

    private JsonNode enable(JsonNode input, boolean enabled) {
        key(input.path("KeyId").asText()).enabled = enabled;
        return Json.object();
    }

    /** By id, key ARN, alias name or alias ARN. */
    private Key key(String name) {
        String id = name.substring(name.lastIndexOf("key/") < 0 ? 0 : name.lastIndexOf("key/") + 4);
        int alias = name.indexOf("alias/");
        if (alias >= 0) {
            String target = aliases.get(name.substring(alias));
            if (target == null) throw new AwsError("NotFoundException", "Alias " + name + " is not found.");
            return key(target);
        }
        Key key = keys.get(id);
        if (key == null) throw new AwsError("NotFoundException", "Key '" + name + "' does not exist");
        return key;
    }

    private Key usable(String name) {
        Key key = key(name);
        if (!key.enabled) throw new AwsError("DisabledException", key.resource.arn() + " is disabled.");
        return key;
    }

    private ObjectNode described(Key key) {
        return Json.object().put("KeyId", key.resource.arn()).put("EncryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }

    private ObjectNode dataKey(JsonNode input, boolean plaintext) {
        Key key = usable(input.path("KeyId").asText());
        String spec = input.path("KeySpec").asText("");
        int length = switch (spec) {
            case "AES_256" -> 32;
            case "AES_128" -> 16;
            default -> input.path("NumberOfBytes").asInt();
        };
        if (length < 1 || length > 1024)
            throw new AwsError("ValidationException", "Please specify either number of bytes or key spec.");
        byte[] data = new byte[length];
        random.nextBytes(data);
        ObjectNode answer =
                Json.object().put("KeyId", key.resource.arn()).put("CiphertextBlob", seal(key, data, input));
        return plaintext ? answer.put("Plaintext", data) : answer;
    }

    private byte[] seal(Key key, byte[] plaintext, JsonNode input) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        UUID id = UUID.fromString(key.resource.ref());
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, input).doFinal(plaintext);
            return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                    .put(FORMAT)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not encrypt", e);
        }
    }

    private ObjectNode decrypt(JsonNode input) {
        ByteBuffer blob = ByteBuffer.wrap(binary(input, "CiphertextBlob"));
        if (blob.remaining() < HEADER_BYTES || blob.get() != FORMAT) throw invalid();
        Key key = keys.get(new UUID(blob.getLong(), blob.getLong()).toString());
        if (key == null) throw invalid();
        usable(key.resource.ref());
        String named = input.path("KeyId").asText("");
        if (!named.isEmpty() && key(named) != key)
            throw new AwsError(
                    "IncorrectKeyException",
                    "The key ID in the request does not identify a CMK that can perform this operation.");
        byte[] nonce = new byte[NONCE_BYTES];
        blob.get(nonce);
        byte[] sealed = new byte[blob.remaining()];
        blob.get(sealed);
        try {
            return described(key)
                    .put(
                            "Plaintext",
                            cipher(Cipher.DECRYPT_MODE, key, nonce, input).doFinal(sealed));
        } catch (AEADBadTagException e) {
            throw invalid();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not decrypt", e);
        }
    }

    /** As KMS: no word about whether the context or the bytes are wrong. */
    private static AwsError invalid() {
        return new AwsError("InvalidCiphertextException", "");
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, JsonNode input) throws GeneralSecurityException {
        Map<String, String> context = new TreeMap<>();
        input.path("EncryptionContext")
                .properties()
                .forEach(pair -> context.put(pair.getKey(), pair.getValue().asText()));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.material, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(Json.bytes(Json.MAPPER.valueToTree(context)));
        return cipher;
    }

    private static byte[] binary(JsonNode input, String name) {
        try {
            return Base64.getDecoder().decode(input.path(name).asText());
        } catch (IllegalArgumentException e) {
            throw new AwsError("SerializationException", name + " is not Base64");
        }
    }

    private ObjectNode describe(Key key) {
        ObjectNode answer = Json.object();
        ObjectNode metadata = answer.putObject("KeyMetadata")
                .put("AWSAccountId", Arn.ACCOUNT)
                .put("KeyId", key.resource.ref())
                .put("Arn", key.resource.arn())
                .put("CreationDate", time.instant().getEpochSecond())
                .put("Description", key.resource.text("Description", ""))
                .put("Enabled", key.enabled)
                .put("KeyState", key.enabled ? "Enabled" : "Disabled")
                .put("KeyUsage", "ENCRYPT_DECRYPT")
                .put("KeySpec", "SYMMETRIC_DEFAULT")
                .put("KeyManager", "CUSTOMER")
                .put("Origin", "AWS_KMS")
                .put("MultiRegion", false);
        metadata.putArray("EncryptionAlgorithms").add("SYMMETRIC_DEFAULT");
        return answer;
    }

    private static ObjectNode rotation(Key key) {
        boolean rotates = key.resource.at("EnableKeyRotation").asBoolean(false);
        ObjectNode answer = Json.object().put("KeyRotationEnabled", rotates).put("KeyId", key.resource.ref());
        return rotates ? answer.put("RotationPeriodInDays", 365) : answer;
    }
}
