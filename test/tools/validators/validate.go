// Reads [{"schema", "values"}] from the file named; prints which values each schema accepts.
package main

import (
	"encoding/json"
	"os"

	"github.com/xeipuuv/gojsonschema"
)

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	var cases []struct {
		Schema json.RawMessage   `json:"schema"`
		Values []json.RawMessage `json:"values"`
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		panic(err)
	}
	accepted := [][]bool{}
	for _, one := range cases {
		schema, err := gojsonschema.NewSchema(gojsonschema.NewBytesLoader(one.Schema))
		if err != nil {
			panic(string(one.Schema) + ": " + err.Error())
		}
		row := []bool{}
		for _, value := range one.Values {
			result, err := schema.Validate(gojsonschema.NewBytesLoader(value))
			row = append(row, err == nil && result.Valid())
		}
		accepted = append(accepted, row)
	}
	if err := json.NewEncoder(os.Stdout).Encode(accepted); err != nil {
		panic(err)
	}
}
