"""What the tests of our JSON schemas have in common: sourced by tests/e2e/*_schema.test.sh."""
import json
import pathlib
import sys

from jsonschema import Draft202012Validator

root = pathlib.Path(sys.argv[1])
failures = 0


def fail(text):
    global failures
    failures += 1
    print("FAIL:", text, file=sys.stderr)


def read(path):
    return json.loads((root / path).read_text(encoding="utf-8"))


def validator_of(path):
    schema = read(path)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def must_fit(validator, name, entry):
    for error in validator.iter_errors(entry):
        fail(f"{name}: {error.json_path}: {error.message[:200]}")


def finish(text):
    print(text if not failures else f"{failures} failures")
    sys.exit(1 if failures else 0)
