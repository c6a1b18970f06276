#!/usr/bin/env bash
# The profile block in real interactive shells at a terminal: bash, zsh and fish start with it, have the variables, and
# are usable whatever is wrong with the store; no value appears on the screen.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../../scripts/lib/nushell.sh
. "$(dirname "$0")/../../scripts/lib/nushell.sh"
need expect zsh fish
NU=$(nushell_program)
[ -n "$NU" ] || die "nushell is not installed; scripts/test installs it"

# shellcheck disable=SC2016 # no shell may expand it
CANARY='ghp_EXAMPLE $(touch "$HOME/pwn") it'"'"'s'
ln -s "$MCPCRED" "$TEST_HOME/bin/mcpcred"
profile_of() {
  case $1 in
    bash) echo "$TEST_HOME/.bashrc" ;;
    zsh) echo "$TEST_HOME/.zshrc" ;;
    fish) echo "$TEST_HOME/.config/fish/config.fish" ;;
  esac
}
# By the program's own name, as a person types it.
by_name() { in_clean_env mcpcred "$@"; }

# at_shell SHELL [NAME=VALUE]… -- [LINE]…: the shell, interactive, at a terminal; types each line, then leaves. All that
# the terminal showed is in $OUT; 99 where the shell did not come to its end.
at_shell() {
  local shell=$1 settings=() script line
  shift
  while [ "$1" != -- ]; do
    settings+=("$1")
    shift
  done
  shift
  # shellcheck disable=SC2016 # for expect
  script='set timeout 30
    set stty_init "rows 40 columns 200"
    proc missing {} { puts "\nthe shell waits or has ended"; exit 99 }
    set words [split [gets stdin] "\t"]
    spawn -noecho {*}$words
    expect "READY>" {} timeout missing eof missing
    while {[gets stdin line] >= 0} {
      send -- "$line; said\r"
      expect "SAID>" {} timeout missing eof missing
    }
    send "exit\r"
    expect eof {} timeout missing
    exit [lindex [wait] 3]'
  printf '%s\n' "$script" >"$WORK/script"
  local start=("$shell" -i)
  [ "$shell" != bash-login ] || start=(bash -l -i)
  {
    (
      IFS=$'\t'
      printf '%s\n' "${start[*]}"
    )
    for line in "$@"; do printf '%s\n' "$line"; done
  } >"$WORK/lines"
  in_clean_env env TERM=dumb "${settings[@]}" expect -f "$WORK/script" <"$WORK/lines"
}

# What a person's own profile does before the block; fish has its prompt in a function.
own_profile() {
  case $1 in
    fish) printf 'function fish_prompt; printf "READY>"; end\nfunction fish_greeting; end\n%s\n' "${2:-}" ;;
    zsh) printf "PS1='READY>' PROMPT_EOL_MARK=\nunsetopt zle\n%s\n" "${2:-}" ;;
    *) printf "PS1='READY>'\n%s\n" "${2:-}" ;;
  esac
}

# fresh_profile SHELL [LINES]: that profile with the block installed.
fresh_profile() {
  mkdir -p "$TEST_HOME/.config/fish"
  rm -f "$(profile_of "$1")"
  own_profile "$@" >"$(profile_of "$1")"
  assert_exit 0 by_name shell install "$1"
}

# Programs, so that each line below reads the same in every shell: `look` writes down the value as a shell's children see
# it and says whether there is one; `said` marks the end of a line's output, as prompts are drawn when a shell pleases.
cat >"$TEST_HOME/bin/look" <<'SCRIPT'
#!/bin/sh
printenv MADE_UP_TOKEN >"$HOME/seen"
echo "STATUS $?"
SCRIPT
printf '#!/bin/sh\necho "SAID>"\n' >"$TEST_HOME/bin/said"
chmod +x "$TEST_HOME/bin/look" "$TEST_HOME/bin/said"
if_seen() { assert_equal "$(cat "$TEST_HOME/seen")" "$1" "what the shell's children see in $2"; }

# warnings: lines of mcpcred on the screen.
warnings() { grep -c '^mcpcred: ' "$OUT" || true; }

ELSEWHERE="$WORK/it's \$here"
mkdir "$ELSEWHERE"
cp "$MCPCRED" "$ELSEWHERE/mcpcred"

new_vault
store_value MADE_UP_TOKEN "$CANARY"
cd "$TEST_HOME"

for shell in bash zsh fish; do
  step "$shell: a new shell has the variable, says nothing, and shows no value"
  fresh_profile "$shell"
  assert_exit 0 at_shell "$shell" -- look
  if_seen "$CANARY" "$shell"
  assert_contains "$OUT" "STATUS 0"
  assert_equal "$(warnings)" 0 "$(cat "$OUT")"
  assert_lacks "$OUT" EXAMPLE
  assert_file_absent "$TEST_HOME/pwn"

  step "$shell: the shell's own way to load it now works too"
  rm -f "$TEST_HOME/seen"
  load=$(by_name shell install "$shell" --json 2>/dev/null | jq -r .load_now)
  own_profile "$shell" >"$WORK/own"
  cp "$(profile_of "$shell")" "$WORK/with"
  cp "$WORK/own" "$(profile_of "$shell")"
  assert_exit 0 at_shell "$shell" -- "cp $WORK/with $(profile_of "$shell")" "$load" look
  if_seen "$CANARY" "$shell"

  step "$shell: nothing is loaded into a shell of a script"
  echo look >"$WORK/run"
  assert_exit 0 in_clean_env "$shell" "$WORK/run"
  if_seen "" "$shell"
  # As a file that is read outright, too.
  assert_exit 0 in_clean_env "$shell" -c ". '$(profile_of "$shell")'; look"
  if_seen "" "$shell"

  step "$shell: mcpcred gone from PATH is no word on the screen"
  mv "$TEST_HOME/bin/mcpcred" "$WORK/aside"
  assert_exit 0 at_shell "$shell" -- look
  mv "$WORK/aside" "$TEST_HOME/bin/mcpcred"
  assert_contains "$OUT" "STATUS 1"
  assert_lacks "$OUT" mcpcred
  assert_lacks "$OUT" "not found"

  step "$shell: by its own path where PATH has no mcpcred"
  rm -f "$TEST_HOME/bin/mcpcred"
  assert_exit 0 in_clean_env "$ELSEWHERE/mcpcred" shell install "$shell"
  assert_exit 0 at_shell "$shell" -- look
  if_seen "$CANARY" "$shell"
  ln -s "$MCPCRED" "$TEST_HOME/bin/mcpcred"
  assert_exit 0 by_name shell install "$shell"

  step "$shell: in the shell of an AI agent nothing is exported, and one line says so"
  assert_exit 0 at_shell "$shell" CLAUDECODE=1 -- look
  if_seen "" "$shell"
  assert_equal "$(warnings)" 1 "$(cat "$OUT")"
  assert_contains "$OUT" "AI agent (CLAUDECODE)"

  step "$shell: a store that cannot be read is one line, and the shell goes on"
  cp -r "$TEST_HOME/.local" "$WORK/local"
  mv "$KEY_FILE" "$WORK/key"
  assert_exit 0 at_shell "$shell" -- look
  assert_contains "$OUT" "STATUS 1"
  assert_equal "$(warnings)" 1 "without the key file: $(cat "$OUT")"
  mv "$WORK/key" "$KEY_FILE"
  echo '{' >"$TEST_HOME/.local/state/mcpcred/registry.json"
  assert_exit 0 at_shell "$shell" -- look
  assert_contains "$OUT" "STATUS 1"
  assert_equal "$(warnings)" 1 "with a broken registry: $(cat "$OUT")"
  rm -rf "$TEST_HOME/.local"
  assert_exit 0 at_shell "$shell" -- look
  assert_contains "$OUT" "STATUS 1"
  [ "$(warnings)" -le 1 ] || failed "more than a line without a store" "$LAST"
  rm -rf "$TEST_HOME/.local" # fish has made one
  mv "$WORK/local" "$TEST_HOME/.local"

  step "$shell: uninstall leaves the person's own bytes"
  own_profile "$shell" >"$WORK/own"
  assert_exit 0 by_name shell uninstall "$shell"
  cmp -s "$WORK/own" "$(profile_of "$shell")" || failed "other bytes than before" "$LAST"
done

step "bash: what a person may have set before the block"
# bash_with LINES [WARNINGS]
bash_with() {
  fresh_profile bash "$1"
  rm -f "$TEST_HOME/seen"
  assert_exit 0 at_shell bash -- look
  if_seen "$CANARY" "bash with $1"
  assert_lacks "$OUT" EXAMPLE
}
bash_with 'set -u'
bash_with 'set -x'
bash_with 'set -v'
bash_with 'set -f; IFS=e'
bash_with 'set -o posix'
bash_with 'mcpcred() { echo not this one; }'
assert_lacks "$OUT" "not this one"
bash_with 'alias eval="echo A" command="echo B" exec="echo C" export="echo D" mcpcred="echo E"'
bash_with "trap 'echo \"now: \$BASH_COMMAND\"' DEBUG"
bash_with "set -T; trap 'echo \"now: \$BASH_COMMAND\"' DEBUG"
# errexit ends a shell at its first failure: that must not be ours.
fresh_profile bash 'set -e'
mv "$KEY_FILE" "$WORK/key"
assert_exit 0 at_shell bash -- look
mv "$WORK/key" "$KEY_FILE"
assert_contains "$OUT" "STATUS"
# Options are as they were afterwards.
fresh_profile bash 'set -vxT'
# shellcheck disable=SC2016 # for that shell
assert_exit 0 at_shell bash -- 'echo "flags $-" > flags; shopt -q expand_aliases && echo aliases >> flags'
assert_equal "$(tr -cd 'vxT' <"$TEST_HOME/flags" | fold -w 1 | sort | tr -d '\n')" Tvx
grep -q aliases "$TEST_HOME/flags" || die "aliases are off after the block"

step "zsh: likewise"
zsh_with() {
  fresh_profile zsh "$1"
  rm -f "$TEST_HOME/seen"
  assert_exit 0 at_shell zsh -- look
  if_seen "$CANARY" "zsh with $1"
  assert_lacks "$OUT" EXAMPLE
}
zsh_with 'set -u'
zsh_with 'setopt xtrace verbose'
zsh_with 'setopt ksh_arrays nomatch sh_word_split'
zsh_with 'emulate sh'
zsh_with 'mcpcred() { echo not this one; }'
zsh_with 'command() { echo not this one; }'
zsh_with 'alias eval="echo A" command="echo B" builtin="echo C" export="echo D" setopt="echo E"'
zsh_with "TRAPDEBUG() { echo \"now: \$ZSH_DEBUG_CMD\"; }"
# A variable that cannot be set ends nothing of the person's.
fresh_profile zsh 'readonly MADE_UP_TOKEN=mine'
echo 'touch later' >>"$TEST_HOME/.zshrc"
assert_exit 0 at_shell zsh -- look
[ -e "$TEST_HOME/later" ] || failed "what stands below the block was not run" "$LAST"
assert_contains "$OUT" "STATUS"
assert_lacks "$OUT" EXAMPLE

step "fish: likewise"
fresh_profile fish 'set -g fish_trace 1'
rm -f "$TEST_HOME/seen"
assert_exit 0 at_shell fish -- 'set -e fish_trace' look
if_seen "$CANARY" "fish with fish_trace"
assert_lacks "$OUT" EXAMPLE
fresh_profile fish 'function mcpcred; echo not this one; end'
assert_exit 0 at_shell fish -- look
if_seen "$CANARY" "fish with a function of that name"

step "a login bash has the variable too, though its file reads no .bashrc"
# /etc/profile sets another PATH.
printf "PATH='%s' PS1='READY>'\n" "$TEST_PATH" >"$TEST_HOME/.bash_profile"
fresh_profile bash
rm -f "$TEST_HOME/seen"
assert_exit 0 at_shell bash-login -- look
if_seen "$CANARY" "a login shell"

step "nushell: the same, with data in place of code"
# at_nushell [NAME=VALUE]…: its line editor asks the terminal questions that expect does not answer, so it is told at its
# start what to do after its profile.
at_nushell() {
  cat >"$WORK/script" <<SCRIPT
set timeout 30
spawn -noecho {$NU} -e {look; exit}
expect eof {} timeout {exit 99}
exit [lindex [wait] 3]
SCRIPT
  in_clean_env env TERM=dumb LC_ALL=C.UTF-8 "$@" expect -f "$WORK/script"
}
by_name shell uninstall nushell 2>/dev/null
assert_exit 0 by_name shell install nushell
assert_exit 0 at_nushell
if_seen "$CANARY" nushell
assert_lacks "$OUT" EXAMPLE
assert_lacks "$OUT" "mcpcred: "
assert_exit 0 at_nushell CLAUDECODE=1
if_seen "" nushell
assert_equal "$(warnings)" 1 "$(cat "$OUT")"
assert_lacks "$OUT" "Error:"
mv "$TEST_HOME/bin/mcpcred" "$WORK/aside"
assert_exit 0 at_nushell
if_seen "" nushell
assert_lacks "$OUT" mcpcred
assert_exit 0 in_clean_env "$ELSEWHERE/mcpcred" shell install nushell
assert_exit 0 at_nushell
if_seen "$CANARY" "nushell by its own path"
mv "$WORK/aside" "$TEST_HOME/bin/mcpcred"

step "a passphrase vault that is locked: one line, no question"
rm -rf "$TEST_HOME/.local" "$KEY_FILE"
cat >"$WORK/make" <<SCRIPT
spawn -noecho {$MCPCRED} vault init --passphrase
expect -nocase passphrase; send "made up\r"; expect "once more"; send "made up\r"; expect eof
spawn -noecho {$MCPCRED} store MADE_UP_TOKEN
expect -nocase "passphrase of the vault"; send "made up\r"; expect "not shown"; send "EXAMPLE\r"; expect eof
SCRIPT
assert_exit 0 in_clean_env env TERM=dumb expect -f "$WORK/make"
for shell in bash zsh fish; do
  fresh_profile "$shell"
  assert_exit 0 at_shell "$shell" -- look
  assert_contains "$OUT" "STATUS 1"
  assert_equal "$(warnings)" 1 "$(cat "$OUT")"
  assert_contains "$OUT" locked
  assert_lacks "$OUT" "Passphrase of the vault"
done
echo "four shells start with it, whatever is wrong"
