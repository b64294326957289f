<?php
// A KakaoPay client for PHP 8 in one screen, with curl alone. `call` is the client; the last lines let the kit speak to it.

const CALLS = ['ready', 'approve', 'cancel', 'order'];

/** Gives result, refusal or unknown: then money may have moved, and `order` tells. A handle for each call: curl sends again what it lost on an old connection. */
function call(string $name, object $params): array
{
    $curl = curl_init((getenv('KAKAOPAY_BASE_URL') ?: 'https://open-api.kakaopay.com') . "/online/v1/payment/$name");
    curl_setopt_array($curl, [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => json_encode($params, JSON_UNESCAPED_UNICODE),
        CURLOPT_HTTPHEADER => ['Authorization: SECRET_KEY ' . getenv('KAKAOPAY_SECRET_KEY'), 'Content-Type: application/json'],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT_MS => (int) (getenv('KAKAOPAY_TIMEOUT_MS') ?: 12000),
    ]);
    $text = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    $body = is_string($text) ? json_decode($text) : null;
    // No connection, no time, or no JSON: whether KakaoPay carried the call out is not known.
    if (!is_object($body)) {
        return ['unknown' => ['reason' => curl_error($curl) ?: "HTTP $status without JSON"]];
    }
    if ($status === 200) {
        return ['result' => $body];
    }
    if ($status >= 500 || !is_int($body->error_code ?? null)) {
        return ['unknown' => ['reason' => "HTTP $status"]];
    }
    $extras = isset($body->extras) ? ['extras' => $body->extras] : [];
    return ['refusal' => ['error_code' => $body->error_code, 'error_message' => $body->error_message] + $extras];
}

while (($line = fgets(STDIN)) !== false) {
    $asked = json_decode($line);
    $told = in_array($asked->call, CALLS) ? call($asked->call, $asked->params) : ['unsupported' => true];
    echo json_encode(['id' => $asked->id] + $told, JSON_UNESCAPED_UNICODE), "\n";
}
