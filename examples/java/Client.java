// A KakaoPay client for Java 17 in one screen, with the JDK alone: `java Client.java`. `call` is the client; `main` lets the kit speak to it.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class Client {
    static final Set<String> CALLS = Set.of("ready", "approve", "cancel", "order");
    static final Map<String, String> ENV = System.getenv();
    // Not HttpURLConnection: it sends a POST a second time by itself where the connection breaks.
    static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Gives result, refusal or unknown, as JSON: then money may have moved, and `order` tells. Nothing is sent twice. */
    static String call(String name, String params) throws InterruptedException {
        String base = ENV.getOrDefault("KAKAOPAY_BASE_URL", "https://open-api.kakaopay.com");
        long timeout = Long.parseLong(ENV.getOrDefault("KAKAOPAY_TIMEOUT_MS", "12000"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/online/v1/payment/" + name))
                .header("Authorization", "SECRET_KEY " + ENV.get("KAKAOPAY_SECRET_KEY"))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMillis(timeout))
                .POST(HttpRequest.BodyPublishers.ofString(params, StandardCharsets.UTF_8)).build();
        HttpResponse<String> response;
        try {
            response = HTTP.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException error) {
            // No connection or no time: whether KakaoPay carried the call out is not known.
            return unknown(error.getClass().getSimpleName());
        }
        String body = response.body();
        if (!isObject(body)) return unknown("HTTP " + response.statusCode() + " without JSON");
        if (response.statusCode() == 200) return "\"result\":" + body;
        if (response.statusCode() >= 500 || !body.contains("\"error_code\":")) return unknown("HTTP " + response.statusCode());
        return "\"refusal\":" + body;
    }

    /** The JDK has no JSON: that every brace and bracket is closed tells a whole object from half of one. */
    static boolean isObject(String text) {
        String bare = text.strip().replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "0");
        int depth = 0;
        for (char c : bare.toCharArray()) depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        return bare.startsWith("{") && bare.endsWith("}") && depth == 0;
    }

    static String unknown(String reason) {
        return "\"unknown\":{\"reason\":\"" + reason + "\"}";
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Pattern form = Pattern.compile("\\{\"id\":(\\d+),\"call\":\"(\\w+)\",\"params\":(.*)\\}");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher asked = form.matcher(line);
            if (!asked.matches()) throw new IOException("not asked in the protocol's form: " + line);
            String told = CALLS.contains(asked.group(2)) ? call(asked.group(2), asked.group(3)) : "\"unsupported\":true";
            out.println("{\"id\":" + asked.group(1) + "," + told + "}");
        }
    }
}
