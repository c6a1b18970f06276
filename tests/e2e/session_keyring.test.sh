#!/usr/bin/env bash
# J5 J7 J8: `vault unlock` keeps the identity for the shell that it was typed in: the next command of that shell and
# its children need no passphrase, no other session of the same user finds it, and `vault lock` takes it away. Where
# the kernel refuses keyrings (containers), unlocking says so and nothing is left half done.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"
need keyctl bash zsh setsid

PASSPHRASE=$WORK/passphrase
printf 'correct horse battery staple\n' >"$PASSPHRASE"
assert_exit 0 mcpcred vault init --passphrase-stdin <"$PASSPHRASE"

# A shell session of its own: no terminal, so nobody is ever asked; `m` is a direct child of the shell.
export MCPCRED TEST_HOME TEST_PATH SANITIZER PASSPHRASE WORK
# shellcheck disable=SC2016 # for the shells below
PRELUDE='
m() { env -i HOME="$TEST_HOME" PATH="$TEST_PATH" "$SANITIZER" DBUS_SESSION_BUS_ADDRESS="$NO_BUS" "$MCPCRED" "$@"; }
unlock() { m vault unlock --passphrase-stdin <"$PASSPHRASE"; }
cached() { m vault status --json | tr -d " \n" | grep -q "\"cached\":true"; }
bad() { m vault lock >/dev/null 2>&1; echo "$1"; exit 1; }
'
session() { # session WRAPPER… -- SHELL CODE
  local wrapper=()
  while [ "$1" != -- ]; do
    wrapper+=("$1")
    shift
  done
  LAST="$2 -c $3"
  setsid -w "${wrapper[@]}" "$2" -c "$PRELUDE$3" >"$OUT" 2>"$ERR" </dev/null ||
    failed "in $2${wrapper[*]:+ under ${wrapper[*]}}: $(tail -n 1 "$OUT")" "$LAST"
}

if ! keyctl session - true >/dev/null 2>&1; then
  step "no keyrings here: unlock says so"
  assert_error 5 "kept unlocked" mcpcred vault unlock --passphrase-stdin <"$PASSPHRASE"
  assert_exit 0 mcpcred vault status --json
  assert_contains "$OUT" "not available"
  exit 0
fi

# shellcheck disable=SC2016
SAME_SHELL='
cached && bad "unlocked before it was asked for"
unlock || bad "unlock failed"
cached || bad "the next command of the shell does not find the key"
(cached) || bad "a subshell does not find the key"
m list >/dev/null || bad "the vault does not open"
keyctl session - env -i HOME="$TEST_HOME" PATH="$TEST_PATH" "$SANITIZER" DBUS_SESSION_BUS_ADDRESS="$NO_BUS" "$MCPCRED" vault status --json \
  2>/dev/null >"$WORK/other" || bad "status failed in another session"
grep -q "\"cached\": *true" "$WORK/other" && bad "another session of the same user finds the key"
unlock || bad "unlocking twice failed"
m vault lock || bad "lock failed"
cached && bad "still unlocked after lock"
m vault lock || bad "locking twice failed"
exit 0
'
# shellcheck disable=SC2016
LEAVE_UNLOCKED='unlock || bad "unlock failed"; cached || bad "not unlocked"; exit 0'
# shellcheck disable=SC2016
FIND_NOTHING='cached && bad "the key outlived the shell that it was for"; exit 0'

for shell in bash zsh; do
  step "$shell, in a session keyring of its own"
  session keyctl session - -- "$shell" "$SAME_SHELL"
  step "$shell, in the session that this test runs in"
  session -- "$shell" "$SAME_SHELL"
  step "$shell: the key goes with its session"
  session keyctl session - -- "$shell" "$LEAVE_UNLOCKED"
  session -- "$shell" "$FIND_NOTHING"
done
echo ok
