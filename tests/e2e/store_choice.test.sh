#!/usr/bin/env bash
# Which store is used, and moving from one to the other: M6 M13 K1.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/bus.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/bus.sh"
need dbus-daemon dbus-send jq secret-tool strace

CANARY=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
REGISTRY=$TEST_HOME/.local/state/mcpcred/registry.json
STATE=$WORK/items
VALUES=$WORK/values
LOGIN=$(id -un)
mkdir "$VALUES"
# shellcheck disable=SC2016 # for the other shell
printf '#!/bin/sh\nprintf %%s "$GITHUB_PERSONAL_ACCESS_TOKEN"\n' >"$TEST_HOME/bin/docker"
chmod +x "$TEST_HOME/bin/docker"

pinned() { jq -r '.store // "none"' "$REGISTRY"; }
# with_store VALUE COMMAND…: with MCPCRED_STORE.
with_store() { in_clean_env env MCPCRED_STORE="$1" "$MCPCRED" "${@:2}"; }
everything() { snapshot && cat "$STATE"; }
items() { wc -l <"$STATE"; }
all_values() {
  local file
  for file in "$VALUES"/*; do
    assert_exit 0 mcpcred load "$(basename "$file")"
    cmp -s "$file" "$OUT" || failed "$(basename "$file") is not what was stored $1" "$LAST"
  done
}
# Approvals hold without a new one, and the seals fit.
all_good() {
  all_values "$1"
  assert_exit 0 mcpcred run github </dev/null
  assert_equal "$(cat "$OUT")" "$CANARY" "what the server got $1"
  assert_exit 0 mcpcred check --read --json
  jq -e '[.. | .code? // empty] | all(. != "tampered" and . != "value_changed" and . != "value_gone")' "$OUT" \
    >/dev/null || failed "something is found $1" "$LAST"
}

choice() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  step "MCPCRED_STORE decides as long as nothing is pinned; nothing is pinned by reading"
  printf first >"$WORK/value"
  assert_error 5 "no vault" with_store vault store BRAVE_API_KEY --stdin <"$WORK/value"
  assert_error 2 "no store is called" with_store no-such-store store BRAVE_API_KEY --stdin <"$WORK/value"
  assert_error 3 BRAVE_API_KEY mcpcred load BRAVE_API_KEY
  assert_exit 0 mcpcred list
  assert_equal "$([ ! -e "$REGISTRY" ] || pinned)" "$([ ! -e "$REGISTRY" ] || echo none)" "pinned by reading"

  step "nothing set up, a Secret Service there: store pins it"
  store_value BRAVE_API_KEY first
  assert_equal "$(pinned)" secret-service

  step "a vault beside it is used where it is named, and only there"
  new_vault
  assert_equal "$(pinned)" secret-service
  store_value LINEAR_API_KEY in-the-vault --store vault
  assert_equal "$(pinned)" secret-service
  assert_exit 0 mcpcred load LINEAR_API_KEY --store vault
  assert_equal "$(cat "$OUT")" in-the-vault
  assert_error 3 LINEAR_API_KEY mcpcred load LINEAR_API_KEY
  assert_error 3 BRAVE_API_KEY mcpcred load BRAVE_API_KEY --store vault
  assert_exit 0 mcpcred export --format json
  assert_lacks "$OUT" in-the-vault
  assert_exit 0 mcpcred check --read

  step "MCPCRED_STORE is passed over, with a word, once a store is pinned (M13)"
  assert_exit 0 with_store vault load BRAVE_API_KEY
  assert_equal "$(cat "$OUT")" first
  assert_contains "$ERR" "MCPCRED_STORE is passed over"
  printf second >"$WORK/value"
  assert_exit 0 with_store vault store NOTION_TOKEN --stdin <"$WORK/value"
  assert_error 3 NOTION_TOKEN mcpcred load NOTION_TOKEN --store vault

  step "pinned, and the bus gone: never the vault"
  TEST_BUS=
  local before command
  before=$(everything)
  for command in "load LINEAR_API_KEY" "load BRAVE_API_KEY" export "run github" "delete BRAVE_API_KEY --yes" \
    "store BRAVE_API_KEY --stdin --replace" "store OPENAI_API_KEY --stdin" "move --to vault --yes"; do
    # shellcheck disable=SC2086 # words
    assert_error 5 "no session bus" mcpcred $command <"$WORK/value"
    # shellcheck disable=SC2086
    assert_exit 5 with_store vault $command <"$WORK/value"
    [ ! -s "$OUT" ] || failed "something on stdout" "$LAST"
  done
  assert_equal "$(everything)" "$before"
}

moving() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  local name
  step "move: to the vault and back"
  rm -rf "$TEST_HOME/.local" "$TEST_HOME/.config"
  printf %s "$CANARY" >"$VALUES/GITHUB_TOKEN"
  printf 'no UTF-8: \377\376\200 and a NUL:\0 and a line end:\n.' >"$VALUES/BRAVE_API_KEY"
  head -c 65536 /dev/zero | tr '\0' '\261' >"$VALUES/LINEAR_API_KEY"
  printf x >"$VALUES/NOTION_TOKEN"
  assert_exit 0 mcpcred store github --stdin <"$VALUES/GITHUB_TOKEN"
  for name in BRAVE_API_KEY LINEAR_API_KEY NOTION_TOKEN; do
    assert_exit 0 mcpcred store "$name" --stdin <"$VALUES/$name"
  done
  # What a rotation keeps.
  printf former | secret-tool store --label=former service mcpcred:previous:NOTION_TOKEN account "$LOGIN"
  all_good "at first"
  assert_error 5 "no vault" mcpcred move --to vault --yes </dev/null
  assert_error 6 "in use already" mcpcred move --to secret-service --yes </dev/null
  # 4 credentials, a former value, our keys, and the other program's.
  assert_equal "$(items)" 7 "items before"
  new_vault
  assert_error 4 "" mcpcred move --to vault </dev/null
  assert_exit 0 mcpcred move --to vault --yes </dev/null
  assert_equal "$(pinned)" vault
  assert_equal "$(items)" 1 "items left behind"
  TEST_BUS=
  all_good "in the vault"
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  assert_exit 0 mcpcred move --to secret-service --yes </dev/null
  assert_equal "$(pinned)" secret-service
  assert_equal "$(items)" 7 "items after"
  assert_equal "$(secret-tool lookup service mcpcred:previous:NOTION_TOKEN account "$LOGIN")" former
  all_good "when it was back"
  assert_exit 0 mcpcred list --json
  assert_equal "$(jq -r '[.credentials[].store] | unique | join(" ")' "$OUT")" secret-service
  assert_error 3 NOTION_TOKEN mcpcred load NOTION_TOKEN --store vault
  step "and both ways once more"
  assert_exit 0 mcpcred move --to vault --yes </dev/null
  all_good "in the vault again"
}

conflict() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  step "move: another value where it should go"
  local before
  before=$(everything)
  assert_error 6 "another value for NOTION_TOKEN" mcpcred move --to secret-service --yes </dev/null
  assert_equal "$(everything)" "$before"
  all_good "after the refusal"
}

# A copy of the home folder and of the items; the calls are those of one move.
killed() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  local to=$1 from points calls point call number
  from=$(pinned)
  cp -r "$TEST_HOME" "$WORK/home-before"
  cp "$STATE" "$WORK/items-before"
  assert_exit 0 in_clean_env strace -f -qq -e trace=sendmsg,renameat,renameat2 -o "$WORK/trace" \
    "$MCPCRED" move --to "$to" --yes </dev/null
  points=
  for call in sendmsg "$(grep -oE 'renameat2?' "$WORK/trace" | head -n 1)"; do
    calls=$(grep -c " $call(" "$WORK/trace" || true)
    [ "$calls" -ge 2 ] || die "a move without $call: this shows nothing"
    # Five of each, the last ones among them: there the old copies are removed.
    for number in 0 1 2 3 4; do points+=" $call:$((1 + (calls - 1) * number / 4))"; done
  done
  for point in $points; do
    rm -rf "$TEST_HOME"
    cp -r "$WORK/home-before" "$TEST_HOME"
    cp "$WORK/items-before" "$STATE"
    restart_provider --state "$STATE"
    call=${point%:*}
    assert_exit 137 in_clean_env bash -c '"$@"; exit $?' - strace -f -qq -o /dev/null -e trace="$call" \
      -e inject="$call:signal=KILL:when=${point#*:}" "$MCPCRED" move --to "$to" --yes </dev/null
    all_values "after a kill at $point"
    assert_exit 0 mcpcred run github </dev/null
    if [ "$(pinned)" = "$from" ] || [ "$(jq -r '.moved_from // ""' "$REGISTRY")" != "" ]; then
      assert_exit 0 mcpcred move --to "$to" --yes </dev/null
    fi
    assert_equal "$(pinned)" "$to" "after a kill at $point"
    all_good "after a kill at $point and a second move"
    if [ "$to" = vault ]; then assert_equal "$(items)" 1 "items left behind"; fi
    for name in "$VALUES"/*; do assert_exit 3 mcpcred load "$(basename "$name")" --store "$from"; done
  done
  rm -rf "$WORK/home-before"
}

unfinished() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  step "move: what is removed before it is finished has a copy in the old store, and that is said"
  assert_exit 0 mcpcred move --to secret-service --yes </dev/null
  restart_provider --state "$STATE" --deny Delete
  assert_error 4 "not all removed" mcpcred move --to vault --yes </dev/null
  all_values "where the old copies stay"
  assert_exit 0 mcpcred check
  assert_contains "$OUT" "mcpcred move --to vault"
  assert_exit 0 mcpcred delete NOTION_TOKEN --yes </dev/null
  assert_contains "$ERR" "mcpcred delete NOTION_TOKEN --store secret-service"
  rm "$VALUES/NOTION_TOKEN"
  restart_provider --state "$STATE"
  assert_exit 0 mcpcred delete NOTION_TOKEN --store secret-service --yes </dev/null
  assert_exit 0 mcpcred move --to vault --yes </dev/null
  assert_equal "$(items)" 1 "items left behind"
  all_good "after the rest of the move"
}

OTHER="service=other,account=other:not for us"
with_provider --state "$STATE" -- choice
rm -f "$STATE"
with_provider --state "$STATE" --item "$OTHER" -- moving
cp "$STATE" "$WORK/kept"
with_provider --state "$STATE" --item "service=NOTION_TOKEN,account=$LOGIN:another" -- conflict
cp "$WORK/kept" "$STATE"
step "K1: move killed on its way to the keyring"
with_provider --state "$STATE" -- killed secret-service
step "K1: and on its way to the vault"
with_provider --state "$STATE" -- killed vault
with_provider --state "$STATE" -- unfinished
echo "one store is in use, and what is moved arrives"
