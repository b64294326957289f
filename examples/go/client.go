// A KakaoPay client for Go in one screen, with net/http alone. Call is the client; main lets the kit speak to it.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"
)

type object = map[string]any

var calls = map[string]bool{"ready": true, "approve": true, "cancel": true, "order": true}
var client = &http.Client{Timeout: timeout()}

// Call gives result, refusal or unknown: then money may have moved, and order tells. Nothing is sent twice.
func Call(name string, params json.RawMessage) object {
	request, err := http.NewRequest("POST", os.Getenv("KAKAOPAY_BASE_URL")+"/online/v1/payment/"+name, bytes.NewReader(params))
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
		return object{"result": body}
	}
	if _, isNumber := body["error_code"].(float64); response.StatusCode >= 500 || !isNumber {
		return unknown(fmt.Errorf("HTTP %d", response.StatusCode))
	}
	refusal := object{"error_code": body["error_code"], "error_message": body["error_message"]}
	if extras, found := body["extras"]; found {
		refusal["extras"] = extras
	}
	return object{"refusal": refusal}
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
		told := object{"unsupported": true}
		if json.Unmarshal(lines.Bytes(), &asked) == nil && calls[asked.Call] {
			told = Call(asked.Call, asked.Params)
		}
		told["id"] = asked.ID
		out.Encode(told)
	}
}
