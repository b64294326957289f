import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads no more of an answer than the test needs. HttpURLConnection sends a POST again by itself where the connection breaks. */
class Resending {
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Pattern form = Pattern.compile("\\{\"id\":(\\d+),\"call\":\"(\\w+)\",\"params\":(.*)\\}");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher asked = form.matcher(line);
            asked.matches();
            HttpURLConnection c = (HttpURLConnection) new URL(System.getenv("KAKAOPAY_BASE_URL") + "/online/v1/payment/" + asked.group(2)).openConnection();
            c.setRequestMethod("POST");
            c.setDoOutput(true);
            c.setRequestProperty("Authorization", "SECRET_KEY " + System.getenv("KAKAOPAY_SECRET_KEY"));
            c.setRequestProperty("Content-Type", "application/json");
            String report;
            try {
                c.getOutputStream().write(asked.group(3).getBytes(StandardCharsets.UTF_8));
                report = "\"result\":" + new String(c.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException error) {
                report = "\"unknown\":{}";
            }
            out.println("{\"id\":" + asked.group(1) + "," + report + "}");
        }
    }
}
