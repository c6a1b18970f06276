#!/usr/bin/env bash
# With the Secret Service a value is in what mcpcred reads, on the socket of the bus, and where it was asked for; no
# other program is started on its way: F1 F2 F8 F12. The bus and the keyring see it too, of course.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
CANARY=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
# shellcheck source-path=SCRIPTDIR source=../lib/trace.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/trace.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/bus.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/bus.sh"
need dbus-daemon dbus-send

printf '#!/bin/sh\nexit 0\n' >"$TEST_HOME/bin/docker"
chmod +x "$TEST_HOME/bin/docker"

# bus_socket: the descriptor that was connected to the bus, as a pattern; there is one.
bus_socket() {
  local found
  found=$(grep -F "sun_path=\"$XDG_RUNTIME_DIR/bus\"" "$TRACE" | sed -nE "s/${kCall}connect\\(([0-9]+)<.*/\\1/p" | sort -u)
  [[ $found =~ ^[0-9]+$ ]] || die "not one connection to the bus in the trace of: $LAST"
  printf '%s<(UNIX|socket)' "$found"
}
# seen PATTERN…: each of them holds the canary, and no other call does.
seen() {
  local all pattern
  all=$(printf '|%s' "$@")
  only_in "$kCall(${all:1})"
  for pattern in "$@"; do
    grep -Ff "$WORK/needles" "$TRACE" | grep -qE "$kCall$pattern" || die "strace did not see the token in $pattern"
  done
}
# started COUNT: env is what strace starts, and mcpcred the second.
started() {
  assert_equal "$(grep -cE "${kCall}execve(at)?\\(.*\\) = 0" "$TRACE" || true)" "$1" "programs started by: $LAST"
  ! grep -E "$kCall(clone3?|v?fork)\\(" "$TRACE" || die "a process was started by: $LAST"
}

leaks() {
  TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  local call socket first start
  step "store: from stdin to the bus"
  printf '%s\n' "$CANARY" >"$WORK/value"
  assert_exit 0 traced store github --stdin <"$WORK/value"
  rm "$WORK/value"
  socket=$(bus_socket)
  seen "read\\(0<" "sendmsg\\($socket"
  started 2
  assert_lacks "$ERR" "$CANARY"

  for call in list check; do
    step "$call: nowhere"
    assert_exit 0 traced "$call"
    nowhere
    started 2
  done

  # With the hints that store left, and with none, when it is searched for.
  for first in 1 90; do
    restart_provider --state "$WORK/items" --first-path "$first"
    step "load, export, check --read: from the bus to stdout"
    for call in "load GITHUB_TOKEN" export; do
      # shellcheck disable=SC2086 # words
      assert_exit 0 traced $call
      socket=$(bus_socket)
      seen "recvmsg\\($socket" "write\\(1<"
      started 2
      restart_provider --state "$WORK/items" --first-path $((++first))
    done
    assert_exit 0 traced check --read
    socket=$(bus_socket)
    seen "recvmsg\\($socket"
    started 2
  done

  step "run: from the bus into the server's environment"
  for first in 1 90; do
    restart_provider --state "$WORK/items" --first-path "$first"
    assert_exit 0 traced run github </dev/null
    # What comes after its start are the server's own calls.
    start=$(grep -nE "${kCall}execve\\(\"$TEST_HOME/bin/docker\"" "$TRACE" | head -n 1 | cut -d: -f1)
    [ -n "$start" ] || die "strace did not see the server start"
    head -n "$start" "$TRACE" >"$TRACE.before" && mv "$TRACE.before" "$TRACE"
    socket=$(bus_socket)
    seen "recvmsg\\($socket" "execve\\(\"$TEST_HOME/bin/docker\", \\[[^]]*\\], \\[.*\"GITHUB_PERSONAL_ACCESS_TOKEN=$CANARY\""
    assert_equal "$(sed -E 's/\], \[.*//' "$TRACE" | grep execve | grep -cF "$CANARY" || true)" 0 "argument lists with it"
    started 3
  done

  step "no file of the home folder holds it"
  rm -f "$OUT" "$TRACE"
  ! grep -rqFf "$WORK/needles" "$TEST_HOME" || die "a file of the home folder holds the token"
}

with_provider --state "$WORK/items" -- leaks
echo "the token was on the bus, and where it had to be"
