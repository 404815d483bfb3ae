package health.carryover.platform.identity;

import health.carryover.platform.environment.Environment;
import health.carryover.platform.identity.Identities.Pool;
import java.util.UUID;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.MessageActionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserType;

/** Accounts in the two user pools. A username is a UUID: the pool never learns who it is. */
public final class Accounts {
    /** @param subject the token's {@code sub} */
    public record Account(String username, String subject) {}

    private final CognitoIdentityProviderClient cognito;
    private final Environment environment;

    public Accounts(Environment environment) {
        this.environment = environment;
        cognito = environment.client(CognitoIdentityProviderClient.builder());
    }

    /** A new account without a password; how the person first signs in is the pool's matter. */
    public Account create(Pool pool) {
        String username = UUID.randomUUID().toString();
        UserType user = cognito.adminCreateUser(create -> create.userPoolId(
                                environment.variable(pool == Pool.PATIENTS ? "PATIENT_POOL" : "WORKFORCE_POOL"))
                        .username(username)
                        .messageAction(MessageActionType.SUPPRESS))
                .user();
        String subject = user.attributes().stream()
                .filter(attribute -> attribute.name().equals("sub"))
                .map(AttributeType::value)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the user pool gave an account without sub"));
        return new Account(username, subject);
    }
}
