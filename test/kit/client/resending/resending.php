<?php
// One curl handle for all calls: where the connection that it kept breaks, curl sends the request once more on a new one.
$curl = curl_init();
while (($line = fgets(STDIN)) !== false) {
    $asked = json_decode($line);
    curl_setopt_array($curl, [
        CURLOPT_URL => getenv('KAKAOPAY_BASE_URL') . "/online/v1/payment/$asked->call",
        CURLOPT_POSTFIELDS => json_encode($asked->params),
        CURLOPT_HTTPHEADER => ['Authorization: SECRET_KEY ' . getenv('KAKAOPAY_SECRET_KEY'), 'Content-Type: application/json'],
        CURLOPT_RETURNTRANSFER => true,
    ]);
    $text = curl_exec($curl);
    echo json_encode(['id' => $asked->id] + (is_string($text) ? ['result' => json_decode($text)] : ['unknown' => new stdClass()])), "\n";
}
