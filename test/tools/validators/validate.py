"""Reads [{"schema", "values"}] from the file named; prints which values each schema accepts."""
import json
import sys

from jsonschema import Draft202012Validator

with open(sys.argv[1], encoding="utf-8") as file:
    cases = json.load(file)
print(json.dumps([[Draft202012Validator(case["schema"]).is_valid(value) for value in case["values"]] for case in cases]))
