#!/usr/bin/env bash
# import of files: what was exported comes back, a pipe is refused, and (O5) a kill at any rename, link or removal leaves
# the file or all of its values, and the same command goes on from there.
# shellcheck disable=SC2016 # $ in single quotes is a part of values
# shellcheck source=tests/e2e/lib.sh
source "$(dirname "$0")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../lib/bus.sh
source "$(dirname "$0")/../lib/bus.sh"
need strace mkfifo dbus-daemon
new_vault

step 'what export writes as dotenv and JSON, import reads back'
store_value ONE_TOKEN 'plain'
store_value TWO_TOKEN "with 'quotes' # and more"
store_value THREE_TOKEN 'pa$word `x`'
for format in dotenv json; do
  assert_exit 0 mcpcred export --format "$format"
  cp "$OUT" "$WORK/exported"
  for name in ONE_TOKEN TWO_TOKEN THREE_TOKEN; do assert_exit 0 mcpcred load "$name" && cp "$OUT" "$WORK/$name"; done
  assert_exit 0 mcpcred import "$WORK/exported"
  assert_contains "$ERR" '3 unchanged'
  for name in ONE_TOKEN TWO_TOKEN THREE_TOKEN; do assert_exit 0 mcpcred delete "$name" --yes; done
  assert_exit 0 mcpcred import - <"$WORK/exported"
  for name in ONE_TOKEN TWO_TOKEN THREE_TOKEN; do
    assert_exit 0 mcpcred load "$name"
    cmp -s "$OUT" "$WORK/$name" || failed "$name did not come back" "$format"
  done
done

step 'a pipe and a folder are no files'
mkfifo "$WORK/pipe"
assert_error 2 'a pipe' mcpcred import "$WORK/pipe"
assert_error 2 'a folder' mcpcred import "$WORK"

step 'O5: a store that keeps another value than it was given does not get the file removed'
spoiled() {
  TEST_HOME=$WORK/spoiled TEST_BUS=$DBUS_SESSION_BUS_ADDRESS
  mkdir "$TEST_HOME"
  printf 'A_TOKEN=made-up-1\nB_TOKEN=made-up-2\n' >"$WORK/spoiled.env"
  assert_exit 6 mcpcred import "$WORK/spoiled.env" --remove
  assert_contains "$ERR" 'B_TOKEN did not come back'
  assert_lacks "$ERR" made-up
  [ -s "$WORK/spoiled.env" ] || failed 'the file is gone' "$LAST"
  restart_provider --state "$WORK/items"
  assert_exit 0 mcpcred import "$WORK/spoiled.env" --remove --replace
  assert_file_absent "$WORK/spoiled.env"
}
with_provider --state "$WORK/items" --spoil made-up-2 -- spoiled

step 'a disk that is full half way: what was imported before stays, and no line says otherwise'
stopped=0
for when in $(seq 1 30); do
  rm -rf "$TEST_HOME/.local" "$KEY_FILE"
  new_vault
  printf 'A_TOKEN=made-up-1\nB_TOKEN=made-up-2\n' >"$WORK/full.env"
  code=0
  in_clean_env strace -qq -o /dev/null -e trace=rename,renameat,renameat2,linkat \
    -e inject=rename,renameat,renameat2,linkat:error=ENOSPC:when="$when" \
    "$MCPCRED" import "$WORK/full.env" >"$OUT" 2>"$ERR" || code=$?
  if [ "$code" -eq 0 ]; then break; fi
  assert_lacks "$ERR" 'nothing was changed'
  if grep -q 'A_TOKEN stored' "$ERR"; then
    stopped=$((stopped + 1))
    assert_contains "$ERR" 'free some disk space'
    assert_contains "$ERR" 'what was imported before this stays; the same command goes on from there'
    assert_exit 0 mcpcred import "$WORK/full.env"
  fi
done
[ "$code" -eq 0 ] || die 'no run came to its end'
[ "$stopped" -ge 1 ] || die 'no run was stopped half way'

step 'killed at each change of a folder'
killed=0
for when in $(seq 1 40); do
  rm -rf "$TEST_HOME/.local" "$KEY_FILE"
  new_vault
  printf 'GITHUB_TOKEN=made-up-1\nA_TOKEN=made-up-2\nB_TOKEN=made-up-3\n' >"$WORK/.env"
  code=0
  in_clean_env strace -qq -o /dev/null -e trace=rename,renameat,renameat2,unlinkat,linkat \
    -e inject=rename,renameat,renameat2,unlinkat,linkat:signal=SIGKILL:when="$when" \
    "$MCPCRED" import "$WORK/.env" --remove >"$OUT" 2>"$ERR" || code=$?
  if [ "$code" -eq 0 ]; then
    break
  fi
  killed=$((killed + 1))
  if [ -e "$WORK/.env" ]; then assert_exit 0 mcpcred import "$WORK/.env" --remove; fi
  assert_file_absent "$WORK/.env"
  for pair in GITHUB_TOKEN=made-up-1 A_TOKEN=made-up-2 B_TOKEN=made-up-3; do
    assert_exit 0 mcpcred load "${pair%%=*}"
    assert_equal "$(cat "$OUT")" "${pair#*=}" "after a kill at $when"
  done
done
[ "$killed" -ge 6 ] || die "only $killed places to be killed at; is strace's filter still right?"
[ "$code" -eq 0 ] || die 'no run came to its end'
echo "killed at $killed places"
