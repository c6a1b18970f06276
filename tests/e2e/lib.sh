# shellcheck shell=bash
# Sourced by tests/e2e/*.test.sh, whose first argument is the program under test. Every test has a fresh home folder,
# removed at its end; mcpcred runs in an environment that holds nothing but HOME and PATH. The first assertion that
# does not hold prints what was run and what it said, and ends the test.
set -euo pipefail

MCPCRED=${1:?"usage: $0 PATH-OF-MCPCRED"}
[ -x "$MCPCRED" ] || {
  echo "FAILED: $MCPCRED is no program" >&2
  exit 1
}
MCPCRED=$(cd "$(dirname "$MCPCRED")" && pwd)/$(basename "$MCPCRED")

WORK=$(mktemp -d "${TMPDIR:-/tmp}/mcpcred-e2e.XXXXXX")
cleanup() { rm -rf "$WORK"; }
trap cleanup EXIT
TEST_HOME=$WORK/home
KEY_FILE=$TEST_HOME/vault.key
# shellcheck disable=SC2034 # used by the tests
VAULT=$TEST_HOME/.local/share/mcpcred/vault.age
TEST_PATH=$TEST_HOME/bin:/usr/local/bin:/usr/bin:/bin
mkdir -p "$TEST_HOME/bin"

# The leak detector of the sanitizer build cannot attach to a process that made itself undumpable.
SANITIZER=ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
# shellcheck disable=SC2034 # used by the tests
NO_BUS=unix:path=$WORK/no-bus
OUT=$WORK/stdout
ERR=$WORK/stderr

# in_clean_env COMMAND…: without anything of the environment of the test, and without its terminal, so that nobody is
# ever asked. The session bus of the person who runs the tests, and the keyring on it, are out of reach; $TEST_BUS is a test's own.
in_clean_env() {
  env -i HOME="$TEST_HOME" PATH="$TEST_PATH" "$SANITIZER" \
    DBUS_SESSION_BUS_ADDRESS="${TEST_BUS:-$NO_BUS}" setsid -w "$@"
}
mcpcred() { in_clean_env "$MCPCRED" "$@"; }

step() { printf -- '-- %s\n' "$*"; }

die() {
  printf 'FAILED: %s\n' "$1" >&2
  exit 1
}

# need COMMAND…: a test never passes without the tool that it looks with.
need() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null 2>&1 || die "$tool is not installed; scripts/test installs it"
  done
}

# failed TEXT COMMAND…: shows the last command with its output.
failed() {
  local text=$1
  shift
  {
    printf 'FAILED: %s\n  command: %s\n  stdout:\n' "$text" "$*"
    sed 's/^/    /' "$OUT"
    printf '  stderr:\n'
    sed 's/^/    /' "$ERR"
  } >&2
  exit 1
}

# assert_exit CODE COMMAND…: runs it (stdin is the caller's) with its output in $OUT and $ERR.
assert_exit() {
  local wanted=$1 got=0
  shift
  LAST="$*"
  "$@" >"$OUT" 2>"$ERR" || got=$?
  [ "$got" -eq "$wanted" ] || failed "exit code $got instead of $wanted" "$*"
}

# assert_error CODE TEXT COMMAND…: fails with that code and exactly one error line, which contains TEXT. A hint may
# follow; nothing is on stdout.
assert_error() {
  local wanted=$1 text=$2
  shift 2
  assert_exit "$wanted" "$@"
  [ "$(grep -c '^mcpcred: error: ' "$ERR")" -eq 1 ] || failed "not exactly one error line" "$*"
  ! grep -qv '^mcpcred: \(error\|hint\): ' "$ERR" || failed "something else than error and hint on stderr" "$*"
  grep '^mcpcred: error: ' "$ERR" | grep -qF -- "$text" || failed "the error does not say: $text" "$*"
  [ ! -s "$OUT" ] || failed "an error, and yet something on stdout" "$*"
}

# assert_contains FILE TEXT / assert_lacks FILE TEXT, about the last command's $OUT or $ERR.
assert_contains() { grep -qF -- "$2" "$1" || failed "$(basename "$1") lacks: $2" "$LAST"; }
assert_lacks() { ! grep -qF -- "$2" "$1" || failed "$(basename "$1") must not contain: $2" "$LAST"; }
assert_equal() { [ "$1" = "$2" ] || failed "'$1' is not '$2'${3:+: $3}" "${LAST:-}"; }
assert_file_absent() { [ ! -e "$1" ] || failed "$1 must not exist" "${LAST:-}"; }

# A vault that a key file opens.
new_vault() { assert_exit 0 mcpcred vault init --key-file "$KEY_FILE" </dev/null; }

# store_value NAME VALUE [OPTION…]: the value goes through a pipe, by the shell's own printf.
store_value() {
  local name=$1 value=$2
  shift 2
  printf '%s' "$value" >"$WORK/value"
  assert_exit 0 mcpcred store "$name" --stdin "$@" <"$WORK/value"
  rm -f "$WORK/value"
}

# All that lies in the home folder, with the bytes of every file: equal before and after means nothing was changed.
# Lock files come and go.
snapshot() {
  (cd "$TEST_HOME" && find . -type f ! -name lock -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum)
}

# As root: a user who is none of ours, to see what a plain user would. As a plain user: that user.
as_plain_user() {
  if [ "$(id -u)" -ne 0 ]; then "$@"; else setpriv --reuid 65534 --regid 65534 --clear-groups "$@"; fi
}
