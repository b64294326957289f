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
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class Client {
    static final Map<String, String> PATHS = Map.of("ready", "ready", "approve", "approve", "cancel", "cancel", "order", "order",
            "subscription", "subscription", "inactive", "manage/subscription/inactive", "status", "manage/subscription/status");
    static final Map<String, String> ENV = System.getenv();
    // Not HttpURLConnection: it sends a POST a second time by itself where the connection breaks. This one follows no redirect, either.
    static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Gives result, refusal or unknown, as JSON: then money may have moved, and `order` says. Nothing is sent twice. */
    static String call(String name, String params) throws InterruptedException {
        String base = ENV.getOrDefault("KAKAOPAY_BASE_URL", "https://open-api.kakaopay.com");
        long timeout = Long.parseLong(ENV.getOrDefault("KAKAOPAY_TIMEOUT_MS", "12000"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/online/v1/payment/" + PATHS.get(name)))
                .header("Authorization", "SECRET_KEY " + ENV.get("KAKAOPAY_SECRET_KEY"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(params, StandardCharsets.UTF_8)).build();
        HttpResponse<String> response;
        try {
            // The time-out of a request ends with its headers: this one is for the whole answer.
            response = HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                    .get(timeout, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException error) {
            // No connection or no time: whether KakaoPay carried the call out is not known.
            return unknown(error.getClass().getSimpleName());
        }
        String body = response.body();
        if (!isObject(body)) return unknown("HTTP " + response.statusCode() + " without JSON");
        if (response.statusCode() == 200) return isOther(params, body) ? unknown("another payment") : "\"result\":" + body;
        boolean isRefusal = response.statusCode() < 500 && body.contains("\"error_code\":");
        if (!isRefusal || DOUBTFUL.matcher(body).find()) return unknown("HTTP " + response.statusCode());
        return "\"refusal\":" + body;
    }

    /** Refusals after which money may have moved all the same. */
    static final Pattern DOUBTFUL = Pattern.compile("\"error_code\":(-702|-785)\\b|:\"(BANK_FIRM_UNKNOWN|USER_LOCKED)\"");

    /** Whether an answer is about something else than what was asked for. */
    static boolean isOther(String asked, String body) {
        return differ(asked, "tid", body, "tid") || differ(asked, "partner_order_id", body, "partner_order_id")
                || differ(asked, "total_amount", body, "amount\":{\"total")
                || differ(asked, "cancel_amount", body, "approved_cancel_amount\":{\"total");
    }

    static boolean differ(String asked, String name, String body, String path) {
        String wanted = field(asked, name), came = field(body, path);
        return wanted != null && came != null && !wanted.equals(came);
    }

    /** Of a key that comes twice the last value counts. */
    static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + Pattern.quote(name) + "\":(\"(?:[^\"\\\\]|\\\\.)*\"|\\d+)").matcher(json);
        String value = null;
        while (found.find()) value = found.group(1);
        return value;
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
            String report = PATHS.containsKey(asked.group(2)) ? call(asked.group(2), asked.group(3)) : "\"unsupported\":true";
            out.println("{\"id\":" + asked.group(1) + "," + report + "}");
        }
    }
}
