#!/usr/bin/env bash
# The store's contract on libsecret's file backend, which needs no bus: its own file and password come by variables.
#   libsecret_file.test.sh TEST_CONTRACT
set -euo pipefail
contract=${1:?"usage: $0 TEST_CONTRACT"}
work=$(mktemp -d "${TMPDIR:-/tmp}/mcpcred-libsecret.XXXXXX")
trap 'rm -rf "$work"' EXIT

# libsecret forgets the etag that GIO hands it for each file it writes (28 bytes). Seen by whole stacks only.
printf 'leak:libgio-2.0.so\n' >"$work/suppressions"
env -u DBUS_SESSION_BUS_ADDRESS HOME="$work" ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}fast_unwind_on_malloc=0" \
  LSAN_OPTIONS="suppressions=$work/suppressions:print_suppressions=0" SECRET_BACKEND=file SECRET_FILE_TEST_PATH="$work/items.keyring" \
  SECRET_FILE_TEST_PASSWORD=made-up "$contract" "[libsecret-file]" >"$work/out" || {
  cat "$work/out"
  exit 1
}
# No test that matched, or another place for the file, would be a success that shows nothing.
grep -q 'All tests passed' "$work/out"
[ -s "$work/items.keyring" ]
cat "$work/out"
