#!/usr/bin/env bash
# The main job: store, check, run, export, load; and that the token is on no other way than it has to be (F1 F8 F12).
# Every system call is looked at. The canary must be seen where it is allowed, or the look was worth nothing.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
CANARY=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
# shellcheck source-path=SCRIPTDIR source=../lib/trace.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/trace.sh"
need jq dash

cat >"$TEST_HOME/bin/docker" <<'EOF'
#!/bin/sh
printf '%s' "$GITHUB_PERSONAL_ACCESS_TOKEN" | sha256sum | cut -c1-64 >"$HOME/seen"
env | cut -d= -f1 | sort >"$HOME/names"
ls /proc/self/fd >"$HOME/descriptors"
cat
EOF
chmod +x "$TEST_HOME/bin/docker"

new_vault
step "store reads the token from stdin, and passes it to nothing"
printf '%s\n' "$CANARY" >"$WORK/value"
assert_exit 0 traced store github --stdin <"$WORK/value"
only_in "${kCall}read\\(0<"
assert_lacks "$ERR" "$CANARY"
rm "$WORK/value"

step "check and list say what was found, and open no value"
assert_exit 0 traced check
nowhere
grep -qE '^github +GITHUB_TOKEN +ok ' "$OUT" || failed "no line that says ok" "$LAST"
assert_exit 0 mcpcred --check-credentials
grep -qE '^github +GITHUB_TOKEN +ok ' "$OUT" || failed "no line that says ok" "$LAST"
assert_exit 0 traced list --json
nowhere
assert_equal "$(jq -r '.schema' "$OUT")" 1
assert_equal "$(jq -r '[.. | .variable? // empty] | unique | join(" ")' "$OUT")" GITHUB_TOKEN

step "run hands the token to the catalog's command, in its environment alone"
printf '{"jsonrpc":"2.0"}\n\0\377' >"$WORK/request"
assert_exit 0 traced run github <"$WORK/request"
cmp -s "$WORK/request" "$OUT" || failed "stdin and stdout did not pass through byte by byte" "$LAST"
assert_equal "$(cat "$TEST_HOME/seen")" "$(printf '%s' "$CANARY" | sha256sum | cut -c1-64)" "what the server received"
# What comes after its start are the server's own calls.
start=$(grep -nE "${kCall}execve\\(\"$TEST_HOME/bin/docker\"" "$TRACE" | head -n 1 | cut -d: -f1)
[ -n "$start" ] || die "strace did not see the server start"
head -n "$start" "$TRACE" >"$TRACE.before" && mv "$TRACE.before" "$TRACE"
only_in "${kCall}execve\\(\"$TEST_HOME/bin/docker\", \\[[^]]*\\], \\[.*\"GITHUB_PERSONAL_ACCESS_TOKEN=$CANARY\""
assert_equal "$(sed -E 's/\], \[.*//' "$TRACE" | grep -cF "$CANARY" || true)" 0 "argument lists with the token"
step "the server gets what is declared and what was there, and no descriptor more (D6 D8)"
! grep -q '^GITHUB_TOKEN$\|^MCPCRED_' "$TEST_HOME/names" || die "the server got a variable that is not its own"
assert_exit 0 mcpcred run github </dev/null
assert_exit 0 in_clean_env sh -c 'ls /proc/self/fd' </dev/null
assert_equal "$(cat "$TEST_HOME/descriptors")" "$(cat "$OUT")" "descriptors of the server, and of a program like it"

step "run under a signal mask and exit code of its own (D7)"
printf '#!/bin/sh\nkill -TERM $$\n' >"$TEST_HOME/bin/docker"
assert_exit 143 mcpcred run github </dev/null
printf '#!/bin/sh\nexit 42\n' >"$TEST_HOME/bin/docker"
assert_exit 42 mcpcred run github </dev/null
rm "$TEST_HOME/bin/docker"
assert_exit 127 mcpcred run github </dev/null

step "load and export write it to stdout, and nowhere else"
assert_exit 0 traced load GITHUB_TOKEN
only_in "${kCall}write\\(1<"
assert_equal "$(cat "$OUT")" "$CANARY"
assert_equal "$(stat -c %s "$OUT")" "${#CANARY}" "bytes of load's output on a pipe"
assert_exit 0 traced export
only_in "${kCall}write\\(1<"
for shell in bash dash; do
  # shellcheck disable=SC2016 # for the other shell
  assert_exit 0 in_clean_env "$shell" -c 'eval "$("$0" export)"; printf %s "$GITHUB_TOKEN"' "$MCPCRED"
  assert_equal "$(cat "$OUT")" "$CANARY" "what $shell has after eval"
done
assert_exit 0 mcpcred export --format json
assert_equal "$(jq -r '.. | .GITHUB_TOKEN? // empty' "$OUT")" "$CANARY"

step "no file holds it"
rm -f "$OUT" "$TRACE"
! grep -rqFf "$WORK/needles" "$TEST_HOME" || die "a file of the home folder holds the token"
grep -qFf "$WORK/needles" <(printf 'x%s' "$CANARY") || die "grep does not find the token where it is"

step "delete removes it, for good"
assert_exit 0 mcpcred delete github --yes </dev/null
assert_error 3 GITHUB_TOKEN mcpcred load GITHUB_TOKEN
echo "the token was where it had to be, and nowhere else"
