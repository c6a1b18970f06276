#!/usr/bin/env bash
# The schema accepts every built-in entry and the example, and refuses what the loader refuses (tests/data/bad_servers,
# which the unit tests give to the loader). Needs python3 with jsonschema.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
if ! python3 -c 'import jsonschema' 2>/dev/null; then
  echo "FAIL: python3 with jsonschema is missing: apt-get install python3-jsonschema" >&2
  exit 1
fi
PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$root/tests/lib python3 - "$root" <<'PY'
import json
import re

from schema import fail, finish, must_fit, read, root, validator_of

validator = validator_of("src/catalog/schema/server.schema.json")
good = sorted((root / "src/catalog/servers").glob("*.json"))
if len(good) != 32:
    fail(f"{len(good)} built-in entries, 32 expected")
for file in good + [root / "tests/data/good_server.json"]:
    must_fit(validator, file.name, read(file))

bad = sorted((root / "tests/data/bad_servers").glob("*.json"))
if len(bad) < 20:
    fail(f"only {len(bad)} bad entries found")
for file in bad:
    if validator.is_valid(read(file)):
        fail(f"{file.name} is accepted")

examples = re.findall(r"```json\n(.*?)```", (root / "docs/catalog.md").read_text(encoding="utf-8"), re.S)
if not examples:
    fail("docs/catalog.md has no example")
for text in examples[:1]:
    must_fit(validator, "docs/catalog.md", json.loads(text))

finish(f"{len(good)} entries fit the schema, {len(bad)} bad ones are refused")
PY
