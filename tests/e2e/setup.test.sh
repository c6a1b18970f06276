#!/usr/bin/env bash
# A new user at a terminal: `mcpcred setup` on a machine without anything, and then a new shell that has the tokens. For
# bash, zsh and fish.
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"
need expect bash zsh fish

GITHUB=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
NOTION=ntn_12345678901EXAMPLEexampleEXAMPLEexampleEXAMPLEe
# Longer than a terminal's own line buffer takes.
PASTE=$(printf 'k%.0s' $(seq 4096))

# person SHELL EXPECT-SCRIPT: what a person does at a terminal, in a shell that is theirs. What was shown is in $OUT.
# `answer TEXT KEYS` waits for the text and types the keys and Enter.
person() {
  local shell=$1
  {
    cat <<'END'
set timeout 30
proc missing {} { puts "\nsomething else came, or nothing"; exit 99 }
proc answer {text keys} { expect -ex $text {} timeout missing eof missing; send -- $keys; send "\r" }
proc see {text} { expect -ex $text {} timeout missing eof missing }
proc end {} { expect eof {} timeout missing; exit [lindex [wait] 3] }
END
    printf '%s\n' "$2"
  } >"$WORK/script"
  in_clean_env env TERM=xterm LANG=C.UTF-8 SHELL="$(command -v "$shell")" MCPCRED="$MCPCRED" GITHUB="$GITHUB" \
    NOTION="$NOTION" PASTE="$PASTE" expect -f "$WORK/script"
}

new_home() {
  rm -rf "$TEST_HOME"
  mkdir -p "$TEST_HOME/bin"
  ln -s "$MCPCRED" "$TEST_HOME/bin/mcpcred"
}

# The shell's own way to print the hash of a variable, as a person would look whether it is there.
sum_of() { printf '%s' "$1" | sha256sum | cut -c1-16; }

for shell in bash zsh fish; do
  step "$shell: from nothing to a new shell with two tokens"
  new_home
  case $shell in
    bash) profile=$TEST_HOME/.bashrc ;;
    zsh) profile=$TEST_HOME/.zshrc ;;
    fish) profile=$TEST_HOME/.config/fish/config.fish ;;
  esac
  mkdir -p "$(dirname "$profile")"
  printf '# mine\n' >"$profile"
  # shellcheck disable=SC2016 # Tcl's
  assert_exit 0 person "$shell" '
    spawn -noecho $env(MCPCRED) setup
    answer "Which way? \[1]" 2
    answer "Which servers?" "github, notion"
    see "https://github.com/settings/tokens/new"
    answer "GITHUB_TOKEN (not shown)" $env(GITHUB)
    see "checksum ok"
    answer "NOTION_TOKEN (not shown)" $env(NOTION)
    answer "Load them into every new" y
    see "/mcp"
    end'
  assert_lacks "$OUT" "$GITHUB"
  assert_lacks "$OUT" "$NOTION"
  assert_contains "$OUT" "2 stored"
  # shellcheck disable=SC2016 # Tcl's, and the new shell's
  assert_exit 0 person "$shell" '
    spawn -noecho $env(SHELL) -i
    send "printf %s \"\$GITHUB_TOKEN\" | sha256sum | cut -c1-16; printf %s \"\$NOTION_TOKEN\" | sha256sum | cut -c1-16\r"
    see "'"$(sum_of "$GITHUB")"'"
    see "'"$(sum_of "$NOTION")"'"
    send "exit\r"
    end'
  assert_lacks "$OUT" "$GITHUB"
  assert_exit 0 mcpcred shell uninstall
  assert_equal "$(cat "$profile")" "# mine"
done

step "^C at a prompt: the terminal is as it was, what was entered stays, and it goes on"
new_home
new_vault
# shellcheck disable=SC2016 # Tcl's, and the shell's
assert_exit 0 person bash '
  set env(PS1) "ready> "
  spawn -noecho bash --norc --noprofile -i
  answer "ready> " {$MCPCRED setup}
  answer "Which servers?" "github notion"
  answer "GITHUB_TOKEN (not shown)" $env(GITHUB)
  see "NOTION_TOKEN (not shown)"
  send "\003"
  see "setup was stopped"
  see "to go on: mcpcred setup"
  answer "ready> " {echo code=$?; stty -a | grep -o -e " -\?echo "}
  see "code=130"
  see " echo"
  answer "ready> " {$MCPCRED setup}
  answer "Go on with what was left last time: notion" y
  answer "NOTION_TOKEN (not shown)" $env(NOTION)
  answer "Load them into every new" n
  answer "ready> " "exit"
  end'
assert_lacks "$OUT" "$GITHUB"
assert_lacks "$OUT" "$NOTION"

step "^Z and fg, a resized window, and a paste of 4 KiB"
# shellcheck disable=SC2016 # Tcl's, and the shell's
assert_exit 0 person bash '
  set env(PS1) "ready> "
  spawn -noecho bash --norc --noprofile -i
  answer "ready> " {$MCPCRED store LONG_TOKEN}
  see "LONG_TOKEN (not shown)"
  send "\032"
  see "Stopped"
  answer "ready> " {stty -a | grep -o -e " -\?echo "}
  see " echo"
  answer "ready> " "fg"
  see "LONG_TOKEN (not shown)"
  stty rows 11 columns 37 < $spawn_out(slave,name)
  sleep 0.3
  send -- $env(PASTE)
  send "\r"
  see "stored in"
  answer "ready> " "exit"
  end'
assert_lacks "$OUT" kkkkkkkk
assert_exit 0 mcpcred load LONG_TOKEN
assert_equal "$(cat "$OUT")" "$PASTE"

step "a wait is shown on a terminal, and taken back"
new_home
# shellcheck disable=SC2016 # Tcl's
assert_exit 0 person bash '
  spawn -noecho $env(MCPCRED) vault init --passphrase
  answer "New passphrase" "a made-up one"
  answer "once more" "a made-up one"
  see "making the vault"
  see "\r                "
  see "made the vault"
  end'
echo "the first hour went well"
