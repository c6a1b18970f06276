#!/usr/bin/env bash
# A person at a terminal: prompts without echo, yes and no, and what only a person may do (M8).
# shellcheck source=tests/e2e/lib.sh
. "$(dirname "$0")/lib.sh"
need expect

CANARY=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
PASSPHRASE='correct horse battery staple'

# at_terminal COMMAND… ANSWERS EXPECT SEND [EXPECT SEND]…: waits for each text and answers it; all that the terminal showed
# is in $OUT. Exits as the command does, with 99 where it asks otherwise.
at_terminal() {
  local words=() script
  while [ "$1" != ANSWERS ]; do
    words+=("{$1}")
    shift
  done
  shift
  script="set timeout 20
    proc missing {} { puts {}; puts {another prompt came, or none}; exit 99 }
    spawn -noecho {$MCPCRED} ${words[*]}"
  while [ $# -ge 2 ]; do
    script+="
    expect -nocase {$1} {} timeout missing eof missing
    send -- {$2}; send \"\r\""
    shift 2
  done
  script+="
    expect eof {} timeout missing
    exit [lindex [wait] 3]"
  printf '%s\n' "$script" >"$WORK/script"
  in_clean_env env TERM=dumb expect -f "$WORK/script"
}

step "vault init asks for the passphrase twice, and refuses two that differ"
assert_exit 2 at_terminal vault init --passphrase ANSWERS passphrase "$PASSPHRASE" "once more" other
assert_file_absent "$VAULT"
assert_exit 0 at_terminal vault init --passphrase ANSWERS passphrase "$PASSPHRASE" "once more" "$PASSPHRASE"
assert_lacks "$OUT" "$PASSPHRASE"

step "store asks for the token without echo"
# shellcheck disable=SC2016 # for the script
printf '#!/bin/sh\nprintf %%s "$GITHUB_PERSONAL_ACCESS_TOKEN" | sha256sum | cut -c1-64\n' >"$TEST_HOME/bin/docker"
chmod +x "$TEST_HOME/bin/docker"
cp "$TEST_HOME/bin/docker" "$TEST_HOME/bin/other"
assert_exit 0 at_terminal store github ANSWERS "passphrase of the vault" "$PASSPHRASE" "not shown" "$CANARY"
assert_contains "$OUT" "checksum ok"
assert_lacks "$OUT" "$CANARY"
assert_lacks "$OUT" "$PASSPHRASE"

step "it replaces a token only on a yes"
assert_exit 4 at_terminal store github ANSWERS "passphrase of the vault" "$PASSPHRASE" "[y/N]" n
assert_exit 0 at_terminal load GITHUB_TOKEN ANSWERS "passphrase of the vault" "$PASSPHRASE"
assert_contains "$OUT" "$CANARY"

step "approve wants yes typed out, and the passphrase"
other=("$TEST_HOME/bin/other" --flag)
# The first answer opens the vault where it is needed before the question; expect waits for what comes.
assert_exit 4 at_terminal approve github -- "${other[@]}" ANSWERS "type yes" y
assert_error 4 "" mcpcred --yes approve github -- "${other[@]}"
assert_exit 4 at_terminal approve github -- "${other[@]}" ANSWERS "type yes" yes passphrase wrong
assert_exit 0 at_terminal approve github -- "${other[@]}" ANSWERS "type yes" yes passphrase "$PASSPHRASE"
assert_exit 0 at_terminal run github -- "${other[@]}" ANSWERS passphrase "$PASSPHRASE"
assert_contains "$OUT" "$(printf '%s' "$CANARY" | sha256sum | cut -c1-64)"
assert_exit 4 at_terminal run github -- "${other[@]}" another ANSWERS
echo "the person was asked, and heard"
