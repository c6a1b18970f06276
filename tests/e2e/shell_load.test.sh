#!/usr/bin/env bash
# The load line of each shell, word for word as `mcpcred export --help` shows it, in the real shell with the real
# program: the variable is there (C1 C2 C3), and where the export fails nothing is run and the shell goes on (C7 C8).
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../../scripts/lib/nushell.sh
. "$(dirname "$0")/../../scripts/lib/nushell.sh"
: "${SHELL_VALUES:?the program of tests/shells}"
need bash zsh dash fish
NU=$(nushell_program)
[ -n "$NU" ] || die "nushell is not installed; scripts/test installs it"
ln -s "$MCPCRED" "$TEST_HOME/bin/mcpcred"

assert_exit 0 mcpcred export --help
cp "$OUT" "$WORK/help"
# load_line SYNTAX [OPTION…]
load_line() {
  local line
  line=$(sed -n "s/^  $1  *\\(.*mcpcred export .*\\)/\\1/p" "$WORK/help")
  [ -n "$line" ] || die "no load line of $1 in the help text"
  shift
  printf '%s\n' "${line/mcpcred export/mcpcred export${*:+ $*}}"
}

# shell_command SYNTAX: how the shell is started, with code to run.
shell_command() {
  case $1 in
    sh) echo dash -c ;;
    fish) echo fish --no-config -c ;;
    nushell) echo "$NU" --no-config-file -c ;;
    zsh) echo zsh -f -c ;;
    *) echo "$1" -c ;;
  esac
}

# runs SYNTAX CODE: with what dumps the variables V_… at hand.
runs() {
  # shellcheck disable=SC2046 # words
  in_clean_env env LC_ALL=C.UTF-8 SHELL_VALUES="$SHELL_VALUES" DUMP="$WORK/dump" $(shell_command "$1") "$2"
}

# shellcheck disable=SC2016 # for the shells
dump_of() {
  case $1 in
    nushell) echo '^$env.SHELL_VALUES dump $env.DUMP' ;;
    *) echo '"$SHELL_VALUES" dump "$DUMP"' ;;
  esac
}

step "docs/shells.md has the same load lines"
sed 's/\\|/|/g' "$(dirname "$0")/../../docs/shells.md" >"$WORK/page"
for shell in bash zsh sh fish powershell nushell cmd; do
  grep -qF -- "\`$(load_line "$shell")\`" "$WORK/page" || die "docs/shells.md lacks: $(load_line "$shell")"
done

SHELLS="bash zsh sh fish nushell"

step "a store that was never set up, in a profile: one line, and the shell goes on"
for shell in $SHELLS; do
  line=$(load_line "$shell" --no-prompt)
  [ "$shell" != nushell ] || line="try { $line }"
  assert_exit 0 runs "$shell" "$line
echo 'went on'"
  assert_equal "$(cat "$OUT")" "went on" "$shell"
  assert_equal "$(grep -c '' "$ERR")" 1 "lines of $shell on stderr"
  assert_contains "$ERR" "mcpcred: warning: nothing was exported: no store is set up yet"
done

step "hostile values arrive in every shell by its load line"
new_vault
store_value V_000 "'; touch ~/pwn; '\$(touch ~/pwn)\`touch ~/pwn\`"
store_value V_001 $'\\!event %PATH% ^& \xe2\x80\x98\xe2\x80\x99 \xf0\x9f\x98\x80 back\\'
store_value V_002 $'-n line\n\r\nline \t ~ * {a,b} \n' --exact
printf '%s\0' "'; touch ~/pwn; '\$(touch ~/pwn)\`touch ~/pwn\`" \
  $'\\!event %PATH% ^& \xe2\x80\x98\xe2\x80\x99 \xf0\x9f\x98\x80 back\\' $'-n line\n\r\nline \t ~ * {a,b} \n' >"$WORK/expected"
for shell in $SHELLS; do
  rm -f "$WORK/dump"
  assert_exit 0 runs "$shell" "$(load_line "$shell")
$(dump_of "$shell")"
  [ ! -s "$ERR" ] || failed "something on stderr" "$shell"
  cmp -s "$WORK/expected" "$WORK/dump" || failed "other bytes in $shell" "$LAST"
  assert_file_absent "$TEST_HOME/pwn"
done

step "each shell is known without --shell"
for shell in bash zsh sh fish; do
  assert_exit 0 runs "$shell" "mcpcred export V_000; true"
  cp "$OUT" "$WORK/found"
  assert_exit 0 mcpcred export V_000 --shell "$shell"
  cmp -s "$OUT" "$WORK/found" || failed "not the code of $shell" "$LAST"
done
assert_exit 0 runs nushell "^mcpcred export V_000; print ''"
assert_contains "$OUT" '{"V_000":'

store_value PLAIN made-up
step "C7: an output that is full or closed is an error, in each syntax"
# shellcheck disable=SC2016 # for the inner shell
for syntax in $SHELLS powershell dotenv json; do
  option=--shell
  case $syntax in dotenv | json) option=--format ;; esac
  assert_error 5 "standard output" in_clean_env sh -c 'exec "$0" export PLAIN "$1" "$2" >/dev/full' \
    "$MCPCRED" "$option" "$syntax"
  assert_error 5 "standard output" in_clean_env sh -c 'exec "$0" export PLAIN "$1" "$2" >&-' \
    "$MCPCRED" "$option" "$syntax"
done

step "what a syntax cannot hold is left out of the whole with one line, and refused by name"
store_value NOT_TEXT $'\xff\xfe'
store_value MULTI_LINE $'a\nb'
for pair in nushell:NOT_TEXT powershell:NOT_TEXT cmd:MULTI_LINE; do
  assert_error 2 "${pair#*:}" mcpcred export "${pair#*:}" --shell "${pair%:*}"
  assert_exit 0 mcpcred export --shell "${pair%:*}"
  assert_equal "$(grep -c "^mcpcred: warning: left out: ${pair#*:}: " "$ERR")" 1 "warnings of ${pair#*:}"
  assert_lacks "$OUT" "${pair#*:}"
done

step "github-actions C9: masks to the log, variables to the file, and neither where the other fails"
assert_error 2 "GITHUB_ENV" mcpcred export V_000 --format github-actions
in_step() { in_clean_env env GITHUB_ENV="$WORK/github-env" "$MCPCRED" export "$@" --format github-actions; }
assert_error 5 "github-env" in_step V_002
printf 'EARLIER=no line end' >"$WORK/github-env"
cp "$WORK/github-env" "$WORK/before"
# shellcheck disable=SC2016 # for the inner shell
assert_error 5 "standard output" in_clean_env env GITHUB_ENV="$WORK/github-env" sh -c \
  'exec "$0" export V_002 --format github-actions >/dev/full' "$MCPCRED"
cmp -s "$WORK/before" "$WORK/github-env" || failed "the file was written to without a mask" "$LAST"
assert_exit 0 in_step V_002 V_000
assert_equal "$(grep -vc '^::add-mask::' "$OUT")" 0 "lines that are no mask"
assert_contains "$OUT" "::add-mask::'; touch ~/pwn; '"
assert_equal "$(sed -n 1p "$WORK/github-env")" "EARLIER=no line end"
assert_equal "$(grep -cE '^V_00[02]<<mcpcred_[0-9a-f]{32}$' "$WORK/github-env")" 2
