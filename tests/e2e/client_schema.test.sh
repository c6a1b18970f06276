#!/usr/bin/env bash
# The schema of client descriptors accepts every one that is built in and refuses what nobody should write. Needs
# python3 with jsonschema.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
if ! python3 -c 'import jsonschema' 2>/dev/null; then
  echo "FAIL: python3 with jsonschema is missing: apt-get install python3-jsonschema" >&2
  exit 1
fi
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$root/tests/lib python3 - "$root" <<'PY'
import copy

from schema import fail, finish, must_fit, read, root, validator_of

validator = validator_of("src/clients/schema/client.schema.json")
files = sorted((root / "src/clients/descriptors").glob("*.json"))
if len(files) != 12:
    fail(f"{len(files)} descriptors, 12 expected")
for file in files:
    must_fit(validator, file.name, read(file))

good = read("src/clients/descriptors/claude-code.json")

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

finish(f"{len(files)} descriptors fit the schema, {len(bad)} bad ones are refused")
PY
