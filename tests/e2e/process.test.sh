#!/usr/bin/env bash
# The process itself while it holds a secret, and what it says: F3 F4 F7 F9, D4 D11, C8, E5.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"
need strace setpriv

CANARY=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
printf '#!/bin/sh\nenv\n' >"$TEST_HOME/bin/docker"
chmod +x "$TEST_HOME/bin/docker"
new_vault
store_value github "$CANARY"

step "F3 F4: no other program of the user looks into it, and it leaves no core"
plain_home=$WORK/plain
mkdir "$plain_home"
chmod 711 "$WORK"
if [ "$(id -u)" -eq 0 ]; then chown 65534:65534 "$plain_home"; fi
as_plain_user env -i HOME="$plain_home" "$SANITIZER" true || die "no plain user can be had here"
cp "$MCPCRED" "$WORK/mcpcred"
chmod 755 "$WORK/mcpcred"
mkfifo -m 666 "$WORK/pipe"
exec 7<>"$WORK/pipe"
plain() { as_plain_user env -i HOME="$plain_home" PATH=/usr/bin:/bin "$SANITIZER" DBUS_SESSION_BUS_ADDRESS="$NO_BUS" "$@"; }
plain "$WORK/mcpcred" vault init --key-file "$plain_home/vault.key" >/dev/null 2>&1
# shellcheck disable=SC2016 # for the inner shell
plain bash -c 'ulimit -c unlimited; echo $$ >"$1"; exec "$0" store GITHUB_TOKEN --stdin' \
  "$WORK/mcpcred" "$plain_home/pid" <"$WORK/pipe" >/dev/null 2>&1 &
job=$!
printf '%s' "$CANARY" >&7
# Until it waits for the rest of its input.
waiting=
for _ in $(seq 200); do
  waiting=$(cat "$plain_home/pid" 2>/dev/null || true)
  if [ -n "$waiting" ] && [ "$(cat "/proc/$waiting/comm")" = mcpcred ]; then
    ! grep -q '^State:[[:space:]]*S' "/proc/$waiting/status" || break
  fi
  sleep 0.05
done
# The look must be one that works: at a process of the same user that hides nothing.
# shellcheck disable=SC2016
plain bash -c 'echo $$ >"$0"; exec sleep 60' "$plain_home/other" &
sleep 0.5
other=$(cat "$plain_home/other")
plain cat "/proc/$other/environ" >/dev/null || die "a plain process cannot be looked into either: this shows nothing"
if plain cat "/proc/$waiting/environ" >/dev/null 2>&1; then die "the environment of the process can be read"; fi
attached=0
plain timeout 2 strace -qq -p "$waiting" -o /dev/null 2>"$WORK/attach" || attached=$?
if [ "$attached" -eq 124 ] || [ "$attached" -eq 0 ]; then die "the process can be traced"; fi
grep -qi 'not permitted\|denied' "$WORK/attach" || die "tracing failed otherwise: $(cat "$WORK/attach")"
awk '/^Max core file size/ {exit $5 != 0}' "/proc/$waiting/limits" || die "it may leave a core file"
kill "$waiting" "$other"
wait "$job" 2>/dev/null || true
exec 7>&-

step "F9: neither --verbose nor --json says a value"
printf '%s' "$CANARY" >"$WORK/value"
printf '%s' "bad$CANARY" >"$WORK/bad"
assert_exit 0 mcpcred --verbose --json store GITHUB_TOKEN --stdin --replace <"$WORK/bad"
assert_lacks "$OUT" EXAMPLEexample
assert_lacks "$ERR" EXAMPLEexample
assert_exit 0 mcpcred --verbose --json store GITHUB_TOKEN --stdin --replace <"$WORK/value"
assert_lacks "$OUT" EXAMPLEexample
assert_lacks "$ERR" EXAMPLEexample
for command in list check "check --read" "approve --list" "vault status" "catalog show github"; do
  # shellcheck disable=SC2086 # words
  mcpcred --verbose --json $command >"$OUT" 2>"$ERR" || [ $? -eq 1 ] || failed "failed" "$command"
  LAST=$command
  assert_lacks "$OUT" EXAMPLEexample
  assert_lacks "$ERR" EXAMPLEexample
done

step "D4 F7: loader variables and our own do not reach the server; the rest does"
assert_exit 0 in_clean_env env LD_AUDIT= LD_LIBRARY_PATH=/nonexistent MCPCRED_KEY_FILE="$KEY_FILE" OTHER=stays \
  "$MCPCRED" run github </dev/null
assert_contains "$OUT" "GITHUB_PERSONAL_ACCESS_TOKEN=$CANARY"
assert_contains "$OUT" OTHER=stays
assert_lacks "$OUT" LD_LIBRARY_PATH
assert_lacks "$OUT" MCPCRED_

step "D11: mcpcred does not start itself with a credential"
assert_error 4 "" mcpcred run github -- "$MCPCRED" run github
assert_lacks "$OUT" "$CANARY"

step "C8: what a failed load or export prints can be evaluated: nothing"
assert_error 3 NOTION_TOKEN mcpcred load NOTION_TOKEN
assert_error 3 "" mcpcred export notion

step "E5: no escape sequence where there is no terminal, whatever NO_COLOR and TERM say"
for command in list check "catalog list" "vault status" --help "run githb"; do
  # shellcheck disable=SC2086 # words
  in_clean_env env TERM=xterm-256color "$MCPCRED" $command >"$OUT" 2>"$ERR" || true
  LAST=$command
  assert_lacks "$OUT" $'\e'
  assert_lacks "$ERR" $'\e'
done
echo "nothing seen that must not be"
