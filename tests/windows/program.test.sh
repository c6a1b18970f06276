#!/usr/bin/env bash
# mcpcred.exe under Wine, as a person types it: a user folder and arguments with other letters than ASCII, standard
# streams, exit codes, a child that gets its credential, cmd that reads an export.
set -euo pipefail
MCPCRED=$1 PRINT_PROCESS=$2 START_WITH=$3
: "${WINEPREFIX:?scripts/test windows sets it up}"
export LC_ALL=C.UTF-8 WINEDEBUG=-all

WORK=$(mktemp -d "${TMPDIR:-/tmp}/mcpcred-wine.XXXXXX")
trap 'rm -rf "$WORK" "$WINEPREFIX/drive_c/users/Jürgen Ω"' EXIT
OUT=$WORK/stdout
ERR=$WORK/stderr
USER_FOLDER='C:\users\Jürgen Ω'
HOME_FOLDER="$WINEPREFIX/drive_c/users/Jürgen Ω"
rm -rf "$HOME_FOLDER"
mkdir -p "$HOME_FOLDER/bin"
cp "$PRINT_PROCESS" "$HOME_FOLDER/bin/docker.exe"
cp "$PRINT_PROCESS" "$HOME_FOLDER/bin/Äpfel.exe"
STORE=()

failed() {
  {
    printf 'FAILED: %s\n  command: %s\n' "$1" "$LAST"
    sed 's/^/    stdout: /' "$OUT"
    sed 's/^/    stderr: /' "$ERR"
  } >&2
  exit 1
}
# in_home PROGRAM ARGUMENT…: with that user's folders, a PATH of its own and none of the agents' marks.
in_home() {
  env -u CLAUDECODE -u AI_AGENT -u AGENT wine "$START_WITH" "USERPROFILE=$USER_FOLDER" \
    "APPDATA=$USER_FOLDER\\AppData\\Roaming" "LOCALAPPDATA=$USER_FOLDER\\AppData\\Local" \
    "Path=$USER_FOLDER\\bin;C:\\windows\\system32;C:\\windows" -- "$@"
}
mcpcred() { in_home "$MCPCRED" ${STORE[@]+"${STORE[@]}"} "$@"; }
# assert_exit CODE COMMAND…: its output in $OUT and $ERR.
assert_exit() {
  local wanted=$1 got=0
  shift
  LAST="$*"
  "$@" >"$OUT" 2>"$ERR" || got=$?
  [ "$got" -eq "$wanted" ] || failed "exit code $got instead of $wanted"
}
assert_says() { grep -qF -- "$2" "$1" || failed "$(basename "$1") lacks: $2"; }
assert_lacks() { ! grep -qF -- "$2" "$1" || failed "$(basename "$1") must not contain: $2"; }
assert_output() { [ "$(cat "$OUT")" = "$1" ] || failed "not the output: $1"; }
assert_bytes() { printf '%b' "$1" | cmp -s - "$OUT" || failed "not these bytes: $1"; }
step() { printf -- '-- %s\n' "$*"; }

# value NAME TEXT [OPTION…]: through standard input.
store() {
  local name=$1 text=$2
  shift 2
  printf '%b' "$text" >"$WORK/value"
  assert_exit 0 mcpcred store "$name" --stdin "$@" <"$WORK/value"
}

step "version, help, no command"
assert_exit 0 mcpcred --version
assert_says "$OUT" "mcpcred "
assert_exit 2 mcpcred
assert_exit 2 mcpcred frobnicate

check_store() {
  step "$1: store and load, byte for byte"
  store github 'ghp_made-up-for-a-test\r\n'
  assert_lacks "$ERR" "ghp_made-up-for-a-test"
  assert_exit 0 mcpcred load github
  assert_bytes 'ghp_made-up-for-a-test'
  store EXACT_TOKEN 'a\n\r\n\0b\xff\x1ac' --exact
  assert_exit 0 mcpcred load EXACT_TOKEN
  assert_bytes 'a\n\r\n\0b\xff\x1ac'
  store TEXT_TOKEN 'zürich ☃ 𝄞'
  assert_exit 0 mcpcred load TEXT_TOKEN
  assert_bytes 'zürich ☃ 𝄞'
  assert_exit 3 mcpcred load slack
  assert_exit 6 mcpcred store github --stdin <"$WORK/value"
  assert_exit 2 mcpcred load 'Ünknöwn'
  assert_says "$ERR" "Ünknöwn"

  step "$1: list, check, export"
  assert_exit 0 mcpcred list
  assert_says "$OUT" GITHUB_TOKEN
  assert_says "$OUT" EXACT_TOKEN
  assert_exit 0 mcpcred list --json
  assert_says "$OUT" '"schema": 1'
  assert_exit 1 mcpcred check github slack --fail-on warning
  assert_says "$OUT" GITHUB_TOKEN
  assert_exit 0 mcpcred export github --shell cmd
  assert_bytes 'set "GITHUB_TOKEN=ghp_made-up-for-a-test"\r\n'
  assert_exit 2 mcpcred export EXACT_TOKEN --shell cmd
  [ ! -s "$OUT" ] || failed "something on stdout beside an error"

  step "$1: run hands the credential over, streams and exit code with it"
  assert_exit 0 mcpcred run github
  assert_says "$OUT" "env:GITHUB_PERSONAL_ACCESS_TOKEN=ghp_made-up-for-a-test"
  assert_says "$OUT" "arg:run"
  assert_lacks "$OUT" "env:MCPCRED"
  assert_says "$OUT" "env:PATH=$USER_FOLDER\\bin;"
  [ "$(grep -ci '^env:path=' "$OUT")" -eq 1 ] || failed "more than one Path"
  assert_exit 4 mcpcred run github -- docker other
  assert_exit 127 mcpcred run github -- absent-program
}

check_store "the Credential Manager"
LAST="the store that was chosen"
grep -q '"store": *"credential-manager"' "$HOME_FOLDER/AppData/Local/mcpcred/state/registry.json" ||
  failed "another store than the system's own"
for name in GITHUB_TOKEN EXACT_TOKEN TEXT_TOKEN; do assert_exit 0 mcpcred delete "$name" --yes; done
assert_exit 3 mcpcred load github
rm -rf "$HOME_FOLDER/AppData"

step "the vault"
assert_exit 0 mcpcred vault init --key-file "$USER_FOLDER\\schlüssel.key" --policy open
[ -s "$HOME_FOLDER/schlüssel.key" ] || failed "no key file"
[ -s "$HOME_FOLDER/AppData/Local/mcpcred/vault.age" ] || failed "no vault in the user's folder"
# Policy open here, so that a command of one's own can be started without a person at the terminal.
store github 'ghp_open\n'
assert_exit 37 mcpcred run github -- 'Äpfel' --read 'grün und blau' 'a"b c' --exit 37 <<<'from standard input'
assert_says "$OUT" "arg:grün und blau"
assert_says "$OUT" 'arg:a"b c'
assert_says "$OUT" "read:from standard input"
assert_says "$OUT" "env:GITHUB_PERSONAL_ACCESS_TOKEN=ghp_open"
rm -rf "$HOME_FOLDER/AppData" "$HOME_FOLDER/schlüssel.key"
assert_exit 0 mcpcred vault init --key-file "$USER_FOLDER\\schlüssel.key"
check_store "the vault"
[ -s "$HOME_FOLDER/AppData/Local/mcpcred/state/registry.json" ] || failed "no registry in the user's folder"

step "cmd reads an export"
printf '@echo off\r\n"%s" export github --shell cmd > "%%TEMP%%\\e.cmd"\r\ncall "%%TEMP%%\\e.cmd"\r\necho got=%%GITHUB_TOKEN%%\r\n' \
  "$(winepath -w "$MCPCRED")" >"$HOME_FOLDER/read.cmd"
assert_exit 0 in_home "$USER_FOLDER\\read.cmd"
assert_says "$OUT" "got=ghp_made-up-for-a-test"

step "cmd loads an export by its own load line"
cp "$MCPCRED" "$HOME_FOLDER/bin/mcpcred.exe"
store HOSTILE_TOKEN 'a & echo x>pwn | (b) ^ ;c  '
{
  printf '@echo off\r\ncd /d "%%USERPROFILE%%\\bin"\r\n'
  printf '%s\r\n' "for /f \"tokens=1*\" %%i in ('mcpcred export --shell cmd') do @set %%j"
  printf 'set GITHUB_TOKEN\r\nset HOSTILE_TOKEN\r\n'
} >"$HOME_FOLDER/load.cmd"
assert_exit 0 in_home "$USER_FOLDER\\load.cmd"
assert_says "$OUT" "GITHUB_TOKEN=ghp_made-up-for-a-test"
tr -d '\r' <"$OUT" >"$WORK/lines"
grep -qxF 'HOSTILE_TOKEN=a & echo x>pwn | (b) ^ ;c  ' "$WORK/lines" || failed "another value"
[ -z "$(find "$HOME_FOLDER" -name pwn)" ] || failed "a value was run"

step "without the variables of folders"
assert_exit 0 wine "$START_WITH" USERPROFILE= APPDATA= LOCALAPPDATA= -- "$MCPCRED" list
