#!/usr/bin/env bash
# On a Mac: the contract on the real Keychain, and the guide's commands both ways, on a keychain made for this run.
#   real.test.sh MCPCRED TEST_CONTRACT
# Not run on any Mac yet. The person's default keychain and search list are put back at the end.
set -euo pipefail

mcpcred=$1
test_contract=$2
work=$(mktemp -d)
keychain=$work/mcpcred-test.keychain-db
password=throwaway
login=$(id -un)

unquoted() { sed -e 's/^[[:space:]]*"//' -e 's/"[[:space:]]*$//'; }
fail() {
  printf 'FAILED: %s\n' "$1" >&2
  exit 1
}
# A question of the system would wait for ever.
limited() { perl -e 'alarm 60; exec @ARGV or die' -- "$@"; }
ours() { limited "$mcpcred" --data-dir "$work/data" --store keychain "$@"; }

former_default=$(security default-keychain -d user | unquoted)
former_list=()
while IFS= read -r line; do former_list+=("$line"); done < <(security list-keychains -d user | unquoted)
restore() {
  security list-keychains -d user -s ${former_list[@]+"${former_list[@]}"} || true
  security default-keychain -d user -s "$former_default" || true
  security delete-keychain "$keychain" || true
  rm -rf "$work"
}
trap restore EXIT

security create-keychain -p "$password" "$keychain"
security set-keychain-settings "$keychain" # no lock after a while
security unlock-keychain -p "$password" "$keychain"
security list-keychains -d user -s "$keychain"
security default-keychain -d user -s "$keychain"

export MCPCRED_TEST_KEYCHAIN=1
export MCPCRED_REQUIRE_STORES=memory,env,vault,keychain
limited "$test_contract"

# What the guide's command made. It admits our program by name and, since macOS 10.12, by the hash of its code: without
# both the system would ask.
security add-generic-password -a "$login" -s GITHUB_TOKEN -w made-by-security -T "$mcpcred" -T /usr/bin/security
code_hash=$(codesign -d -vvv "$mcpcred" 2>&1 | sed -n 's/^CDHash=//p')
security set-generic-password-partition-list -S "apple-tool:,cdhash:$code_hash" -a "$login" -s GITHUB_TOKEN \
  -k "$password" "$keychain" >/dev/null
[ "$(ours load GITHUB_TOKEN)" = made-by-security ] || fail "load does not find the item of security"
ours list | grep -q GITHUB_TOKEN || fail "list does not show the item of security"

# Ours over it: the item keeps its access list, so that the guide's command reads it without a question.
printf 'made-by-mcpcred\n' | ours store GITHUB_TOKEN --stdin --replace
[ "$(limited security find-generic-password -a "$login" -s GITHUB_TOKEN -w)" = made-by-mcpcred ] ||
  fail "security does not read what mcpcred stored"

# One of our own making: found by the guide's names. Its value would be a question, as security is another program.
printf 'another\n' | ours store SLACK_TOKEN --stdin
security find-generic-password -a "$login" -s SLACK_TOKEN >/dev/null || fail "security does not find the item of mcpcred"
ours --yes delete SLACK_TOKEN
! security find-generic-password -a "$login" -s SLACK_TOKEN >/dev/null 2>&1 || fail "the deleted item is still there"

security lock-keychain "$keychain"
limited "$test_contract" '[keychain-locked]'
