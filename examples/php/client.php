<?php
// A KakaoPay client for PHP 8 in one screen, with curl alone. `call` is the client; the last lines let the kit speak to it.

const MANAGE = ['inactive' => 'manage/subscription/inactive', 'status' => 'manage/subscription/status'];
const CALLS = ['ready', 'approve', 'cancel', 'order', 'subscription', 'inactive', 'status'];

/** Gives result, refusal or unknown: then money may have moved, and `order` says. A handle for each call: curl sends again what it lost on an old connection. */
function call(string $name, object $params): array
{
    $base = getenv('KAKAOPAY_BASE_URL') ?: 'https://open-api.kakaopay.com';
    $curl = curl_init("$base/online/v1/payment/" . (MANAGE[$name] ?? $name));
    curl_setopt_array($curl, [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => json_encode($params, JSON_UNESCAPED_UNICODE),
        CURLOPT_HTTPHEADER => ['Authorization: SECRET_KEY ' . getenv('KAKAOPAY_SECRET_KEY'), 'Content-Type: application/json'],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_FOLLOWLOCATION => false, // the key is for KakaoPay alone
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
        return isOther($params, $body) ? ['unknown' => ['reason' => 'another payment']] : ['result' => $body];
    }
    if ($status >= 500 || !is_int($body->error_code ?? null) || isDoubtful($body)) {
        return ['unknown' => ['reason' => "HTTP $status"]];
    }
    $extras = isset($body->extras) ? ['extras' => $body->extras] : [];
    return ['refusal' => ['error_code' => $body->error_code, 'error_message' => $body->error_message] + $extras];
}

/** Refusals after which money may have moved all the same. */
function isDoubtful(object $body): bool
{
    $result = $body->extras->method_result_code ?? null;
    return in_array($body->error_code, [-702, -785], true) || in_array($result, ['BANK_FIRM_UNKNOWN', 'USER_LOCKED'], true);
}

/** Whether an answer is about something else than what was asked for. */
function isOther(object $asked, object $body): bool
{
    $pairs = [
        [$asked->tid ?? null, $body->tid ?? null],
        [$asked->partner_order_id ?? null, $body->partner_order_id ?? null],
        [$asked->total_amount ?? null, $body->amount->total ?? null],
        [$asked->cancel_amount ?? null, $body->approved_cancel_amount->total ?? null],
    ];
    $others = array_filter($pairs, fn ($pair) => $pair[0] !== null && $pair[1] !== null && $pair[0] !== $pair[1]);
    return $others !== [];
}

while (($line = fgets(STDIN)) !== false) {
    $asked = json_decode($line);
    $report = in_array($asked->call, CALLS) ? call($asked->call, $asked->params) : ['unsupported' => true];
    echo json_encode(['id' => $asked->id] + $report, JSON_UNESCAPED_UNICODE), "\n";
}
