#!/usr/bin/env bash
# Completion in the real bash, zsh and fish: what is offered, and that nothing that comes from a file is ever run.
# PowerShell has no engine here: its script is checked by rules.
# shellcheck source=tests/e2e/lib.sh disable=SC2016 # texts for other shells
. "$(dirname "$0")/lib.sh"
need expect bash zsh fish

ln -s "$MCPCRED" "$TEST_HOME/bin/mcpcred"
CANARY=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
new_vault
store_value github "$CANARY"
store_value WORK_TOKEN made-up-value-1 --account me@work
mkdir -p "$TEST_HOME/scripts" "$TEST_HOME/files/only" "$TEST_HOME/fpath" "$TEST_HOME/.config/fish"
for shell in bash zsh fish powershell; do
  assert_exit 0 mcpcred completion "$shell"
  cp "$OUT" "$TEST_HOME/scripts/$shell"
done
cp "$TEST_HOME/scripts/zsh" "$TEST_HOME/fpath/_mcpcred"

in_files() { (cd "$TEST_HOME/files" && in_clean_env env TERM=dumb "$@"); }

# in_shell SHELL LINE: types LINE (with \t for Tab) at an interactive SHELL with the completion loaded; all that the
# terminal shows is in $OUT.
in_shell() {
  local shell=$1 line=$2 command
  case $shell in
    bash) command="bash --noprofile --norc -i" ;;
    bash-old) command="bash --noprofile --norc -i" ;;
    zsh*) command="zsh -f -i" ;;
    fish) command="fish --no-config -i" ;;
  esac
  {
    printf 'set timeout 20\nproc missing {} { puts {}; puts {the shell said nothing}; exit 99 }\n'
    printf 'proc wait_for {what} { expect -ex $what {} timeout missing eof missing }\n'
    printf 'set stty_init "rows 40 cols 120"\nspawn -noecho %s\n' "$command"
    # What is typed is echoed: what is waited for must not stand in it.
    case $shell in
      bash) printf 'send {PS1="re"ady; source ~/scripts/bash; bind "set enable-bracketed-paste off"}\n' ;;
      bash-old) printf 'send {enable -n compopt; PS1="re"ady; source ~/scripts/bash; bind "set enable-bracketed-paste off"}\n' ;;
      zsh) printf 'send {fpath=(~/fpath $fpath); autoload -U compinit; compinit -u; PS1="re"ady}\n' ;;
      zsh-eval) printf 'send {autoload -U compinit; compinit -u; eval "$(mcpcred completion zsh)"; PS1="re"ady}\n' ;;
    esac
    printf 'send "\\r"\nwait_for ready\n'
    printf 'send {%s}\n' "${line%%\\t*}"
    printf 'send "%s"\nafter 100\n' "\\t${line#*\\t}"
    printf 'send "\\025"\nsend {echo "do"ne}\nsend "\\r"\nwait_for done\n'
    printf 'send "\\025exit\\r"\nexpect eof {} timeout missing\n'
  } >"$WORK/script"
  assert_exit 0 in_files expect -f "$WORK/script"
}

# fish answers without a terminal.
in_fish() { assert_exit 0 in_files fish --no-config -c "source ~/scripts/fish; complete -C '$1'"; }

step "every shell completes a variable's beginning"
for shell in bash bash-old zsh zsh-eval; do
  in_shell "$shell" 'mcpcred load GITH\t'
  assert_contains "$OUT" "mcpcred load GITHUB_TOKEN "
done
in_fish "mcpcred load GITH"
assert_contains "$OUT" GITHUB_TOKEN

step "and lists what there is, with a word on each where the shell shows one"
in_shell bash 'mcpcred load \t\t'
assert_contains "$OUT" "GITHUB_TOKEN"
assert_contains "$OUT" "github"
in_shell zsh 'mcpcred vault in\t'
assert_contains "$OUT" "mcpcred vault init "
in_shell zsh 'mcpcred \t'
assert_contains "$OUT" "put a credential into the store"
in_fish "mcpcred "
assert_contains "$OUT" "put a credential into the store"
in_fish "mcpcred load "
assert_contains "$OUT" "GITHUB_TOKEN"
assert_contains "$OUT" "github"
assert_lacks "$OUT" "WORK_TOKEN"
in_fish "mcpcred load --account me@work "
assert_contains "$OUT" "WORK_TOKEN"

step "an option's value behind = and an account with @, where bash breaks words"
for shell in bash bash-old zsh; do
  in_shell "$shell" 'mcpcred load --store=va\t'
  assert_contains "$OUT" "mcpcred load --store=vault "
  in_shell "$shell" 'mcpcred load --account me@\t'
  assert_contains "$OUT" "mcpcred load --account me@work "
done
in_fish "mcpcred load --store=va"
assert_contains "$OUT" "--store=vault"

step "files for an option that takes one, programs behind --"
touch "$TEST_HOME/files/token.txt"
printf '#!/bin/sh\n' >"$TEST_HOME/bin/my-own-server"
chmod +x "$TEST_HOME/bin/my-own-server"
for shell in bash bash-old zsh; do
  in_shell "$shell" 'mcpcred store github --from-file tok\t'
  assert_contains "$OUT" "--from-file token.txt"
  in_shell "$shell" 'mcpcred store github --from-file=tok\t'
  assert_contains "$OUT" "--from-file=token.txt"
  in_shell "$shell" 'mcpcred run github -- my-own\t'
  assert_contains "$OUT" "-- my-own-server"
  in_shell "$shell" 'mcpcred run github -- my-own-server tok\t'
  assert_contains "$OUT" "my-own-server token.txt"
  in_shell "$shell" 'mcpcred list --data-dir on\t'
  assert_contains "$OUT" "--data-dir only" # and a slash where bash can tell a folder
done
in_fish "mcpcred store github --from-file tok"
assert_contains "$OUT" "token.txt"
in_fish "mcpcred store github --from-file=tok"
assert_contains "$OUT" "--from-file=token.txt"
in_fish "mcpcred run github -- my-own"
assert_contains "$OUT" "my-own-server"

step "names of files that a shell could run are offered so that they are not"
rm "$TEST_HOME/files/token.txt"
for name in 'tok$(touch pwn)' 'tok;touch pwn' 'tok`touch pwn`'; do
  touch "$TEST_HOME/files/$name"
  for shell in bash bash-old zsh; do in_shell "$shell" 'mcpcred vault init --key-file tok\t\r'; done
  rm "$TEST_HOME/files/$name"
done
[ -z "$(find "$TEST_HOME" -name pwn)" ] || failed "a file's name was run" "$LAST"

step "nor are names of entries, of the environment, or in a registry that somebody wrote"
mkdir -p "$TEST_HOME/.config/mcpcred/servers"
for name in 'a$(touch pwn)' 'b`touch pwn`' "c'd" 'own-server'; do
  printf '{}' >"$TEST_HOME/.config/mcpcred/servers/$name.json"
done
assert_exit 0 mcpcred __complete word= store
assert_contains "$OUT" "own-server"
if grep -q "[\$\`']" "$OUT"; then failed "a name with a sign of the shell" "$LAST"; fi
assert_exit 0 in_clean_env env 'a$(touch pwn)=1' 'GOOD_NAME=value-not-shown' "$MCPCRED" __complete word= store github --from-env
assert_contains "$OUT" "GOOD_NAME"
assert_lacks "$OUT" "touch"
assert_lacks "$OUT" "value-not-shown"
registry=$TEST_HOME/.local/state/mcpcred/registry.json
cp "$registry" "$WORK/registry"
sed 's/me@work/me$(touch pwn)/' "$WORK/registry" >"$registry"
for broken in registry '{' ''; do
  [ "$broken" = registry ] || printf '%s' "$broken" >"$registry"
  for words in "load" "load --account" "delete"; do
    # shellcheck disable=SC2086 # words
    assert_exit 0 mcpcred __complete word= $words
    [ ! -s "$ERR" ] || failed "something on stderr" "$LAST"
    assert_lacks "$OUT" "touch"
    assert_lacks "$OUT" "GITHUB_TOKEN"
  done
done
cp "$WORK/registry" "$registry"

step "never a value, never a question, never a store: the vault may be locked or gone"
mv "$KEY_FILE" "$WORK/key"
for words in "" load "load --account" store "store github" "store github --from-env" export run check delete "list --store"; do
  # shellcheck disable=SC2086 # words
  assert_exit 0 mcpcred __complete word= $words
  [ ! -s "$ERR" ] || failed "something on stderr" "$LAST"
  assert_lacks "$OUT" "$CANARY"
done
assert_exit 0 mcpcred __complete word= load
assert_contains "$OUT" GITHUB_TOKEN
rm "$VAULT"
assert_exit 0 mcpcred __complete word=GIT load
assert_contains "$OUT" GITHUB_TOKEN
mv "$WORK/key" "$KEY_FILE"
assert_exit 0 in_clean_env env -u HOME "$MCPCRED" __complete "word=" catalog show
assert_contains "$OUT" github
# It opens the registry and nothing of the vault.
need strace
assert_exit 0 in_clean_env strace -f -o "$WORK/trace" -e trace=openat,connect "$MCPCRED" __complete word= load
grep -q registry.json "$WORK/trace" || failed "it did not even read the registry" "$LAST"
if grep -qE 'vault|slots|connect' "$WORK/trace"; then failed "it looked at more than names" "$LAST"; fi

step "PowerShell's script says each thing that it must"
ps1=$TEST_HOME/scripts/powershell
LAST="mcpcred completion powershell"
for text in 'Register-ArgumentCompleter -Native -CommandName mcpcred' '-CommandType Application' \
  '__complete "word=$wordToComplete" @words 2>$null' "'^[A-Za-z0-9_-][A-Za-z0-9_.@+=-]*\$'" \
  "CompletionResult]::new(\$word, \$word, 'ParameterValue', \$about)"; do
  assert_contains "$ps1" "$text"
done
for forbidden in Invoke-Expression iex Import-Module; do assert_lacks "$ps1" "$forbidden"; done
[ "$(tr -cd '{' <"$ps1" | wc -c)" -eq "$(tr -cd '}' <"$ps1" | wc -c)" ] || failed "unbalanced braces" "$LAST"
! LC_ALL=C grep -q "[^ -~]" "$ps1" || failed "a sign that is not ASCII" "$LAST"

step "an unknown shell is told which there are"
assert_error 2 "bash, zsh, fish, powershell" mcpcred completion tcsh
assert_error 2 "bash, zsh, fish, powershell" mcpcred completion bsh
assert_contains "$ERR" "did you mean: mcpcred completion bash"
echo "completed"
