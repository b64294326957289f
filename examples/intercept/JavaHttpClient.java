import java.net.URI;
import java.net.http.*;
import java.nio.file.Path;

class JavaHttpClient {
    public static void main(String[] args) throws Exception {
        var call = HttpRequest.newBuilder(URI.create("https://open-api.kakaopay.com/online/v1/payment/ready"))
            .header("Authorization", "SECRET_KEY DEV_EXAMPLE").header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofFile(Path.of(args[0]))).build();
        System.out.println(HttpClient.newHttpClient().send(call, HttpResponse.BodyHandlers.ofString()).body());
    }
}
