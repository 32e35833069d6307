package dev.dopi.catalog.gradualdeployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * As much of Cloudflare's API as wrangler and the script ask for while versions of one Worker are rolled out.
 *
 * <p>The shapes are those that wrangler reads. What it does not show is what Cloudflare itself would refuse.
 */
final class CloudflareApi implements AutoCloseable {

    /** What analytics say of one version: how many requests, how many failed, the 95th percentile in microseconds. */
    record Figures(int requests, int errors, int wallTime, int objects) {
        static final Figures NONE = new Figures(0, 0, 0, 0);
        static final Figures GOOD = new Figures(1200, 6, 40_000, 90);

        static final Figures FAILING = new Figures(1200, 240, 41_000, 90);
        static final Figures SLOW = new Figures(1200, 6, 200_000, 90);
        static final Figures MANY_OBJECTS = new Figures(1200, 6, 40_000, 900);
    }

    static final String OLD = "0a000000-0000-4000-8000-000000000001";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT = "/client/v4/accounts/acct/workers";

    private final HttpServer server;
    private final List<String> deployments = new CopyOnWriteArrayList<>();
    private final List<String> unknown = new CopyOnWriteArrayList<>();
    private int uploads;
    private ObjectNode deployed = split(OLD + "@100");
    private Instant uploaded = Instant.MAX;

    /** The last migration that was deployed. */
    volatile String migration = "v1";
    /** The tag of every version there is. */
    volatile String tag = "";
    /** Answers for a version since the rollout began. */
    volatile Function<String, Figures> now = _ -> Figures.GOOD;
    /** Is told of each deployment before it is answered. */
    volatile Consumer<String> onDeployment = _ -> {};

    CloudflareApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:%d/client/v4".formatted(server.getAddress().getPort());
    }

    /** Returns each deployment that was made, as {@code VERSION@SHARE VERSION@SHARE} in the order sent. */
    List<String> deployments() {
        return List.copyOf(deployments);
    }

    /** Returns the requests that this does not know. */
    List<String> unknown() {
        return List.copyOf(unknown);
    }

    synchronized int uploads() {
        return uploads;
    }

    /** Returns the id of the version that was uploaded as the {@code number}th. */
    static String version(int number) {
        return "0b000000-0000-4000-8000-%012d".formatted(number);
    }

    /** Deploys something that no rollout asked for. */
    synchronized void deploy(String... shares) {
        deployed = split(shares);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        Optional<JsonNode> answer = request.endsWith("/graphql") ? Optional.of(analytics(body)) : answer(request, body);
        if (answer.isEmpty()) {
            unknown.add(request);
        }
        byte[] bytes = JSON.writeValueAsBytes(answer.map(each -> request.endsWith("/graphql") ? each : enveloped(each))
                .orElseGet(CloudflareApi::notFound));
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static JsonNode enveloped(JsonNode result) {
        ObjectNode whole = JSON.createObjectNode().put("success", true);
        whole.putArray("errors");
        whole.putArray("messages");
        whole.set("result", result);
        return whole;
    }

    private static JsonNode notFound() {
        ObjectNode whole = JSON.createObjectNode().put("success", false);
        whole.putArray("errors").addObject().put("code", 10007).put("message", "not known to the stub");
        whole.putArray("messages");
        return whole;
    }

    private Optional<JsonNode> answer(String request, String body) throws IOException {
        String worker = ACCOUNT + "/scripts/jsonc";
        if (request.startsWith("GET " + worker + "/versions/")) {
            return Optional.of(version(request.substring(request.lastIndexOf('/') + 1)));
        }
        return switch (request.replace(worker, "WORKER").replace(ACCOUNT, "ACCOUNT")) {
            case "GET ACCOUNT/services/jsonc" -> Optional.of(service());
            case "GET WORKER/secrets" -> Optional.of(JSON.createArrayNode());
            case "GET WORKER/settings" -> Optional.of(JSON.readTree("{ \"bindings\": [], \"tags\": [] }"));
            case "GET WORKER/subdomain" ->
                Optional.of(JSON.readTree("{ \"enabled\": true, \"previews_enabled\": false }"));
            case "GET ACCOUNT/subdomain" -> Optional.of(JSON.readTree("{ \"subdomain\": \"acct\" }"));
            case "GET WORKER/deployments" -> Optional.of(deployment());
            case "POST WORKER/versions" -> Optional.of(upload());
            case "POST WORKER/deployments" -> Optional.of(deploy(JSON.readTree(body)));
            default -> Optional.empty();
        };
    }

    private JsonNode service() throws IOException {
        return JSON.readTree("""
                { "id": "jsonc", "default_environment": { "environment": "production",
                  "script": { "id": "jsonc", "tag": "t", "migration_tag": "%s", "last_deployed_from": "wrangler" } } }
                """.formatted(migration));
    }

    private synchronized JsonNode upload() {
        uploads++;
        uploaded = uploads == 1 ? Instant.now() : uploaded;
        ObjectNode version = version(version(uploads));
        version.put("startup_time_ms", 3);
        return version;
    }

    private ObjectNode version(String id) {
        ObjectNode version = JSON.createObjectNode().put("id", id).put("number", 2);
        version.putObject("metadata")
                .put("created_on", "2026-11-20T10:00:00Z")
                .put("source", "wrangler")
                .put("author_email", "someone@example.com")
                .put("has_preview", false);
        version.putObject("annotations").put("workers/tag", tag);
        ObjectNode resources = version.putObject("resources");
        resources.putArray("bindings");
        resources.putObject("script").put("etag", "e").putArray("handlers").add("fetch");
        resources.putObject("script_runtime").put("usage_model", "standard");
        return version;
    }

    private synchronized JsonNode deployment() {
        ObjectNode list = JSON.createObjectNode();
        list.putArray("deployments").add(deployed);
        return list;
    }

    private JsonNode deploy(JsonNode asked) {
        var shares = new ArrayList<String>();
        asked.path("versions")
                .forEach(each -> shares.add(each.path("version_id").asText() + "@"
                        + each.path("percentage").asText()));
        synchronized (this) {
            deployed = split(shares.toArray(String[]::new));
        }
        deployments.add(String.join(" ", shares));
        onDeployment.accept(String.join(" ", shares));
        return JSON.createObjectNode().put("id", "d" + deployments.size());
    }

    private static ObjectNode split(String... shares) {
        ObjectNode deployment = JSON.createObjectNode()
                .put("id", "d0")
                .put("source", "wrangler")
                .put("strategy", "percentage")
                .put("author_email", "someone@example.com")
                .put("created_on", "2026-11-20T10:00:00Z");
        deployment.putObject("annotations");
        ArrayNode versions = deployment.putArray("versions");
        for (String share : shares) {
            versions.addObject()
                    .put("version_id", share.substring(0, share.indexOf('@')))
                    .put("percentage", Double.parseDouble(share.substring(share.indexOf('@') + 1)));
        }
        return deployment;
    }

    private synchronized JsonNode analytics(String body) throws IOException {
        JsonNode asked = JSON.readTree(body);
        boolean before = Instant.parse(asked.at("/variables/from").asText()).isBefore(uploaded);
        boolean objects = asked.path("query").asText().contains("durableObjectsInvocationsAdaptiveGroups");
        ArrayNode rows = JSON.createArrayNode();
        if (before) {
            add(rows, OLD, Figures.GOOD, objects);
        } else {
            deployed.path("versions").forEach(each -> {
                String version = each.path("version_id").asText();
                add(rows, version, now.apply(version), objects);
            });
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("data")
                .putObject("viewer")
                .putArray("accounts")
                .addObject()
                .set(objects ? "durableObjectsInvocationsAdaptiveGroups" : "workersInvocationsAdaptive", rows);
        return answer;
    }

    private static void add(ArrayNode rows, String version, Figures figures, boolean objects) {
        int count = objects ? figures.objects() : figures.requests() > 0 ? 1 : 0;
        for (int i = 0; i < count; i++) {
            rows.add(objects ? object(version, i) : calls(version, figures));
        }
    }

    private static ObjectNode calls(String version, Figures figures) {
        ObjectNode row = JSON.createObjectNode();
        row.putObject("dimensions").put("scriptVersion", version);
        row.putObject("sum").put("requests", figures.requests()).put("errors", figures.errors());
        row.putObject("quantiles").put("wallTimeP95", figures.wallTime());
        return row;
    }

    private static ObjectNode object(String version, int number) {
        ObjectNode row = JSON.createObjectNode();
        row.putObject("dimensions").put("scriptVersion", version).put("objectId", version + number);
        row.putObject("sum").put("requests", 10).put("errors", 0);
        return row;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
