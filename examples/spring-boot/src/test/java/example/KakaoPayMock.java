package example;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit 5 extension for kakaopay-mock, with the JDK alone. Copy this file into your tests and write {@code @ExtendWith(KakaoPayMock.class)}.
 *
 * <p>It uses the mock at KAKAOPAY_MOCK_URL or, where that is not set, starts the image KAKAOPAY_MOCK_IMAGE (kakaopay-mock) with Docker, once for
 * all tests. A test takes a parameter of type {@link KakaoPayMock.Merchant}: a secret key, and so a namespace, of its own. A fault that was armed
 * and never fired fails its test.
 *
 * <p>The system property {@code kakaopay-mock.url} is set before Spring starts, {@code kakaopay-mock.secret-key} before each test.
 */
public class KakaoPayMock implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(KakaoPayMock.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty("kakaopay-mock.url", server(context).url);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        System.setProperty("kakaopay-mock.secret-key", merchant(context).secretKey);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        merchant(context).failWhereAFaultNeverFired();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Merchant.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return merchant(context);
    }

    private static Merchant merchant(ExtensionContext context) {
        return context.getStore(STORE).getOrComputeIfAbsent(context.getUniqueId(), id -> new Merchant(
                server(context).url, "DEV_JUNIT_" + UUID.randomUUID().toString().replace("-", "").toUpperCase()), Merchant.class);
    }

    /** One for all test classes: JUnit closes what is in the root's store at the end of the run. */
    private static Server server(ExtensionContext context) {
        return context.getRoot().getStore(STORE).getOrComputeIfAbsent("server", key -> Server.open(), Server.class);
    }

    /** The mock as the merchant with one secret key sees it. */
    public static final class Merchant {
        /** The base URL of your client. */
        public final String url;
        public final String secretKey;

        Merchant(String url, String secretKey) {
            this.url = url;
            this.secretKey = secretKey;
        }

        /** The same mock as another merchant sees it: for an application whose key is fixed. */
        public Merchant as(String otherKey) {
            return new Merchant(url, otherKey);
        }

        /** The payer approves on the page: gives the URL that the browser is sent to, which ends in pg_token. */
        public URI pay(String tid) throws IOException, InterruptedException {
            String body = "{\"action\":\"approve\"}";
            return URI.create(read(post("/_mock/payments/" + tid + "/payer", body), "\"redirect_url\":\"([^\"]*)\""));
        }

        /** The pg_token in the URL that {@link #pay} gives. */
        public static String pgToken(URI redirect) {
            return redirect.getQuery().replaceFirst("(?:.*&)?pg_token=([^&]*).*", "$1");
        }

        /** Arms a fault for the next call of this name: {@code arm("approve", "commit-then-drop")}. */
        public void arm(String call, String fault) throws IOException, InterruptedException {
            arm("{\"match\":{\"call\":\"" + call + "\"},\"do\":{\"fault\":\"" + fault + "\"}}");
        }

        /** Arms a fault rule, as docs/injecting-failures.md describes it. */
        public void arm(String rule) throws IOException, InterruptedException {
            post("/_mock/faults", rule);
        }

        /** Moves this merchant's clock: gives the JSON that lists the payments that expired. */
        public String advance(Duration by) throws IOException, InterruptedException {
            return post("/_mock/clock/advance", "{\"by\":\"" + by.toMillis() + "ms\"}");
        }

        /** How many calls of this name the merchant has sent. */
        public int count(String call) throws IOException, InterruptedException {
            return Integer.parseInt(read(get("/_mock/journal/count?call=" + call), "\"count\":(\\d+)"));
        }

        /** How many payments the merchant's records may be wrong about: charged, and the answer never arrived or was never looked up. */
        public int unsettled() throws IOException, InterruptedException {
            return Integer.parseInt(read(get("/_mock/audit"), "\"unsettled\":(\\d+)"));
        }

        void failWhereAFaultNeverFired() throws IOException, InterruptedException {
            String rules = get("/_mock/faults?unfired=true");
            if (rules.contains("\"id\"")) throw new AssertionError("faults that never fired: " + rules);
        }

        private String get(String path) throws IOException, InterruptedException {
            return send("GET", path, "");
        }

        private String post(String path, String json) throws IOException, InterruptedException {
            return send("POST", path, json);
        }

        private String send(String method, String path, String json) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).method(method, BodyPublishers.ofString(json))
                    .header("Content-Type", "application/json")
                    .header("X-Kakaopay-Mock-Namespace", secretKey)
                    .timeout(Duration.ofSeconds(10)).build();
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() / 100 == 2) return response.body();
            throw new IOException(path + ": HTTP " + response.statusCode() + " " + response.body());
        }

        /** The JDK has no JSON. The control API's answers have each of these fields once. */
        private static String read(String json, String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(json);
            if (!matcher.find()) throw new IllegalStateException("no " + pattern + " in " + json);
            return matcher.group(1);
        }
    }

    /** The mock that runs: at a given URL, or in a container that is removed at the end. */
    private static final class Server implements ExtensionContext.Store.CloseableResource {
        final String url;
        private final String container;

        private Server(String url, String container) {
            this.url = url;
            this.container = container;
        }

        static Server open() {
            String given = System.getenv("KAKAOPAY_MOCK_URL");
            if (given != null && !given.isEmpty()) return new Server(given.replaceFirst("/+$", ""), null);
            try {
                return start(System.getenv().getOrDefault("KAKAOPAY_MOCK_IMAGE", "kakaopay-mock"));
            } catch (IOException | InterruptedException error) {
                throw new IllegalStateException("Set KAKAOPAY_MOCK_URL, or let Docker start the image: " + error.getMessage(), error);
            }
        }

        /** The port is chosen first, since the redirect URLs of the mock name it. */
        private static Server start(String image) throws IOException, InterruptedException {
            ServerSocket free = new ServerSocket(0);
            int port = free.getLocalPort();
            free.close();
            String url = "http://127.0.0.1:" + port;
            String id = docker("run", "--detach", "--rm", "--publish", "127.0.0.1:" + port + ":8585",
                    "--env", "KAKAOPAY_MOCK_PUBLIC_URL=" + url, image);
            Server server = new Server(url, id);
            try {
                server.awaitHealthy();
                return server;
            } catch (IOException | InterruptedException error) {
                server.close();
                throw error;
            }
        }

        private void awaitHealthy() throws IOException, InterruptedException {
            HttpRequest health = HttpRequest.newBuilder(URI.create(url + "/_mock/health")).timeout(Duration.ofSeconds(2)).build();
            for (long end = System.nanoTime() + START_TIMEOUT.toNanos(); System.nanoTime() < end; Thread.sleep(100)) {
                try {
                    if (HTTP.send(health, BodyHandlers.discarding()).statusCode() == 200) return;
                } catch (IOException notYet) {
                    // Its port is not open yet.
                }
            }
            throw new IOException(url + "/_mock/health is not healthy after " + START_TIMEOUT);
        }

        private static String docker(String... args) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of("docker"));
            command.addAll(List.of(args));
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + ": " + output);
            return output.substring(output.lastIndexOf('\n') + 1);
        }

        @Override
        public void close() throws IOException, InterruptedException {
            if (container != null) docker("stop", container);
        }
    }
}
