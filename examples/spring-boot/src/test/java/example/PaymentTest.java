package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Replace {@code call} with your own client: its base URL is {@code kakaopay.url}, its secret key {@code kakaopay.secretKey}. */
@ExtendWith(KakaoPayMock.class)
class PaymentTest {
    private KakaoPayMock.Merchant kakaopay;

    @BeforeEach
    void merchant(KakaoPayMock.Merchant kakaopay) {
        this.kakaopay = kakaopay;
    }

    @Test
    void aPaymentIsApproved() throws Exception {
        String tid = ready();
        String approved = approve(tid, KakaoPayMock.Merchant.pgToken(kakaopay.pay(tid)));
        assertTrue(approved.contains("\"total\":2200"), approved);
        assertEquals(1, kakaopay.count("approve"));
        assertEquals(0, kakaopay.unsettled());
    }

    @Test
    void aLostAnswerIsLookedUp() throws Exception {
        String tid = ready();
        kakaopay.arm("approve", "commit-then-drop");
        String pgToken = KakaoPayMock.Merchant.pgToken(kakaopay.pay(tid));
        assertThrows(IOException.class, () -> approve(tid, pgToken));
        assertEquals(1, kakaopay.unsettled());
        assertTrue(order(tid).contains("\"status\":\"SUCCESS_PAYMENT\""));
        assertEquals(0, kakaopay.unsettled());
    }

    @Test
    void aPaymentExpires() throws Exception {
        String tid = ready();
        assertTrue(kakaopay.advance(Duration.ofMinutes(15)).contains(tid));
        assertNotEquals(200, HTTP.send(request("approve", approval(tid, "none")), BodyHandlers.ofString()).statusCode());
    }

    @Test
    void nothingOfAnotherTestIsSeen() throws Exception {
        assertEquals(0, kakaopay.count("ready"));
        assertEquals(kakaopay.url, System.getProperty("kakaopay-mock.url"));
        assertEquals(kakaopay.secretKey, System.getProperty("kakaopay-mock.secret-key"));
        assertEquals(0, kakaopay.as("DEV_SPRING").count("ready"));
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private String ready() throws IOException, InterruptedException {
        String answer = call("ready", "{\"cid\":\"TC0ONETIME\",\"partner_order_id\":\"order-1\",\"partner_user_id\":\"user-1\",\"item_name\":\"초코파이\","
                + "\"quantity\":1,\"total_amount\":2200,\"tax_free_amount\":0,\"approval_url\":\"http://localhost:3000/approve\","
                + "\"cancel_url\":\"http://localhost:3000/cancel\",\"fail_url\":\"http://localhost:3000/fail\"}");
        Matcher tid = Pattern.compile("\"tid\":\"(T[0-9a-f]{19})\"").matcher(answer);
        assertTrue(tid.find(), answer);
        return tid.group(1);
    }

    private String approve(String tid, String pgToken) throws IOException, InterruptedException {
        return call("approve", approval(tid, pgToken));
    }

    private static String approval(String tid, String pgToken) {
        return "{\"cid\":\"TC0ONETIME\",\"tid\":\"" + tid + "\",\"partner_order_id\":\"order-1\",\"partner_user_id\":\"user-1\",\"pg_token\":\"" + pgToken + "\"}";
    }

    private String order(String tid) throws IOException, InterruptedException {
        return call("order", "{\"cid\":\"TC0ONETIME\",\"tid\":\"" + tid + "\"}");
    }

    private String call(String name, String json) throws IOException, InterruptedException {
        return HTTP.send(request(name, json), BodyHandlers.ofString()).body();
    }

    private HttpRequest request(String name, String json) {
        return HttpRequest.newBuilder(URI.create(kakaopay.url + "/online/v1/payment/" + name))
                .header("Authorization", "SECRET_KEY " + kakaopay.secretKey)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(12))
                .POST(BodyPublishers.ofString(json)).build();
    }
}
