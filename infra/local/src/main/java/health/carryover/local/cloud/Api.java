package health.carryover.local.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import health.carryover.local.access.Call;
import health.carryover.local.cloud.ApiDocument.Access;
import health.carryover.local.cloud.ApiDocument.Integration;
import health.carryover.local.cloud.ApiDocument.Route;
import health.carryover.local.cloud.GatewayResponses.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** API Gateway's REST API: lets in, checks, calls the function, answers what it said. */
final class Api implements Service {
    private static final Logger log = LoggerFactory.getLogger(Api.class);
    private static final Caller GATEWAY = Caller.service("apigateway.amazonaws.com");
    private static final int BODY_LIMIT = 10 * 1024 * 1024;
    private static final DateTimeFormatter CLAIM_DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter REQUEST_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final String id;
    private final String stage;
    private final ApiDocument document;
    private final GatewayResponses refusals;
    private final UserPools pools;
    private final Invocation.Lambda lambda;
    private final Checkpoint checkpoint;
    private final InstantSource time;
    private final Ids ids;

    Api(
            String id,
            String stage,
            ApiDocument document,
            UserPools pools,
            Invocation.Lambda lambda,
            Checkpoint checkpoint,
            InstantSource time,
            Ids ids) {
        this.id = id;
        this.stage = stage;
        this.document = document;
        refusals = new GatewayResponses(document.gatewayResponses());
        this.pools = pools;
        this.lambda = lambda;
        this.checkpoint = checkpoint;
        this.time = time;
        this.ids = ids;
    }

    @Override
    public Optional<Asked> asked(Ask ask) {
        return Optional.empty();
    }

    @Override
    public Reply answer(Ask ask) {
        String requestId = ids.uuid();
        for (Route route : document.routes()) {
            Matcher path = route.path().matcher(ask.path());
            if (route.method().equals(ask.method()) && path.matches()) return answer(ask, route, path, requestId);
        }
        return refusals.reply(Kind.MISSING_AUTHENTICATION_TOKEN, requestId, "Missing Authentication Token");
    }

    private Reply answer(Ask ask, Route route, Matcher path, String requestId) {
        JWTClaimsSet claims = null;
        Access access = route.access();
        if (access != null) {
            Optional<JWTClaimsSet> verified = Optional.ofNullable(ask.header("Authorization"))
                    .flatMap(header -> pools.verified(header.replaceFirst("^Bearer +", ""), access.pools()));
            if (verified.isEmpty()) return refusals.reply(Kind.UNAUTHORIZED, requestId, "Unauthorized");
            claims = verified.get();
            List<String> scopes =
                    List.of(String.valueOf(claims.getClaim("scope")).split(" ", -1));
            if (!access.scopes().isEmpty() && access.scopes().stream().noneMatch(scopes::contains))
                return refusals.reply(Kind.ACCESS_DENIED, requestId, "The token has none of the scopes");
        }
        if (ask.body().length > BODY_LIMIT)
            return refusals.reply(Kind.REQUEST_TOO_LARGE, requestId, "Request Too Long");
        Fields query = ask.parameters();
        boolean complete = route.requiredHeaders().stream().allMatch(name -> ask.header(name) != null)
                && route.requiredQuery().stream().allMatch(name -> query.getValue(name) != null);
        if (!complete)
            return refusals.reply(Kind.BAD_REQUEST_PARAMETERS, requestId, "Missing required request parameters");
        return switch (route.integration()) {
            case Integration.Mock mock -> {
                Reply reply = Reply.empty(mock.status());
                for (Map.Entry<String, String> header : mock.headers().entrySet())
                    reply = reply.with(header.getKey(), header.getValue());
                yield reply;
            }
            case Integration.Function function ->
                invoke(route, function.arn(), event(ask, route, path, claims, requestId), requestId);
        };
    }

    private Reply invoke(Route route, String function, ObjectNode event, String requestId) {
        String source = Arn.of(
                "execute-api",
                id + "/" + stage + "/" + route.method() + route.resource().replaceAll("\\{[^}]*}", "*"));
        Call call = checkpoint.call("lambda", "Invoke", Json.object().put("FunctionName", function), source);
        Invocation invocation;
        try {
            invocation = checkpoint.pass(GATEWAY, call, requestId, () -> lambda.invoke(function, event));
        } catch (AwsError e) {
            log.atError()
                    .addKeyValue("function", function)
                    .addKeyValue("code", e.code())
                    .log("the API could not invoke the function: {}", e.getMessage());
            return refusals.reply(Kind.API_CONFIGURATION_ERROR, requestId, "Internal server error");
        }
        if (invocation instanceof Invocation.Answered answered
                && answered.payload().path("statusCode").isInt())
            return reply(answered.payload()).with("x-amzn-RequestId", requestId);
        log.atError()
                .addKeyValue("function", function)
                .addKeyValue(
                        "errorType",
                        invocation instanceof Invocation.Failed failed ? failed.errorType() : "no statusCode")
                .log("the function gave the API no answer");
        return refusals.reply(Kind.API_CONFIGURATION_ERROR, requestId, "Internal server error");
    }

    private static Reply reply(JsonNode answer) {
        String text = answer.path("body").asText("");
        byte[] body = answer.path("isBase64Encoded").asBoolean()
                ? Base64.getDecoder().decode(text)
                : text.getBytes(StandardCharsets.UTF_8);
        Reply reply = new Reply(answer.path("statusCode").asInt(), Map.of("Content-Type", "application/json"), body);
        for (Map.Entry<String, JsonNode> header : answer.path("headers").properties())
            reply = reply.with(name(header.getKey()), header.getValue().asText());
        for (Map.Entry<String, JsonNode> header :
                answer.path("multiValueHeaders").properties())
            for (JsonNode value : header.getValue()) reply = reply.with(name(header.getKey()), value.asText());
        return reply;
    }

    private static String name(String header) {
        return header.equalsIgnoreCase("Content-Type") ? "Content-Type" : header;
    }

    private ObjectNode event(Ask ask, Route route, Matcher path, @Nullable JWTClaimsSet claims, String requestId) {
        ObjectNode event = Json.object()
                .put("resource", route.resource())
                .put("path", ask.path())
                .put("httpMethod", ask.method());
        ObjectNode headers = event.putObject("headers");
        ObjectNode allHeaders = event.putObject("multiValueHeaders");
        for (HttpField field : ask.headers()) {
            headers.put(field.getName(), field.getValue());
            allHeaders.withArray(field.getName()).add(field.getValue());
        }
        Fields parameters = ask.parameters();
        ObjectNode query = parameters.isEmpty() ? null : Json.object();
        ObjectNode allQuery = parameters.isEmpty() ? null : Json.object();
        for (Fields.Field field : parameters)
            for (String value : field.getValues()) {
                if (query != null) query.put(field.getName(), value);
                if (allQuery != null) allQuery.withArray(field.getName()).add(value);
            }
        event.set("queryStringParameters", query);
        event.set("multiValueQueryStringParameters", allQuery);
        ObjectNode variables = route.variables().isEmpty() ? null : Json.object();
        for (int i = 0; i < route.variables().size() && variables != null; i++)
            variables.put(
                    route.variables().get(i),
                    URLDecoder.decode(path.group(i + 1).replace("+", "%2B"), StandardCharsets.UTF_8));
        event.set("pathParameters", variables);
        event.putNull("stageVariables");
        event.set("requestContext", context(ask, route, claims, requestId));
        boolean binary = binary(ask.header("Content-Type"));
        if (ask.body().length == 0) event.putNull("body");
        else event.put("body", binary ? Base64.getEncoder().encodeToString(ask.body()) : ask.text());
        return event.put("isBase64Encoded", binary && ask.body().length > 0);
    }

    private boolean binary(@Nullable String contentType) {
        if (contentType == null) return false;
        String type = contentType.replaceFirst(";.*", "").strip();
        return document.binaryTypes().stream()
                .anyMatch(one -> one.equals("*/*")
                        || one.equals(type)
                        || (one.endsWith("/*") && type.startsWith(one.substring(0, one.length() - 1))));
    }

    private ObjectNode context(Ask ask, Route route, @Nullable JWTClaimsSet claims, String requestId) {
        Instant now = time.instant();
        ObjectNode context = Json.object()
                .put("resourcePath", route.resource())
                .put("httpMethod", ask.method())
                .put("path", "/" + stage + ask.path())
                .put("accountId", Arn.ACCOUNT)
                .put("apiId", id)
                .put("protocol", "HTTP/1.1")
                .put("stage", stage)
                .put("requestId", requestId)
                .put("extendedRequestId", requestId)
                .put("requestTime", REQUEST_TIME.format(now))
                .put("requestTimeEpoch", now.toEpochMilli());
        ObjectNode identity = context.putObject("identity").put("sourceIp", "127.0.0.1");
        identity.put("userAgent", ask.header("User-Agent"));
        if (claims != null) {
            ObjectNode told = context.putObject("authorizer").putObject("claims");
            // API Gateway gives every claim as text, dates in words.
            claims.getClaims()
                    .forEach((name, value) -> told.put(
                            name,
                            value instanceof Date date ? CLAIM_DATE.format(date.toInstant()) : String.valueOf(value)));
        }
        return context;
    }
}
