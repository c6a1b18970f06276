#!/usr/bin/env bash
# The way out without us: stock age reads the vault and the slots. I18 on the real binary.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need age age-keygen jq expect

DATA=$TEST_HOME/.local/share/mcpcred
lines() { age -d -i "$KEY_FILE" "$1"; }

step "a vault opened by a key file is an age file of JSON lines"
assert_exit 0 mcpcred vault init --key-file "$KEY_FILE"
printf %s 'synthetic-value-1' | assert_exit 0 mcpcred store EXAMPLE_TOKEN --stdin
printf 'two\nlines "quoted" \\ and more' | assert_exit 0 mcpcred store OTHER_TOKEN --stdin --exact
printf 'not UTF-8: \377' | assert_exit 0 mcpcred store BINARY_TOKEN --stdin --exact
[ "$(head -c 21 "$DATA/vault.age")" = age-encryption.org/v1 ] || die "the vault is no age v1 file"
lines "$DATA/vault.age" >"$WORK/lines" || die "stock age does not open the vault with the key file"
jq -ce . "$WORK/lines" >/dev/null || die "the content is no JSON lines"
value() { jq -rj --arg name "$1" 'select(.t == "secret" and .name == $name) | .value // (.b64 | "b64:" + .)' "$WORK/lines"; }
[ "$(value EXAMPLE_TOKEN)" = synthetic-value-1 ] || die "the first value is not in it"
[ "$(value OTHER_TOKEN)" = "$(printf 'two\nlines "quoted" \\ and more')" ] || die "the second value is not in it"
[ "$(value BINARY_TOKEN | sed 's/^b64://' | base64 -d | od -An -tx1 | tr -d ' \n')" = 6e6f74205554462d383a20ff ] ||
  die "the value that is no UTF-8 is not in it"
[ "$(jq -r 'select(.mcpcred == "vault") | .v' "$WORK/lines")" = 1 ] || die "no header line"
[ "$(jq -s 'map(select(.t == "end")) | length' "$WORK/lines")" = 1 ] || die "no end line"
[ "$(jq -s '.[0].n == length - 2' "$WORK/lines")" = true ] || die "the number of records is wrong"

step "the previous generation opens the same way, and lacks the last value"
lines "$DATA/vault.age.prev" >"$WORK/lines" || die "stock age does not open vault.age.prev"
[ "$(value EXAMPLE_TOKEN)" = synthetic-value-1 ] || die "the previous generation has lost a value"
[ -z "$(value BINARY_TOKEN)" ] || die "the previous generation is not the previous one"

step "nothing of a value is in a file"
for value in synthetic-value-1 'lines "quoted"'; do
  ! grep -rqF -- "$value" "$TEST_HOME" || die "a value lies in a file of the home folder"
done

step "a recipient opens the vault with its own identity"
age-keygen -o "$WORK/recovery.key" 2>/dev/null
# Only a person at a terminal may let somebody else read everything.
recipient=$(age-keygen -y "$WORK/recovery.key")
assert_exit 4 mcpcred vault recipient add "$recipient" </dev/null
add_recipient() {
  in_clean_env env TERM=dumb expect -c "
    set timeout 60
    spawn -noecho $MCPCRED vault recipient add $recipient
    expect -nocase yes
    send \"yes\r\"
    expect eof
    exit [lindex [wait] 3]"
}
assert_exit 0 add_recipient
age -d -i "$WORK/recovery.key" "$DATA/vault.age" >"$WORK/lines" || die "the recipient's identity does not open the vault"
[ "$(value EXAMPLE_TOKEN)" = synthetic-value-1 ] || die "the recipient does not see the value"

step "what stock age encrypts is no vault (I18)"
cp "$DATA/vault.age" "$WORK/kept.age"
sed 's/synthetic-value-1/synthetic-value-2/' "$WORK/lines" >"$WORK/changed"
age -r "$(age-keygen -y "$KEY_FILE")" -o "$WORK/forged.age" "$WORK/changed"
cat "$WORK/forged.age" >"$DATA/vault.age"
assert_error 6 "identity" mcpcred load EXAMPLE_TOKEN
cat "$WORK/kept.age" >"$DATA/vault.age"
assert_exit 0 mcpcred load EXAMPLE_TOKEN
[ "$(cat "$OUT")" = synthetic-value-1 ] || die "the value is not back"
