import java.net.*;
import java.nio.file.*;

class JavaHttpURLConnection {
    public static void main(String[] args) throws Exception {
        var call = (HttpURLConnection) new URL("https://open-api.kakaopay.com/online/v1/payment/ready").openConnection();
        call.setRequestProperty("Authorization", "SECRET_KEY DEV_EXAMPLE");
        call.setRequestProperty("Content-Type", "application/json");
        call.setDoOutput(true);
        call.getOutputStream().write(Files.readAllBytes(Path.of(args[0])));
        System.out.println(new String(call.getInputStream().readAllBytes(), "UTF-8"));
    }
}
