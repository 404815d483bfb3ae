package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import health.carryover.local.template.Resource;
import health.carryover.local.template.Template;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The template's user pools: an issuer in Cognito's shapes, and its administration as far as the application uses it. */
final class UserPools implements JsonService {
    /** A user pool with its signing key and users. */
    static final class Pool {
        final Resource resource;
        final RSAKey key;
        final Map<String, ObjectNode> users = new LinkedHashMap<>();

        Pool(Resource resource) {
            this.resource = resource;
            try {
                key = new RSAKeyGenerator(2048)
                        .keyUse(KeyUse.SIGNATURE)
                        .keyID(resource.id() + "-1")
                        .generate();
            } catch (JOSEException e) {
                throw new IllegalStateException("this JDK makes no RSA keys", e);
            }
        }

        String issuer() {
            return "https://" + resource.attributes().get("ProviderName");
        }
    }

    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final List<Resource> clients;
    private final InstantSource time;
    private final Ids ids;

    UserPools(Template template, InstantSource time, Ids ids) {
        for (Resource pool : template.ofType("AWS::Cognito::UserPool")) pools.put(pool.id(), new Pool(pool));
        clients = template.ofType("AWS::Cognito::UserPoolClient");
        this.time = time;
        this.ids = ids;
    }

    /** By logical id, pool id or ARN. */
    Pool pool(String name) {
        return pools.values().stream()
                .filter(pool -> List.of(pool.resource.id(), pool.resource.ref(), pool.resource.arn())
                        .contains(name))
                .findFirst()
                .orElseThrow(() -> new AwsError("ResourceNotFoundException", "User pool " + name + " does not exist."));
    }

    String jwks(String pool) {
        return new JWKSet(pool(pool).key).toString(true);
    }

    private List<Resource> clients(Pool pool) {
        return clients.stream()
                .filter(client -> pool.resource.ref().equals(client.text("UserPoolId")))
                .toList();
    }

    String accessToken(String poolName, String sub, List<String> scopes) {
        Pool pool = pool(poolName);
        Resource client = clients(pool).stream()
                .filter(one -> allows(one, scopes))
                .findFirst()
                .orElseThrow(() -> new AwsError(
                        "ResourceNotFoundException",
                        "User pool " + poolName + " has no client that may ask for " + scopes));
        Instant now = time.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(sub)
                .issuer(pool.issuer())
                .claim("version", 2)
                .claim("client_id", client.ref())
                .claim("origin_jti", ids.uuid())
                .claim("token_use", "access")
                .claim("scope", String.join(" ", scopes))
                .claim("auth_time", now.getEpochSecond())
                .expirationTime(Date.from(now.plus(life(client))))
                .issueTime(Date.from(now))
                .jwtID(ids.uuid())
                .claim("username", sub)
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(pool.key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(pool.key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the token could not be signed", e);
        }
        return token.serialize();
    }

    private static boolean allows(Resource client, List<String> scopes) {
        List<String> allowed = new ArrayList<>();
        for (JsonNode scope : client.at("AllowedOAuthScopes")) allowed.add(scope.asText());
        return allowed.containsAll(scopes);
    }

    private static Duration life(Resource client) {
        long validity = client.at("AccessTokenValidity").asLong(0);
        if (validity == 0) return Duration.ofHours(1);
        return switch (client.at("TokenValidityUnits", "AccessToken").asText("hours")) {
            case "seconds" -> Duration.ofSeconds(validity);
            case "minutes" -> Duration.ofMinutes(validity);
            case "days" -> Duration.ofDays(validity);
            default -> Duration.ofHours(validity);
        };
    }

    /**
     * The claims of an access token, if one of these pools issued it and it holds now.
     *
     * @param poolArns the authoriser's user pools
     */
    Optional<JWTClaimsSet> verified(String token, Collection<String> poolArns) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            for (String arn : poolArns) {
                Pool pool = pool(arn);
                if (pool.issuer().equals(claims.getIssuer()) && signedBy(pool, jwt) && holds(pool, claims))
                    return Optional.of(claims);
            }
            return Optional.empty();
        } catch (ParseException | JOSEException e) {
            // Not a token at all, or one whose signature cannot be checked: the same answer as a forged one.
            return Optional.empty();
        }
    }

    private static boolean signedBy(Pool pool, SignedJWT jwt) throws JOSEException {
        return JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())
                && pool.key.getKeyID().equals(jwt.getHeader().getKeyID())
                && jwt.verify(new RSASSAVerifier(pool.key.toRSAPublicKey()));
    }

    private boolean holds(Pool pool, JWTClaimsSet claims) throws ParseException {
        Date expires = claims.getExpirationTime();
        String client = claims.getStringClaim("client_id");
        return expires != null
                && time.instant().isBefore(expires.toInstant())
                && "access".equals(claims.getStringClaim("token_use"))
                && clients(pool).stream().anyMatch(one -> one.ref().equals(client));
    }

    @Override
    public synchronized JsonNode call(String operation, JsonNode input) {
        return switch (operation) {
            case "AdminCreateUser" -> {
                ObjectNode answer = Json.object();
                answer.set("User", create(pool(input.path("UserPoolId").asText()), input));
                yield answer;
            }
            case "ListUsers" -> {
                ObjectNode answer = Json.object();
                ArrayNode users = answer.putArray("Users");
                pool(input.path("UserPoolId").asText()).users.values().forEach(users::add);
                yield answer;
            }
            case "ListUserPools" -> {
                ObjectNode answer = Json.object();
                ArrayNode list = answer.putArray("UserPools");
                for (Pool pool : pools.values())
                    list.addObject().put("Id", pool.resource.ref()).put("Name", pool.resource.name());
                yield answer;
            }
            default -> throw Unknown.operation("cognito-idp", operation);
        };
    }

    private ObjectNode create(Pool pool, JsonNode input) {
        String username = input.path("Username").asText();
        if (username.isEmpty()) throw new AwsError("InvalidParameterException", "Username is required");
        if (pool.users.containsKey(username))
            throw new AwsError("UsernameExistsException", "User account already exists");
        ObjectNode user = Json.object().put("Username", username);
        ArrayNode attributes = user.putArray("Attributes");
        attributes.addObject().put("Name", "sub").put("Value", ids.uuid());
        input.path("UserAttributes").forEach(attributes::add);
        user.put("UserCreateDate", time.instant().getEpochSecond())
                .put("UserLastModifiedDate", time.instant().getEpochSecond())
                .put("Enabled", true)
                .put("UserStatus", "FORCE_CHANGE_PASSWORD");
        pool.users.put(username, user);
        return user;
    }
}
