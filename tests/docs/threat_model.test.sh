#!/usr/bin/env bash
# docs/threat-model.md names a test for each attack: the test must be there and carry the attack's number.
#   threat_model.test.sh ROOT
set -euo pipefail
root=${1:?"usage: $0 ROOT"}

rows=0 problems=0
while IFS= read -r line; do
  case=$(sed -n 's/^| \([A-O][0-9]*\) |.*/\1/p' <<<"$line")
  [ -n "$case" ] || continue
  rows=$((rows + 1))
  # shellcheck disable=SC2016 # backquotes of Markdown
  for file in $(grep -oE '`(unit|cli|e2e|fault|contract|keychain)/[^`]*`' <<<"$line" | tr -d '`'); do
    if [ ! -f "$root/tests/$file" ]; then
      echo "$case: there is no tests/$file"
    elif ! grep -qE "\b$case\b" "$root/tests/$file"; then
      echo "$case: tests/$file does not carry that number"
    else
      continue
    fi
    problems=$((problems + 1))
  done
done <"$root/docs/threat-model.md"
[ "$rows" -ge 80 ] || problems=$((problems + 1))
echo "$rows rows, $problems problems"
[ "$problems" -eq 0 ]
