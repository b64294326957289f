// A KakaoPay client for Go in one screen, with net/http alone. Call is the client; main lets the kit speak to it.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"
)

type object = map[string]any

var paths = map[string]string{
	"ready": "ready", "approve": "approve", "cancel": "cancel", "order": "order", "subscription": "subscription",
	"inactive": "manage/subscription/inactive", "status": "manage/subscription/status",
}

// The key is for KakaoPay alone: no redirect is followed.
var client = &http.Client{Timeout: timeout(), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// Call gives result, refusal or unknown: then money may have moved, and order says. Nothing is sent twice.
func Call(name string, params json.RawMessage) object {
	request, err := http.NewRequest("POST", os.Getenv("KAKAOPAY_BASE_URL")+"/online/v1/payment/"+paths[name], bytes.NewReader(params))
	if err != nil {
		return unknown(err)
	}
	request.Header.Set("Authorization", "SECRET_KEY "+os.Getenv("KAKAOPAY_SECRET_KEY"))
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return unknown(err)
	}
	defer response.Body.Close()
	var body object
	// No connection, no time, or no JSON: whether KakaoPay carried the call out is not known.
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
		return unknown(err)
	}
	if response.StatusCode == http.StatusOK {
		if isOther(params, body) {
			return unknown(errors.New("another payment"))
		}
		return object{"result": body}
	}
	if _, isNumber := body["error_code"].(float64); response.StatusCode >= 500 || !isNumber || isDoubtful(body) {
		return unknown(fmt.Errorf("HTTP %d", response.StatusCode))
	}
	refusal := object{"error_code": body["error_code"], "error_message": body["error_message"]}
	if extras, found := body["extras"]; found {
		refusal["extras"] = extras
	}
	return object{"refusal": refusal}
}

// isDoubtful: refusals after which money may have moved all the same.
func isDoubtful(body object) bool {
	extras, _ := body["extras"].(object)
	result := extras["method_result_code"]
	return body["error_code"] == -702.0 || body["error_code"] == -785.0 || result == "BANK_FIRM_UNKNOWN" || result == "USER_LOCKED"
}

// isOther: whether an answer is about something else than what was asked for.
func isOther(params json.RawMessage, body object) bool {
	var asked object
	json.Unmarshal(params, &asked)
	amount, _ := body["amount"].(object)
	cancelled, _ := body["approved_cancel_amount"].(object)
	pairs := [][2]any{
		{asked["tid"], body["tid"]}, {asked["partner_order_id"], body["partner_order_id"]},
		{asked["total_amount"], amount["total"]}, {asked["cancel_amount"], cancelled["total"]},
	}
	for _, pair := range pairs {
		if pair[0] != nil && pair[1] != nil && pair[0] != pair[1] {
			return true
		}
	}
	return false
}

func unknown(err error) object { return object{"unknown": object{"reason": err.Error()}} }

func timeout() time.Duration {
	ms, err := strconv.Atoi(os.Getenv("KAKAOPAY_TIMEOUT_MS"))
	if err != nil {
		ms = 12000
	}
	return time.Duration(ms) * time.Millisecond
}

func main() {
	lines, out := bufio.NewScanner(os.Stdin), json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked struct {
			ID     int             `json:"id"`
			Call   string          `json:"call"`
			Params json.RawMessage `json:"params"`
		}
		report := object{"unsupported": true}
		if json.Unmarshal(lines.Bytes(), &asked) == nil && paths[asked.Call] != "" {
			report = Call(asked.Call, asked.Params)
		}
		report["id"] = asked.ID
		out.Encode(report)
	}
}
