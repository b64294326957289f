package main

import (
	"io"
	"net/http"
	"os"
)

func main() {
	body, _ := os.Open(os.Args[1])
	call, _ := http.NewRequest("POST", "https://open-api.kakaopay.com/online/v1/payment/ready", body)
	call.Header.Set("Authorization", "SECRET_KEY DEV_EXAMPLE")
	call.Header.Set("Content-Type", "application/json")
	// A Transport of one's own has no Proxy unless it is set, so the environment's is ignored.
	client := http.Client{Transport: &http.Transport{}}
	answer, err := client.Do(call)
	if err != nil {
		panic(err)
	}
	io.Copy(os.Stdout, answer.Body)
}
