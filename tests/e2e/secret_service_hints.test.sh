#!/usr/bin/env bash
# What the registry remembers of where items lie saves time, and never decides which value is whose: M6 L4.
# shellcheck disable=SC2016 # $ in jq
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/bus.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/bus.sh"
need dbus-daemon dbus-send jq secret-tool

CALLS=$WORK/calls
STATE=$WORK/items
STATE_DIR=$TEST_HOME/.local/state/mcpcred
REGISTRY=$STATE_DIR/registry.json
LOGIN=$(id -un)
NAMES=(BRAVE_API_KEY LINEAR_API_KEY NOTION_TOKEN)

calls() { awk '{print $1}' "$CALLS" | tr '\n' ' ' | sed 's/ $//'; }
edit_registry() {
  cp "$REGISTRY" "$WORK/before-edit"
  jq "$@" "$WORK/before-edit" >"$WORK/edited"
  ! cmp -s "$WORK/before-edit" "$WORK/edited" || die "the edit changed nothing: $*"
  cat "$WORK/edited" >"$REGISTRY"
}

# Each variable has its own value, and no other's.
all_right() {
  local name
  assert_exit 0 mcpcred export --format json
  for name in "${NAMES[@]}"; do
    assert_equal "$(jq -r --arg name "$name" '[.. | .[$name]? // empty] | first // "none"' "$OUT")" \
      "value of $name" "$1"
  done
  for name in "${NAMES[@]}"; do
    assert_exit 0 mcpcred load "$name"
    assert_equal "$(cat "$OUT")" "value of $name" "$1"
  done
}
two_calls() {
  : >"$CALLS"
  assert_exit 0 mcpcred export --format json
  assert_equal "$(calls)" "OpenSession GetSecrets" "calls of export: $1"
}

hints() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  local name edit garbage number
  for name in "${NAMES[@]}"; do store_value "$name" "value of $name"; done
  all_right "as stored"

  step "export needs two calls, whatever it exports"
  two_calls "as stored"

  step "paths of other items, with and without the proof of the other (M6)"
  # Each lets every hint but the one of our own keys point to its neighbour.
  for edit in \
    '[.hints[] | select(.proof) | .at] as $at | reduce range($at | length) as $i (.; (([.hints | to_entries[] | select(.value.proof) | .key])[$i]) as $k | .hints[$k].at = $at[($i + 1) % ($at | length)])' \
    '[.hints[] | select(.proof) | {at, proof}] as $h | reduce range($h | length) as $i (.; (([.hints | to_entries[] | select(.value.proof) | .key])[$i]) as $k | .hints[$k] += $h[($i + 1) % ($h | length)])' \
    '[.hints[] | select(.proof) | .proof] as $p | reduce range($p | length) as $i (.; (([.hints | to_entries[] | select(.value.proof) | .key])[$i]) as $k | .hints[$k].proof = $p[($i + 1) % ($p | length)])' \
    '(.hints[0].at) as $at | .hints |= map(.at = $at)' \
    '(.hints[-1].at) as $at | .hints |= map(.at = $at)'; do
    edit_registry "$edit"
    # One by one too, as each miss is put right for the next read.
    for name in "${NAMES[@]}"; do
      cp "$WORK/edited" "$REGISTRY"
      assert_exit 0 mcpcred load "$name"
      assert_equal "$(cat "$OUT")" "value of $name" "after $edit"
    done
    cp "$WORK/edited" "$REGISTRY"
    all_right "after $edit"
    two_calls "after it was put right"
  done

  step "an item of another program is not read because a hint points there"
  dbus-send --session --print-reply=literal --dest=org.freedesktop.secrets /org/freedesktop/secrets \
    org.freedesktop.Secret.Service.SearchItems dict:string:string:service,other >"$WORK/other"
  number=$(grep -oE '/org/freedesktop/secrets/collection/test/[0-9]+' "$WORK/other" | head -n 1)
  [ -n "$number" ] || die "the other item is not there: this shows nothing"
  edit_registry --arg at "$number" '.hints |= map(.at = $at)'
  all_right "with the path of another program's item"

  step "our own keys, which prove what lies where, cannot be stored as a value for a hint to point to"
  secret-tool lookup service mcpcred:keys account "$LOGIN" >"$WORK/value"
  grep -q . "$WORK/value" || die "the keys are not there: this shows nothing"
  assert_error 2 "own keys" mcpcred store SENTRY_AUTH_TOKEN --stdin <"$WORK/value"
  rm "$WORK/value"

  step "what is no path"
  for garbage in "" / // "no path" "/a//b" "/org/freedesktop/secrets" "/org/freedesktop/secrets/collection/test" \
    '../../x' '/$(touch pwn)' "/org/freedesktop/secrets/collection/test/999999" "$(printf 'x%.0s' {1..5000})" "/ä"; do
    edit_registry --arg at "$garbage" '.hints |= map(.at = $at)'
    all_right "with $garbage as path"
    two_calls "after $garbage was put right"
  done
  edit_registry 'del(.hints)'
  all_right "without hints"

  step "all items have other paths after a restart, or each other's"
  restart_provider --state "$STATE" --log "$CALLS" --first-path 700
  all_right "with other paths"
  two_calls "after other paths"
  restart_provider --state "$STATE" --log "$CALLS" --first-path 700 --reverse-paths
  all_right "with each other's paths"
  two_calls "after each other's paths"
  restart_provider --state "$STATE" --log "$CALLS" --big-paths --add-schema
  all_right "with long paths"
  two_calls "after long paths"

  step "L4: a second item that matches does not take the place of the one that is known, nor is either changed"
  name=NOTION_TOKEN
  printf new >"$WORK/value"
  restart_provider --state "$STATE" --log "$CALLS" --big-paths --add-schema --item "service=$name,account=$LOGIN:another"
  all_right "beside another that matches"
  assert_error 6 "two items" mcpcred store "$name" --stdin --replace <"$WORK/value"
  assert_error 6 "two items" mcpcred delete "$name" --yes </dev/null
  all_right "beside another that matches"

  step "L4: two items that match are both named, and nothing is read or changed"
  name=STRIPE_SECRET_KEY
  restart_provider --log "$CALLS" --item "service=$name,account=$LOGIN:one" --item "service=$name,account=$LOGIN:two"
  rm -rf "$TEST_HOME/.local"
  assert_error 6 "two items" mcpcred load "$name"
  assert_contains "$ERR" /collection/test/1
  assert_contains "$ERR" /collection/test/2
  assert_error 6 "two items" mcpcred export "$name"
  assert_error 6 "two items" mcpcred delete "$name" --yes </dev/null
  printf new >"$WORK/value"
  : >"$CALLS"
  assert_error 6 "two items" mcpcred store "$name" --stdin --replace <"$WORK/value"
  ! grep -E '^(SetSecret|Delete)' "$CALLS" || die "one of the two was changed"
  # Those that are unique are to be had all the same.
  assert_exit 0 mcpcred list
}

# To be called by a plain user: root may write everywhere.
read_only() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  local name switch
  for name in "${NAMES[@]}"; do store_value "$name" "value of $name"; done
  for switch in 40 80; do
    restart_provider --state "$STATE" --log "$CALLS" --first-path "$switch"
    chmod 500 "$STATE_DIR"
    if touch "$STATE_DIR/x" 2>/dev/null; then die "the folder can be written: this shows nothing"; fi
    cp "$REGISTRY" "$WORK/kept"
    all_right "without a way to write the registry"
    [ ! -s "$ERR" ] || failed "it says something" "$LAST"
    cmp -s "$WORK/kept" "$REGISTRY" || die "the registry was written"
    chmod 700 "$STATE_DIR"
  done
}

: >"$CALLS"
if [ "${2:-}" = read-only ]; then
  with_provider --state "$STATE" --log "$CALLS" -- read_only
  exit
fi
with_provider --state "$STATE" --log "$CALLS" --item "service=other,account=other:not for us" -- hints

step "a registry that cannot be written exports all the same"
here=$(dirname "${BASH_SOURCE[0]}")
mkdir "$WORK/copy" "$WORK/tmp"
cp -r "$here" "$here/../lib" "$MCPCRED" "$SECRET_PROVIDER" "$WORK/copy"
chmod 711 "$WORK"
chmod 1777 "$WORK/tmp"
chmod -R a+rX "$WORK/copy"
as_plain_user env TMPDIR="$WORK/tmp" SECRET_PROVIDER="$WORK/copy/$(basename "$SECRET_PROVIDER")" \
  bash "$WORK/copy/$(basename "$here")/$(basename "$0")" "$WORK/copy/$(basename "$MCPCRED")" read-only
echo "a value is never taken for another's, wherever a hint points"
