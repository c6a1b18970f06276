#!/usr/bin/env bash
# 50 processes store at once: nothing is lost, in the vault and in the registry (K3), and readers meanwhile never
# see a broken vault (K4).
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need jq
readonly kWriters=50

new_vault
store_value FIRST value-first
writers=()
for i in $(seq "$kWriters"); do
  printf 'value-%s' "$i" | mcpcred store "PARALLEL_$i" --stdin >"$WORK/store.$i" 2>&1 &
  writers+=($!)
done
readers=0
while jobs -r | grep -q .; do
  assert_exit 0 mcpcred load FIRST
  assert_equal "$(cat "$OUT")" value-first
  readers=$((readers + 1))
done
failures=0
for i in "${!writers[@]}"; do
  wait "${writers[$i]}" || {
    failures=$((failures + 1))
    sed "s/^/  store $((i + 1)): /" "$WORK/store.$((i + 1))" >&2
  }
done
[ "$failures" -eq 0 ] || die "$failures of $kWriters stores failed"

assert_exit 0 mcpcred list --json
assert_equal "$(jq '[.. | .variable? // empty | select(startswith("PARALLEL_"))] | unique | length' "$OUT")" \
  "$kWriters" "names in the registry"
for i in $(seq "$kWriters"); do
  assert_exit 0 mcpcred load "PARALLEL_$i"
  assert_equal "$(cat "$OUT")" "value-$i"
done
[ -z "$(find "$(dirname "$VAULT")" -name '*.mcpcred.*')" ] || die "a temporary file was left"
echo "$kWriters stores at once, $readers reads meanwhile: nothing lost"
