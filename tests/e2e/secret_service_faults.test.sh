#!/usr/bin/env bash
# A Secret Service that is locked, silent, gone or refuses: a code, one error line, nothing on stdout, nothing changed.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/bus.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/bus.sh"
need dbus-daemon dbus-send

CANARY=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
STATE=$WORK/items
CALLS=$WORK/calls
BASE_HOME=$WORK/base-home

# refused CODE TEXT COMMAND…: and nothing was changed, neither here nor there.
refused() {
  local before
  before=$(snapshot && cat "$STATE")
  assert_error "$@"
  assert_lacks "$ERR" "$CANARY"
  [ "$(snapshot && cat "$STATE")" = "$before" ] || failed "something was changed" "$LAST"
}
# provider SWITCH…
provider() { restart_provider --state "$STATE" --log "$CALLS" "$@"; }
still_there() {
  provider
  assert_exit 0 mcpcred load GITHUB_TOKEN
  assert_equal "$(cat "$OUT")" "$CANARY" "the value that was stored before"
}
never_prompted() { ! grep -q '^Prompt' "$CALLS" || die "somebody was asked: $LAST"; }

# fresh NAME: a home of its own, as the one that has a value; for what runs beside the others.
fresh() {
  WORK=$WORK/$1
  mkdir "$WORK"
  cp -r "$BASE_HOME" "$WORK/home"
  cp "$STATE" "$WORK/items"
  TEST_HOME=$WORK/home STATE=$WORK/items CALLS=$WORK/calls OUT=$WORK/stdout ERR=$WORK/stderr
  TEST_PATH=$TEST_HOME/bin:/usr/local/bin:/usr/bin:/bin
}

prepare() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  printf '#!/bin/sh\necho started\n' >"$TEST_HOME/bin/docker"
  chmod +x "$TEST_HOME/bin/docker"
  store_value github "$CANARY"
  assert_exit 0 mcpcred export
  cp -r "$TEST_HOME" "$BASE_HOME"
}

# silent METHOD COMMAND…: ends by itself, with the ways on, and what did not answer is not asked again.
silent() {
  local method=$1 start=$SECONDS
  shift
  fresh "silent-$method-$1"
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  provider --hang "$method"
  refused 5 "does not answer" mcpcred "$@" </dev/null
  assert_contains "$ERR" "mcpcred vault init"
  start=$((SECONDS - start))
  [ "$start" -ge 8 ] || failed "it waited $start seconds only" "$LAST"
  assert_equal "$(grep -c "^$method" "$CALLS")" 1 "calls of $method"
}
# Without hints, so that it is the search that finds nobody.
silent_search() {
  local start=$SECONDS
  fresh silent-search
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  provider --hang SearchItems --first-path 50
  refused 5 "does not answer" mcpcred load GITHUB_TOKEN
  start=$((SECONDS - start))
  [ "$start" -ge 8 ] || failed "it waited $start seconds only" "$LAST"
}

unanswered() {
  local start=$SECONDS
  fresh unanswered
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  provider --locked --never-answer-prompt
  refused 4 "within 30 seconds" mcpcred load GITHUB_TOKEN
  grep -q '^Prompt' "$CALLS" || die "nobody was asked: this shows nothing"
  grep -q '^Dismiss' "$CALLS" || die "the question stays on the screen"
  start=$((SECONDS - start))
  [ "$start" -ge 28 ] || failed "it waited $start seconds only" "$LAST"
}

locked() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  step "locked: the keyring's own question opens it"
  provider --locked
  assert_exit 0 mcpcred load GITHUB_TOKEN
  assert_equal "$(cat "$OUT")" "$CANARY"
  grep -q '^Prompt' "$CALLS" || die "nobody was asked: this shows nothing"
  provider --locked --hide-attributes
  assert_exit 0 mcpcred run github </dev/null
  assert_contains "$OUT" started

  step "locked: a shell that starts asks nobody"
  provider --locked
  : >"$CALLS"
  refused 4 "keyring is locked" mcpcred export
  refused 4 "keyring is locked" mcpcred export GITHUB_TOKEN
  never_prompted

  step "locked: turned down"
  provider --locked --dismiss
  refused 4 "stays locked" mcpcred load GITHUB_TOKEN
  refused 4 "stays locked" mcpcred run github </dev/null
  refused 4 "stays locked" mcpcred delete github --yes </dev/null
  printf new >"$WORK/value"
  refused 4 "stays locked" mcpcred store BRAVE_API_KEY --stdin <"$WORK/value"
  refused 4 "stays locked" mcpcred store GITHUB_TOKEN --stdin --replace <"$WORK/value"
  still_there
}

refusals() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  local method
  printf new >"$WORK/value"
  step "refused: reading"
  for method in OpenSession GetSecrets; do
    provider --deny "$method"
    refused 4 refused mcpcred load GITHUB_TOKEN
    refused 4 refused mcpcred export
    refused 4 refused mcpcred run github </dev/null
  done
  step "refused: a search or a look at attributes is not taken for 'nothing there'"
  for method in SearchItems Get; do
    provider --deny "$method" --first-path 50
    refused 4 refused mcpcred load GITHUB_TOKEN
    refused 4 refused mcpcred store GITHUB_TOKEN --stdin <"$WORK/value"
    refused 4 refused mcpcred store GITHUB_TOKEN --stdin --replace <"$WORK/value"
    refused 4 refused mcpcred delete github --yes </dev/null
  done
  step "refused: writing"
  provider --deny SetSecret
  refused 4 refused mcpcred store GITHUB_TOKEN --stdin --replace <"$WORK/value"
  provider --deny CreateItem
  refused 4 refused mcpcred store BRAVE_API_KEY --stdin <"$WORK/value"
  still_there
  step "an error of which nobody has heard"
  provider --deny GetSecrets --error org.example.Strange
  refused 5 "answered" mcpcred load GITHUB_TOKEN
  step "no default keyring"
  provider --no-default
  refused 5 "no default keyring" mcpcred store BRAVE_API_KEY --stdin <"$WORK/value"
  still_there
}

# The service ends at the very call, as a crash would.
dying() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  local method command
  printf new >"$WORK/value"
  for method in OpenSession SearchItems Get GetSecrets SetSecret; do
    provider --hang "$method" --first-path 50
    command=(load GITHUB_TOKEN)
    [ "$method" != SetSecret ] || command=(store GITHUB_TOKEN --stdin --replace)
    : >"$CALLS"
    (
      until grep -q "^$method" "$CALLS"; do sleep 0.05; done
      # Of SIGKILL bash would tell on stderr, where the test looks.
      kill -TERM "$PROVIDER_PID"
    ) &
    refused 5 "Secret Service" mcpcred "${command[@]}" <"$WORK/value"
    wait $!
    still_there
  done
}

nobody() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  step "a bus with nobody on it"
  printf new >"$WORK/value"
  refused 5 "no program provides" mcpcred load GITHUB_TOKEN
  refused 5 "no program provides" mcpcred export
  refused 5 "no program provides" mcpcred run github </dev/null
  refused 5 "no program provides" mcpcred store GITHUB_TOKEN --stdin --replace <"$WORK/value"
  refused 5 "no program provides" mcpcred delete github --yes </dev/null
  assert_contains "$ERR" gnome-keyring
  assert_exit 0 mcpcred list
  assert_contains "$OUT" GITHUB_TOKEN
}

# --state is written at each start: one for all.
with_provider --state "$STATE" -- prepare

step "in the background: silent, and never answered"
JOBS=()
background() {
  local name="$WORK/said-$1-$2"
  (with_provider -- "$@") >"$name" 2>&1 &
  JOBS+=("$!:$name")
}
background unanswered alone
background silent OpenSession load GITHUB_TOKEN
background silent GetSecrets export
background silent_search load
with_provider -- locked
with_provider -- refusals
step "it ends between two calls"
with_provider -- dying
with_bus nobody

step "no bus at all"
TEST_BUS=
refused 5 "no session bus" mcpcred load GITHUB_TOKEN
assert_contains "$ERR" "mcpcred vault init"
refused 5 "no session bus" in_clean_env env SSH_CONNECTION="192.0.2.1 1 192.0.2.2 22" "$MCPCRED" load GITHUB_TOKEN
# A container or WSL explains it better, where it is one.
grep -qE '\(this is (an SSH session|a container|WSL)\)' "$ERR" || failed "it does not say where this is" "$LAST"
refused 5 "" in_clean_env env DBUS_SESSION_BUS_ADDRESS="nonsense" "$MCPCRED" load GITHUB_TOKEN

step "those in the background"
for job in "${JOBS[@]}"; do
  wait "${job%%:*}" || {
    cat "${job#*:}" >&2
    exit 1
  }
done
echo "it ends with a reason, and nothing is lost"
