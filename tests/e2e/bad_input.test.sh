#!/usr/bin/env bash
# Bad input: one error line, the documented exit code, and nothing changed. The real binary against the list of the
# first issue; numbers are those of the attack cases.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need expect

SYNTHETIC=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
UNLIKELY=never-to-be-echoed-5f1c
printf '#!/bin/sh\necho started\n' >"$TEST_HOME/bin/docker"
chmod +x "$TEST_HOME/bin/docker"
cp "$TEST_HOME/bin/docker" "$TEST_HOME/bin/npx"
new_vault
store_value github "$SYNTHETIC"

# refuses CODE TEXT COMMAND…: assert_error, and every file of the home folder is as it was.
refuses() {
  local before
  before=$(snapshot)
  assert_error "$@"
  assert_equal "$(snapshot)" "$before" "a refused command changed a file"
}
from_file() {
  local input=$1
  shift
  "$@" <"$input"
}
to_full_device() { "$@" >/dev/full; }

step "names: unknown, mistyped, hostile (A1 A2 A3 A5 A8 A9)"
refuses 2 githb mcpcred run githb </dev/null
assert_contains "$ERR" github
refuses 2 azure-devop mcpcred store azure-devop --stdin </dev/null
assert_contains "$ERR" azure-devops
for name in ../../etc/x /abs 'C:\x' a//b a/./b 'a b' '' $'line\nbreak' $'bell\a' '-x'; do
  printf x >"$WORK/value"
  refuses 2 "" from_file "$WORK/value" mcpcred store "$name" --stdin
done
assert_error 2 '\x1b' mcpcred check $'\e]0;title\a' </dev/null
long=$(printf 'N%.0s' $(seq 256))
refuses 2 "" from_file "$WORK/value" mcpcred store "$long" --stdin
step "case-only twins of a name (A11)"
refuses 2 GITHUB_TOKEN from_file "$WORK/value" mcpcred store github_token --stdin
assert_exit 0 from_file "$WORK/value" mcpcred store OWN_NAME --stdin
refuses 2 OWN_NAME from_file "$WORK/value" mcpcred store own_name --stdin

step "values: none, NUL, one byte too many (A15 B3)"
refuses 2 empty mcpcred store NOTION_TOKEN --stdin </dev/null
printf '\n' >"$WORK/value"
refuses 2 empty from_file "$WORK/value" mcpcred store NOTION_TOKEN --stdin
head -c 65537 /dev/zero | tr '\0' a >"$WORK/value"
refuses 2 "" from_file "$WORK/value" mcpcred store NOTION_TOKEN --stdin
head -c 65536 "$WORK/value" >"$WORK/largest"
assert_exit 0 from_file "$WORK/largest" mcpcred store NOTION_TOKEN --stdin
assert_exit 0 mcpcred load NOTION_TOKEN
cmp -s "$OUT" "$WORK/largest" || failed "64 KiB did not come back as they were" load NOTION_TOKEN
assert_exit 0 mcpcred delete NOTION_TOKEN --yes </dev/null
printf 'a\0b' >"$WORK/value"
assert_exit 0 from_file "$WORK/value" mcpcred store SENTRY_AUTH_TOKEN --stdin --exact
assert_exit 0 mcpcred load SENTRY_AUTH_TOKEN
cmp -s "$OUT" "$WORK/value" || failed "a value with NUL did not come back as it was" load SENTRY_AUTH_TOKEN
refuses 2 SENTRY_AUTH_TOKEN mcpcred export sentry
refuses 2 SENTRY_AUTH_TOKEN mcpcred run sentry
assert_exit 0 mcpcred delete SENTRY_AUTH_TOKEN --yes </dev/null

step "a secret among the arguments (A13)"
refuses 2 "" mcpcred store github "$UNLIKELY" </dev/null
assert_contains "$ERR" --stdin
assert_lacks "$ERR" "$UNLIKELY"
refuses 2 "" mcpcred store "NOTION_TOKEN=$UNLIKELY" </dev/null
assert_lacks "$ERR" "$UNLIKELY"

step "nobody to ask: no terminal and no stdin "
refuses 2 terminal mcpcred store notion </dev/null
assert_contains "$ERR" --stdin

step "a name that is there is replaced only on a yes"
printf other >"$WORK/value"
refuses 6 GITHUB_TOKEN mcpcred store github --stdin <"$WORK/value"
assert_contains "$ERR" --replace

step "a name under which nothing is stored"
refuses 3 FIGMA_TOKEN mcpcred load FIGMA_TOKEN
refuses 3 FIGMA_TOKEN mcpcred run figma

step "another command than the approved one (D10)"
refuses 4 "" mcpcred run github -- sh -c 'echo leaked'
assert_contains "$ERR" "mcpcred approve github -- sh -c 'echo leaked'"

step "stdout is full (C7)"
for command in "load GITHUB_TOKEN" "export" "list" "list --json" "check" "--version" "--help"; do
  # shellcheck disable=SC2086 # words
  assert_error 5 "" to_full_device mcpcred $command
done

step "HOME relative (G7)"
refuses 2 HOME in_clean_env env HOME=relative "$MCPCRED" list
assert_file_absent relative

step "run from any folder, without HOME and PATH"
elsewhere=$WORK/elsewhere
assert_exit 0 mcpcred --data-dir "$elsewhere" vault init --key-file "$WORK/elsewhere.key" </dev/null
printf '%s' "$SYNTHETIC" >"$WORK/value"
assert_exit 0 from_file "$WORK/value" mcpcred --data-dir "$elsewhere" store github --stdin
in_root() { (cd / && "$@"); }
assert_exit 0 in_root env -i "$SANITIZER" DBUS_SESSION_BUS_ADDRESS="$NO_BUS" setsid -w "$MCPCRED" --data-dir "$elsewhere" run github </dev/null
assert_contains "$OUT" started

step "modes too wide (G1 G2 J10)"
# too_wide PATH MODE OWN_MODE
too_wide() {
  chmod "$2" "$1"
  refuses 4 "$(basename "$1")" mcpcred load GITHUB_TOKEN
  assert_contains "$ERR" "chmod"
  chmod "$3" "$1"
}
too_wide "$VAULT" 644 600
too_wide "$(dirname "$VAULT")" 755 700
too_wide "$KEY_FILE" 644 400

step "the disk is full (G8)"
limited() {
  # The signal of the limit is ignored, so that the write itself fails.
  (
    trap '' XFSZ
    ulimit -f 1
    "$@"
  )
}
printf new >"$WORK/value"
before=$(snapshot)
assert_exit 5 limited mcpcred store NEW_NAME --stdin <"$WORK/value"
assert_equal "$(snapshot)" "$before" "a full disk changed a file"
if [ "$(id -u)" -eq 0 ] && mkdir "$WORK/small" && mount -t tmpfs -o size=64k,mode=700 tmpfs "$WORK/small" 2>/dev/null; then
  cleanup() {
    umount "$WORK/small" || true
    rm -rf "$WORK"
  }
  cp -a "$TEST_HOME/.local" "$KEY_FILE" "$WORK/small"
  in_small() { env -i HOME="$WORK/small" PATH="$TEST_PATH" MCPCRED_KEY_FILE="$WORK/small/vault.key" "$SANITIZER" DBUS_SESSION_BUS_ADDRESS="$NO_BUS" setsid -w "$MCPCRED" "$@"; }
  assert_exit 0 in_small load GITHUB_TOKEN
  dd if=/dev/zero of="$WORK/small/fill" bs=1k 2>/dev/null || true
  TEST_HOME=$WORK/small refuses 5 "" from_file "$WORK/value" in_small store NEW_NAME --stdin
  assert_exit 0 in_small load GITHUB_TOKEN
  assert_equal "$(cat "$OUT")" "$SYNTHETIC"
else
  echo "   no tmpfs may be mounted here: the limit on file sizes stands for the full disk"
fi

step "the vault: flipped, cut, swapped, older (I1 I2 I12 I13)"
cp "$VAULT" "$WORK/good"
size=$(stat -c %s "$VAULT")
damaged() { # CODE TEXT: load, store and export all refuse, and touch nothing
  printf x >"$WORK/value"
  refuses "$1" "$2" mcpcred load GITHUB_TOKEN
  refuses "$1" "$2" from_file "$WORK/value" mcpcred store NEW_NAME --stdin
  refuses "$1" "$2" mcpcred export
  cat "$WORK/good" >"$VAULT"
}
flip_bit() {
  local byte
  byte=$(od -An -tu1 -j "$1" -N 1 "$VAULT")
  # shellcheck disable=SC2059 # an escape that is made here
  printf "\\x$(printf %x $((byte ^ 1)))" | dd of="$VAULT" bs=1 seek="$1" conv=notrunc 2>/dev/null
  ! cmp -s "$WORK/good" "$VAULT" || die "the test did not flip a bit"
}
for offset in 0 150 170 $((size / 2)) $((size - 1)); do
  flip_bit "$offset"
  damaged 6 vault
done
# Where the file key is wrapped, damage cannot be told from a vault for another key; as long as it is base64, which a
# flipped bit need not leave.
letter=$(dd if="$VAULT" bs=1 skip=100 count=1 2>/dev/null)
[ "$letter" = B ] && letter=C || letter=B
printf %s "$letter" | dd of="$VAULT" bs=1 seek=100 conv=notrunc 2>/dev/null
! cmp -s "$WORK/good" "$VAULT" || die "the test did not change a letter"
damaged 4 "another identity"
for length in 0 21 120 200 $((size - 1)); do
  truncate -s "$length" "$VAULT"
  damaged 6 vault
done
printf x >>"$VAULT"
damaged 6 vault
store_value NOTION_TOKEN later
cp "$VAULT" "$WORK/newer"
cat "$WORK/good" >"$VAULT"
refuses 6 "" mcpcred load GITHUB_TOKEN
cat "$WORK/newer" >"$VAULT"
assert_exit 0 mcpcred load NOTION_TOKEN
cp "$VAULT" "$WORK/good"
# Another vault under the same key.
assert_exit 0 mcpcred --data-dir "$WORK/other" vault init --key-file "$KEY_FILE" </dev/null
cat "$WORK/other/vault.age" >"$VAULT"
damaged 6 ""
# Another vault under another key.
cat "$elsewhere/vault.age" >"$VAULT"
damaged 4 "another identity"
assert_exit 0 mcpcred load GITHUB_TOKEN

step "a wrong passphrase (J1)"
assert_exit 0 mcpcred --data-dir "$WORK/phrase" vault init --passphrase-stdin <<<"the right one"
assert_error 4 "" mcpcred --data-dir "$WORK/phrase" load GITHUB_TOKEN </dev/null
wrong_passphrase() {
  in_clean_env env TERM=dumb expect -c "
    set timeout 60
    spawn -noecho $MCPCRED --data-dir $WORK/phrase load GITHUB_TOKEN
    expect -nocase passphrase
    send \"the wrong one\r\"
    expect eof
    exit [lindex [wait] 3]"
}
sum=$(sha256sum "$WORK/phrase/vault.age")
assert_exit 4 wrong_passphrase
assert_equal "$(grep -c 'mcpcred: error: ' "$OUT")" 1 "error lines"
assert_lacks "$OUT" "the wrong one"
assert_equal "$(sha256sum "$WORK/phrase/vault.age")" "$sum"
echo "all as it must be"
