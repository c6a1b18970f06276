#!/usr/bin/env bash
# The schema accepts every built-in entry and the example, and refuses what the loader refuses (tests/data/bad_servers,
# which the unit tests give to the loader). Needs python3 with jsonschema.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
if ! python3 -c 'import jsonschema' 2>/dev/null; then
  echo "FAIL: python3 with jsonschema is missing: apt-get install python3-jsonschema" >&2
  exit 1
fi
python3 - "$root" <<'PY'
import json, pathlib, re, sys
from jsonschema import Draft202012Validator

root = pathlib.Path(sys.argv[1])
schema = json.loads((root / "src/catalog/schema/server.schema.json").read_text(encoding="utf-8"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
failures = 0

def fail(text):
    global failures
    failures += 1
    print("FAIL:", text, file=sys.stderr)

good = sorted((root / "src/catalog/servers").glob("*.json"))
if len(good) != 32:
    fail(f"{len(good)} built-in entries, 32 expected")
for file in good + [root / "tests/data/good_server.json"]:
    for error in validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))):
        fail(f"{file.name}: {error.json_path}: {error.message[:200]}")

bad = sorted((root / "tests/data/bad_servers").glob("*.json"))
if len(bad) < 20:
    fail(f"only {len(bad)} bad entries found")
for file in bad:
    if validator.is_valid(json.loads(file.read_text(encoding="utf-8"))):
        fail(f"{file.name} is accepted")

examples = re.findall(r"```json\n(.*?)```", (root / "docs/catalog.md").read_text(encoding="utf-8"), re.S)
if not examples:
    fail("docs/catalog.md has no example")
for text in examples[:1]:
    for error in validator.iter_errors(json.loads(text)):
        fail(f"docs/catalog.md: {error.json_path}: {error.message[:200]}")

print(f"{len(good)} entries fit the schema, {len(bad)} bad ones are refused" if not failures else f"{failures} failures")
sys.exit(1 if failures else 0)
PY
