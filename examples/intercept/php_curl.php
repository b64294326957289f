<?php
$call = curl_init('https://open-api.kakaopay.com/online/v1/payment/ready');
curl_setopt_array($call, [
    CURLOPT_POSTFIELDS => file_get_contents(__DIR__ . '/ready.json'),
    CURLOPT_HTTPHEADER => ['Authorization: SECRET_KEY DEV_EXAMPLE', 'Content-Type: application/json'],
    CURLOPT_RETURNTRANSFER => true,
]);
echo curl_exec($call) ?: curl_error($call);
