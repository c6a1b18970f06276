#!/usr/bin/env bash
# The real binary on gnome-keyring, and beside secret-tool and the commands of the guide: L3 L5 L8.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/bus.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/bus.sh"
need gnome-keyring-daemon secret-tool dbus-daemon dbus-send jq
CONTRACT=${CONTRACT_PROGRAM:?"the path of test_contract"}

CANARY=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
REGISTRY=$TEST_HOME/.local/state/mcpcred/registry.json
LOGIN=$(id -un)
# shellcheck disable=SC2016 # for the other shell
printf '#!/bin/sh\nprintf %%s "$GITHUB_PERSONAL_ACCESS_TOKEN"\n' >"$TEST_HOME/bin/docker"
chmod +x "$TEST_HOME/bin/docker"

# tool_store NAME VALUE [ATTRIBUTE TEXT]…: as the guide does it.
tool_store() {
  local name=$1 value=$2
  shift 2
  printf '%s' "$value" | secret-tool store --label="by secret-tool: $name" service "$name" account "$LOGIN" "$@"
}
# tool_lookup NAME [ATTRIBUTE TEXT]…
tool_lookup() { secret-tool lookup service "$1" account "$LOGIN" "${@:2}"; }

# items_of NAME: the paths of all items with that service, one a line.
items_of() {
  dbus-send --session --print-reply=literal --dest=org.freedesktop.secrets /org/freedesktop/secrets \
    org.freedesktop.Secret.Service.SearchItems "dict:string:string:service,$1" |
    grep -oE '/org/freedesktop/secrets/collection/[^] ]+' || true
}
exported() { jq -r --arg name "$1" '[.. | .[$name]? // empty] | first // "none"' "$OUT"; }
state_of() { jq -r --arg name "$1" '.credentials[] | select(.variable == $name) | .state' "$OUT"; }

# A tag that no test has would be a success, too.
contract() {
  assert_exit 0 env "$SANITIZER" "$CONTRACT" "$1"
  assert_contains "$OUT" "All tests passed"
}
keyring_contract() {
  step "L8: the contract of a store, with every byte, line ends and NUL in values; before and after a restart"
  contract "[secret-service]"
  contract "[secret-service-addresses]"
  contract "[secret-service-before]"
  restart_keyring
  contract "[secret-service-after]"
  contract "[secret-service]"
  step "the same where values are encrypted on the bus"
  contract "[secret-service-encrypted]"
}

main_job() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  step "the main job on the keyring, without anything set up before"
  store_value github "$CANARY"
  assert_equal "$(jq -r .store "$REGISTRY")" secret-service
  assert_exit 0 mcpcred load GITHUB_TOKEN
  assert_equal "$(cat "$OUT")" "$CANARY"
  assert_exit 0 mcpcred list
  assert_contains "$OUT" secret-service
  assert_lacks "$OUT" "$CANARY"
  assert_exit 0 mcpcred check
  assert_exit 0 mcpcred check --read --json
  assert_equal "$(state_of GITHUB_TOKEN)" ok
  assert_exit 0 mcpcred export --format json
  assert_equal "$(exported GITHUB_TOKEN)" "$CANARY"
  assert_exit 0 mcpcred run github </dev/null
  assert_equal "$(cat "$OUT")" "$CANARY"
  ! grep -rqF "$CANARY" "$TEST_HOME" || die "a file of the home folder holds the token"

  step "a client that starts the server with no more than the bus's folder, or with nothing at all"
  local bare=(env -i "$SANITIZER" PATH="$TEST_PATH" HOME="$TEST_HOME")
  assert_exit 0 "${bare[@]}" XDG_RUNTIME_DIR="$XDG_RUNTIME_DIR" "$MCPCRED" run github </dev/null
  assert_equal "$(cat "$OUT")" "$CANARY"
  # Elsewhere that folder is a session's own, with a bus that is none of ours.
  if [ ! -e "/run/user/$(id -u)" ] && [ -w /run/user ]; then
    mkdir -m 700 "/run/user/$(id -u)"
    ln -s "$XDG_RUNTIME_DIR/bus" "/run/user/$(id -u)/bus"
    "${bare[@]}" "$MCPCRED" run github </dev/null >"$OUT" 2>"$ERR" || true
    rm -r "/run/user/$(id -u)"
    assert_equal "$(cat "$OUT")" "$CANARY" "what the server got in an empty environment"
  fi

  step "secret-tool reads what mcpcred stored, under the login's name; also of another account"
  assert_equal "$(tool_lookup GITHUB_TOKEN)" "$CANARY"
  store_value GITHUB_TOKEN other-value --account work
  assert_equal "$(secret-tool lookup service GITHUB_TOKEN account work)" other-value
  assert_exit 0 mcpcred load GITHUB_TOKEN --account work
  assert_equal "$(cat "$OUT")" other-value
  assert_exit 0 mcpcred load GITHUB_TOKEN
  assert_equal "$(cat "$OUT")" "$CANARY"
  assert_exit 0 mcpcred delete GITHUB_TOKEN --account work --yes </dev/null
  assert_equal "$(items_of GITHUB_TOKEN | wc -l)" 1

  step "L5: what another program changed or removed is told, and is not taken for ours"
  tool_store GITHUB_TOKEN "${CANARY}x"
  assert_exit 1 mcpcred check --read --json </dev/null
  assert_equal "$(state_of GITHUB_TOKEN)" changed
  assert_exit 0 mcpcred load GITHUB_TOKEN
  assert_equal "$(cat "$OUT")" "${CANARY}x"
  store_value GITHUB_TOKEN "$CANARY" --replace
  assert_exit 0 mcpcred check --read
  secret-tool clear service GITHUB_TOKEN account "$LOGIN"
  assert_error 3 GITHUB_TOKEN mcpcred load GITHUB_TOKEN
  assert_exit 1 mcpcred check --read --json </dev/null
  assert_equal "$(state_of GITHUB_TOKEN)" changed
  assert_error 3 GITHUB_TOKEN mcpcred run github </dev/null
  store_value GITHUB_TOKEN "$CANARY" --replace
  printf damaged | secret-tool store --label="our keys" service mcpcred:keys account "$LOGIN"
  assert_error 6 "are damaged" mcpcred run github </dev/null
  secret-tool clear service mcpcred:keys
  assert_error 6 "own keys" mcpcred run github </dev/null
  assert_exit 0 mcpcred delete github --yes </dev/null
  assert_equal "$(items_of GITHUB_TOKEN)" ""
}

# The guide's commands, before mcpcred was ever there.
with_the_guide() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  local rows name text value path
  rows="GITHUB_TOKEN|$CANARY
BRAVE_API_KEY|two words, 'quoted' \$(and more)
LINEAR_API_KEY|lin_api_EXAMPLEexampleEXAMPLEexampleEXAMPLE"
  step "items that secret-tool made are found by name, listed, checked and exported"
  while IFS='|' read -r name value; do tool_store "$name" "$value"; done <<<"$rows"
  while IFS='|' read -r name value; do
    assert_exit 0 mcpcred load "$name"
    assert_equal "$(cat "$OUT")" "$value" "$name"
    assert_exit 0 mcpcred list --json
    jq -e --arg name "$name" '.credentials[] | select(.variable == $name)' "$OUT" >/dev/null ||
      failed "list lacks $name" "$LAST"
    assert_exit 0 mcpcred export "$name" --format json
    assert_equal "$(exported "$name")" "$value" "$name"
  done <<<"$rows"
  assert_exit 0 mcpcred export --format json
  while IFS='|' read -r name value; do
    assert_equal "$(exported "$name")" "$value" "$name in the export of everything"
  done <<<"$rows"
  mcpcred check --json >"$OUT" 2>"$ERR" || [ $? -eq 1 ] || failed "check failed" check
  while IFS='|' read -r name value; do
    jq -e --arg name "$name" '.credentials[] | select(.variable == $name)' "$OUT" >/dev/null ||
      failed "check lacks $name" check
  done <<<"$rows"

  step "also after a restart of the keyring, which adds xdg:schema to each"
  restart_keyring
  while IFS='|' read -r name value; do
    assert_exit 0 mcpcred load "$name"
    assert_equal "$(cat "$OUT")" "$value" "$name"
  done <<<"$rows"

  step "store --replace changes that very item"
  while IFS='|' read -r name value; do
    path=$(items_of "$name")
    printf '%s' "$value" >"$WORK/value"
    assert_error 6 "$name" mcpcred store "$name" --stdin <"$WORK/value"
    assert_equal "$(tool_lookup "$name")" "$value" "$name after a refused store"
    store_value "$name" "new $value" --replace
    assert_equal "$(items_of "$name")" "$path" "the item of $name"
    assert_equal "$(tool_lookup "$name")" "new $value"
  done <<<"$rows"

  step "L3: an item with an attribute more is neither read, listed, changed nor removed"
  for text in "purpose backup" "xdg:schema org.example.Other" "username somebody"; do
    name=STRIPE_SECRET_KEY
    # shellcheck disable=SC2086 # two words
    tool_store "$name" theirs $text
    assert_error 3 "$name" mcpcred load "$name"
    assert_exit 0 mcpcred list
    assert_lacks "$OUT" "$name"
    assert_exit 0 mcpcred export --format json
    assert_lacks "$OUT" "$name"
    store_value "$name" ours
    assert_exit 0 mcpcred load "$name"
    assert_equal "$(cat "$OUT")" ours "with $text"
    assert_equal "$(items_of "$name" | wc -l)" 2
    # shellcheck disable=SC2086
    assert_equal "$(tool_lookup "$name" $text)" theirs "with $text"
    assert_exit 0 mcpcred delete "$name" --yes </dev/null
    # shellcheck disable=SC2086
    assert_equal "$(tool_lookup "$name" $text)" theirs "with $text"
    assert_error 3 stripe mcpcred delete "$name" --yes </dev/null
    # shellcheck disable=SC2086
    secret-tool clear service "$name" account "$LOGIN" $text
    assert_equal "$(items_of "$name")" ""
  done

  step "L3: nor one with an attribute less, or of the account that is called default"
  printf 'theirs' | secret-tool store --label="no account" service STRIPE_SECRET_KEY
  printf 'theirs' | secret-tool store --label="default" service STRIPE_SECRET_KEY account default
  assert_error 3 STRIPE_SECRET_KEY mcpcred load STRIPE_SECRET_KEY
  assert_exit 0 mcpcred list
  assert_lacks "$OUT" STRIPE_SECRET_KEY

  step "a locked keyring asks nobody where nobody can answer"
  restart_keyring locked
  assert_error 4 locked mcpcred export
  assert_error 4 locked mcpcred load GITHUB_TOKEN
}

with_keyring keyring_contract
with_keyring main_job
rm -rf "$TEST_HOME/.local"
with_keyring with_the_guide
echo "mcpcred, gnome-keyring and secret-tool read and write the same items"
