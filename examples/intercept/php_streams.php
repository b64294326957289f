<?php
$headers = ['Authorization: SECRET_KEY DEV_EXAMPLE', 'Content-Type: application/json'];
$body = file_get_contents(__DIR__ . '/ready.json');
$context = stream_context_create(['http' => ['method' => 'POST', 'header' => $headers, 'content' => $body]]);
echo file_get_contents('https://open-api.kakaopay.com/online/v1/payment/ready', false, $context);
