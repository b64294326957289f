<?php

declare(strict_types=1);

use PHPUnit\Framework\Attributes\After;
use PHPUnit\Framework\Attributes\Before;

/**
 * A PHPUnit trait for kakaopay-mock, with PHP alone. Copy this file into your tests and write `use KakaoPayMock;` in a test class.
 *
 * It uses the mock at KAKAOPAY_MOCK_URL or, where that is not set, starts the image KAKAOPAY_MOCK_IMAGE (kakaopay-mock) with Docker, once for all
 * tests. Each test has a secret key, and so a namespace, of its own. A fault that was armed and never fired fails its test.
 */
trait KakaoPayMock
{
    /** The base URL of your client. */
    protected string $kakaoPayUrl;
    protected string $kakaoPaySecretKey;

    /** @before */
    #[Before]
    public function openKakaoPay(): void
    {
        $this->kakaoPayUrl = KakaoPayMockServer::url();
        $this->kakaoPaySecretKey = 'DEV_PHPUNIT_' . strtoupper(bin2hex(random_bytes(16)));
    }

    /** @after */
    #[After]
    public function checkKakaoPayFaults(): void
    {
        $unfired = $this->kakaoPay('GET', '/_mock/faults?unfired=true')['faults'];
        self::assertSame([], $unfired, 'faults that never fired');
    }

    /** The payer approves on the page: gives redirect_url, which the browser is sent to, and pg_token. */
    protected function pay(string $tid, array $choices = []): array
    {
        return $this->kakaoPay('POST', "/_mock/payments/$tid/payer", ['action' => 'approve'] + $choices);
    }

    /** Arms a fault for the next call of this name: `$this->arm('approve', 'commit-then-drop')`. */
    protected function arm(string $call, string $fault, array $options = []): void
    {
        $this->kakaoPay('POST', '/_mock/faults', ['match' => ['call' => $call], 'do' => ['fault' => $fault] + $options]);
    }

    /** Moves this merchant's clock by '15m': gives the payments that expired. */
    protected function advance(string $by): array
    {
        return $this->kakaoPay('POST', '/_mock/clock/advance', ['by' => $by])['due'];
    }

    /** How many calls of this name the merchant has sent. */
    protected function countCalls(string $call): int
    {
        return $this->kakaoPay('GET', "/_mock/journal/count?call=$call")['count'];
    }

    /** What was charged, which answers were delivered, and how many payments are unsettled. */
    protected function audit(): array
    {
        return $this->kakaoPay('GET', '/_mock/audit');
    }

    /** A call of the control API as this merchant. */
    private function kakaoPay(string $method, string $path, ?array $body = null): array
    {
        $answer = file_get_contents($this->kakaoPayUrl . $path, false, stream_context_create(['http' => [
            'method' => $method,
            'header' => ['Content-Type: application/json', "X-Kakaopay-Mock-Namespace: $this->kakaoPaySecretKey"],
            'content' => $body === null ? '' : json_encode($body, JSON_THROW_ON_ERROR),
            'timeout' => 10,
            'ignore_errors' => true,
        ]]));
        $status = explode(' ', $http_response_header[0] ?? '')[1] ?? 'none';
        if ($answer === false || $status[0] !== '2') throw new RuntimeException("$path: HTTP $status $answer");
        return json_decode($answer, true, flags: JSON_THROW_ON_ERROR);
    }
}

/** The mock that runs: at a given URL, or in a container that is removed at the end. */
final class KakaoPayMockServer
{
    private const START_TIMEOUT_S = 60;
    private static ?string $url = null;

    public static function url(): string
    {
        $given = (string) getenv('KAKAOPAY_MOCK_URL');
        return self::$url ??= $given === '' ? self::start(getenv('KAKAOPAY_MOCK_IMAGE') ?: 'kakaopay-mock') : rtrim($given, '/');
    }

    /** The port is chosen first, since the redirect URLs of the mock name it. */
    private static function start(string $image): string
    {
        $free = stream_socket_server('tcp://127.0.0.1:0');
        $port = explode(':', stream_socket_get_name($free, false))[1];
        fclose($free);
        $url = "http://127.0.0.1:$port";
        $container = self::docker("run --detach --rm --publish 127.0.0.1:$port:8585 --env KAKAOPAY_MOCK_PUBLIC_URL=$url " . escapeshellarg($image));
        register_shutdown_function(static fn () => self::docker('stop ' . escapeshellarg($container)));
        for ($end = microtime(true) + self::START_TIMEOUT_S; @file_get_contents("$url/_mock/health") === false; usleep(100_000)) {
            if (microtime(true) > $end) throw new RuntimeException("$url/_mock/health is not healthy");
        }
        return $url;
    }

    private static function docker(string $arguments): string
    {
        exec("docker $arguments", $output, $status);
        if ($status !== 0) throw new RuntimeException("docker $arguments: exit $status. Set KAKAOPAY_MOCK_URL, or let Docker start the image");
        return end($output) ?: '';
    }
}
