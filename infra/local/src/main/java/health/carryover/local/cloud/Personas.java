package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The personas of the local cloud, and their access tokens. */
public final class Personas {
    private final UserPools pools;
    private final Map<String, Persona> personas = new LinkedHashMap<>();

    Personas(UserPools pools) {
        this.pools = pools;
    }

    /**
     * Adds a persona, or replaces the one of this name.
     *
     * @throws AwsError when its pool is not in the template
     */
    public synchronized void add(Persona persona) {
        pools.pool(persona.pool());
        personas.put(persona.name(), persona);
    }

    public synchronized List<Persona> all() {
        return new ArrayList<>(personas.values());
    }

    /**
     * A fresh access token of one hour, or what the template says, of virtual time.
     *
     * @throws AwsError when there is no such persona
     */
    public String token(String name) {
        Persona persona;
        synchronized (this) {
            persona = personas.get(name);
        }
        if (persona == null)
            throw new AwsError(
                    404, "UnknownPersona", "there is no persona '" + name + "'; GET /_carryover/personas lists them");
        return pools.accessToken(persona.pool(), persona.sub(), persona.scopes());
    }

    static Persona read(JsonNode json) {
        for (String name : List.of("name", "pool", "sub"))
            if (!json.path(name).isTextual()) throw new AwsError("ValidationException", "a persona has a " + name);
        List<String> scopes = new ArrayList<>();
        for (JsonNode scope : json.path("scopes")) scopes.add(scope.asText());
        return new Persona(
                json.path("name").asText(),
                json.path("pool").asText(),
                json.path("sub").asText(),
                scopes,
                json.path("description").asText(""));
    }

    ArrayNode json() {
        ArrayNode list = Json.array();
        for (Persona persona : all()) {
            ObjectNode one = list.addObject()
                    .put("name", persona.name())
                    .put("pool", persona.pool())
                    .put("sub", persona.sub())
                    .put("description", persona.description());
            persona.scopes().forEach(one.putArray("scopes")::add);
        }
        return list;
    }
}
