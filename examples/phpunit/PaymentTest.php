<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/KakaoPayMock.php';

/** Replace `call` with your own client: its base URL is `$this->kakaoPayUrl`, its secret key `$this->kakaoPaySecretKey`. */
final class PaymentTest extends TestCase
{
    use KakaoPayMock;

    private const ORDER = ['cid' => 'TC0ONETIME', 'partner_order_id' => 'order-1', 'partner_user_id' => 'user-1'];

    public function testAPaymentIsApproved(): void
    {
        $tid = $this->ready();
        $approved = $this->approve($tid, $this->pay($tid)['pg_token']);
        self::assertSame(2200, $approved['amount']['total']);
        self::assertSame(1, $this->countCalls('approve'));
        self::assertSame(0, $this->audit()['unsettled']);
    }

    public function testALostAnswerIsLookedUp(): void
    {
        $tid = $this->ready();
        $this->arm('approve', 'commit-then-drop');
        self::assertNull($this->approve($tid, $this->pay($tid)['pg_token']));
        self::assertSame(1, $this->audit()['unsettled']);
        self::assertSame('SUCCESS_PAYMENT', $this->call('order', ['cid' => 'TC0ONETIME', 'tid' => $tid])['status']);
        self::assertSame(0, $this->audit()['unsettled']);
    }

    public function testAPaymentExpires(): void
    {
        $tid = $this->ready();
        self::assertSame([$tid], array_column($this->advance('15m'), 'tid'));
        self::assertArrayHasKey('error_code', $this->approve($tid, 'none'));
    }

    public function testNothingOfAnotherTestIsSeen(): void
    {
        self::assertSame(0, $this->countCalls('ready'));
    }

    private function ready(): string
    {
        $shop = 'http://localhost:3000';
        return $this->call('ready', self::ORDER + [
            'item_name' => '초코파이', 'quantity' => 1, 'total_amount' => 2200, 'tax_free_amount' => 0,
            'approval_url' => "$shop/approve", 'cancel_url' => "$shop/cancel", 'fail_url' => "$shop/fail",
        ])['tid'];
    }

    private function approve(string $tid, string $pgToken): ?array
    {
        return $this->call('approve', self::ORDER + ['tid' => $tid, 'pg_token' => $pgToken]);
    }

    /** The answer, or null where none came. */
    private function call(string $name, array $body): ?array
    {
        $answer = @file_get_contents("$this->kakaoPayUrl/online/v1/payment/$name", false, stream_context_create(['http' => [
            'method' => 'POST',
            'header' => ["Authorization: SECRET_KEY $this->kakaoPaySecretKey", 'Content-Type: application/json'],
            'content' => json_encode($body, JSON_THROW_ON_ERROR),
            'timeout' => 12,
            'ignore_errors' => true,
        ]]));
        return $answer === false ? null : json_decode($answer, true);
    }
}
