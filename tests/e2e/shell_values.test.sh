#!/usr/bin/env bash
# C1 C2 C3 C4: every byte, 10,000 random values of bytes, 10,000 of text and the hostile ones go through each real shell
# and come out byte for byte. Each batch is loaded as a profile loads it, and a program that the shell starts tells what it got.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../../scripts/lib/nushell.sh
. "$(dirname "$0")/../../scripts/lib/nushell.sh"
: "${SHELL_VALUES:?the program of tests/shells}"
need bash zsh dash fish
NU=$(nushell_program)
[ -n "$NU" ] || die "nushell is not installed; scripts/test installs it"

# make_values SYNTAX: $VALUES with its batches; $HELD and $REFUSED of them.
make_values() {
  VALUES=$WORK/values/$1
  mkdir -p "$VALUES"
  assert_exit 0 "$SHELL_VALUES" make "$1" "$VALUES"
  read -r HELD REFUSED <"$OUT"
}

# in_shell COMMAND…: in an empty folder of its own, where nothing may appear.
in_shell() {
  rm -rf "$WORK/empty"
  mkdir "$WORK/empty"
  (cd "$WORK/empty" && in_clean_env env LC_ALL=C.UTF-8 SHELL_VALUES="$SHELL_VALUES" VALUES="$VALUES" DUMP="$WORK/dump" "$@")
}

# read_back EXPECTED COMMAND…: what the shell's child saw is EXPECTED, and no value was run.
read_back() {
  local expected=$1
  shift
  rm -f "$WORK/dump"
  assert_exit 0 in_shell "$@"
  [ -s "$expected" ] || die "no values: $expected"
  cmp -s "$expected" "$WORK/dump" || failed "not the same bytes: $(cmp "$expected" "$WORK/dump" 2>&1)" "$*"
  [ -z "$(find "$WORK/empty" "$TEST_HOME" -name '*pwn*' -o -path "$WORK/empty/*")" ] || failed "a value was run" "$*"
}

# shellcheck disable=SC2016 # for the shells
by_eval='for batch in "$VALUES"/batch.*; do eval "$(cat "$batch")"; "$SHELL_VALUES" dump "$DUMP" || exit; done'
# shellcheck disable=SC2016
by_source='for batch in $VALUES/batch.*; cat $batch | source; $SHELL_VALUES dump $DUMP; or exit 1; end'
# shellcheck disable=SC2016
by_load_env='for batch in (glob $"($env.VALUES)/batch.*" | sort) { ^cat $batch | from json | load-env; ^$env.SHELL_VALUES dump $env.DUMP }'

step "bash, zsh, dash: all bytes"
for pair in bash:bash zsh:zsh sh:dash; do
  make_values "${pair%:*}"
  assert_equal "$REFUSED" 0 "values that ${pair%:*} does not hold"
  [ "$HELD" -gt 20000 ] || die "only $HELD values"
  read_back "$VALUES/expected" "${pair#*:}" -c "$by_eval"
done

step "fish: all bytes"
make_values fish
assert_equal "$REFUSED" 0 "values that fish does not hold"
read_back "$VALUES/expected" fish --no-config -c "$by_source"

step "nushell: all that is UTF-8"
make_values nushell
[ "$HELD" -gt 10000 ] || die "only $HELD values"
read_back "$VALUES/expected" "$NU" --no-config-file -c "$by_load_env"

# Nobody sits there, and yet the shell is interactive: it reads its lines from a file, with history and its expansion.
interactive() {
  local expected=$1
  shift
  read_back "$expected" "$@" <"$WORK/lines"
}
step "interactive bash: ! is no history"
make_values bash
# shellcheck disable=SC2016
printf '%s\n' 'shopt -qo histexpand || exit 9' 'echo touch pwn >/dev/null' 'eval "$(cat "$VALUES/hostile")"' \
  '"$SHELL_VALUES" dump "$DUMP"; exit' >"$WORK/lines"
interactive "$VALUES/expected-hostile" bash --norc --noprofile -i
step "interactive zsh"
make_values zsh
# shellcheck disable=SC2016
printf '%s\n' '[[ -o banghist ]] || exit 9' 'echo touch pwn >/dev/null' 'eval "$(cat "$VALUES/hostile")"' \
  '"$SHELL_VALUES" dump "$DUMP"; exit' >"$WORK/lines"
interactive "$VALUES/expected-hostile" zsh -f -i
step "interactive fish"
make_values fish
# shellcheck disable=SC2016
printf '%s\n' 'cat $VALUES/hostile | source' '$SHELL_VALUES dump $DUMP; exit' >"$WORK/lines"
interactive "$VALUES/expected-hostile" fish --no-config -i
