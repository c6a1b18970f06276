#!/usr/bin/env bash
# The schema of client descriptors accepts every one that is built in and refuses what nobody should write. Needs
# python3 with jsonschema.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
if ! python3 -c 'import jsonschema' 2>/dev/null; then
  echo "FAIL: python3 with jsonschema is missing: apt-get install python3-jsonschema" >&2
  exit 1
fi
python3 - "$root" <<'PY'
import copy, json, pathlib, sys
from jsonschema import Draft202012Validator

root = pathlib.Path(sys.argv[1])
schema = json.loads((root / "src/clients/schema/client.schema.json").read_text(encoding="utf-8"))
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
failures = 0

def fail(text):
    global failures
    failures += 1
    print("FAIL:", text, file=sys.stderr)

files = sorted((root / "src/clients/descriptors").glob("*.json"))
if len(files) != 12:
    fail(f"{len(files)} descriptors, 12 expected")
for file in files:
    for error in validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))):
        fail(f"{file.name}: {error.json_path}: {error.message[:200]}")

good = json.loads((root / "src/clients/descriptors/claude-code.json").read_text(encoding="utf-8"))

def changed(change):
    entry = copy.deepcopy(good)
    change(entry)
    return entry

bad = {
    "no paths": changed(lambda e: e.update(paths=[])),
    "no sources": changed(lambda e: e.pop("sources")),
    "unknown key": changed(lambda e: e.update(more=1)),
    "unknown format": changed(lambda e: e.update(format="ini")),
    "unknown status": changed(lambda e: e["paths"][0].update(status="sure")),
    "backslashes": changed(lambda e: e["paths"][0].update(windows="~\\.claude.json")),
    "absolute path": changed(lambda e: e["paths"][0].update(linux="/home/x/.claude.json")),
    "a path for no system": changed(lambda e: e.update(paths=[{"scope": "user", "status": "confirmed"}])),
    "an override that ignores its variable": changed(lambda e: e["overrides"][0].update(path="~/x")),
    "a line break": changed(lambda e: e.update(after_change="a\nb")),
}
for name, entry in bad.items():
    if validator.is_valid(entry):
        fail(f"{name} is accepted")

print(f"{len(files)} descriptors fit the schema, {len(bad)} bad ones are refused" if not failures else f"{failures} failures")
sys.exit(1 if failures else 0)
PY
