#!/usr/bin/env bash
# Every example of docs/ci.md, taken from the page itself: the scripts of GitHub's and GitLab's files run as their
# runners would run them, .envrc by direnv, the units looked at by systemd's own checker and their command run.
# shellcheck disable=SC2016 # $ in single quotes is for the scripts that are written here, or a part of a value
# shellcheck source=tests/e2e/lib.sh
source "$(dirname "$0")/lib.sh"
need python3 direnv systemd-analyze
PAGE=$(cd "$(dirname "$0")/../.." && pwd)/docs/ci.md
BLOCKS=$WORK/blocks
SLACK=xoxb-000000000000-0000000000000-aBcDeFgHiJkLmNoPqRsTuVwX
mkdir "$BLOCKS" "$WORK/project"
ln -s "$MCPCRED" "$TEST_HOME/bin/mcpcred"
printf '#!/bin/sh\nprintf "report got %%s\\n" "${SLACK_BOT_TOKEN:-$SLACK_TOKEN}"\n' >"$WORK/project/report.sh"
chmod +x "$WORK/project/report.sh"

step 'every block is on the page, under its file name'
python3 - "$PAGE" "$BLOCKS" <<'PYTHON'
import pathlib, re, sys
page = pathlib.Path(sys.argv[1]).read_text()
found = {name: text for name, text in re.findall(r"^```\w+ (\S+)\n(.*?)^```$", page, re.M | re.S)}
wanted = {".github/workflows/report.yml", ".gitlab-ci.yml", ".envrc", ".devcontainer/devcontainer.json",
          "~/.config/systemd/user/mcp-github.socket", "~/.config/systemd/user/mcp-github@.service"}
if set(found) != wanted:
    sys.exit(f"FAILED: docs/ci.md has the blocks {sorted(found)}, not {sorted(wanted)}")
for name, text in found.items():
    (pathlib.Path(sys.argv[2]) / name.rsplit("/", 1)[-1]).write_text(text)
PYTHON

# in_project NAME=VALUE… -- SCRIPT: as a runner would, with these variables, where report.sh lies.
in_project() {
  local -a variables=()
  while [ "$1" != -- ]; do
    variables+=("$1")
    shift
  done
  (cd "$WORK/project" && in_clean_env env "${variables[@]}" bash -eo pipefail "$2")
}

step 'GitHub Actions: each step with its own secrets'
python3 - "$BLOCKS" "$SLACK" <<'PYTHON'
import pathlib, sys, yaml
blocks, token = pathlib.Path(sys.argv[1]), sys.argv[2]
file = yaml.safe_load((blocks / "report.yml").read_text())
values = {"${{ secrets.SLACK_TOKEN }}": token, "${{ vars.SLACK_TEAM_ID }}": "T0123ABCD"}
steps = [one for one in file["jobs"]["report"]["steps"] if "run" in one]
assert len(steps) == 3, steps
for i, one in enumerate(steps):
    (blocks / f"github-{i}.sh").write_text(one["run"])
    env = {**file["env"], **{name: values[text] for name, text in one["env"].items()}}
    (blocks / f"github-{i}.env").write_text("".join(f"{name}={value}\n" for name, value in env.items()))
PYTHON
: >"$WORK/github_env"
for i in 0 1 2; do
  mapfile -t variables <"$BLOCKS/github-$i.env"
  assert_exit 0 in_project "${variables[@]}" GITHUB_ENV="$WORK/github_env" -- "$BLOCKS/github-$i.sh"
  [ "$i" -ne 0 ] || assert_lacks "$OUT" "$SLACK"
  [ "$i" -ne 1 ] || assert_contains "$OUT" "report got $SLACK"
done
assert_contains "$OUT" "::add-mask::$SLACK"
grep -q '^SLACK_TOKEN<<' "$WORK/github_env" || die 'GITHUB_ENV has no SLACK_TOKEN'
grep -qxF "$SLACK" "$WORK/github_env" || die 'GITHUB_ENV has not the value'
assert_exit 1 in_project MCPCRED_STORE=env -- "$BLOCKS/github-0.sh"

step 'GitLab CI: the lines in one shell'
python3 - "$BLOCKS" <<'PYTHON'
import pathlib, sys, yaml
blocks = pathlib.Path(sys.argv[1])
job = yaml.safe_load((blocks / ".gitlab-ci.yml").read_text())["report"]
assert job["variables"] == {"MCPCRED_STORE": "env"}, job
(blocks / "gitlab.sh").write_text("\n".join(job["script"]) + "\nprintf 'loaded %s\\n' \"$TOKEN\"\n")
PYTHON
assert_exit 0 in_project MCPCRED_STORE=env SLACK_TOKEN="$SLACK" SLACK_TEAM_ID=T0123ABCD -- "$BLOCKS/gitlab.sh"
assert_contains "$OUT" "report got $SLACK"
assert_contains "$OUT" "loaded $SLACK"
assert_exit 1 in_project MCPCRED_STORE=env -- "$BLOCKS/gitlab.sh"
assert_file_absent "$TEST_HOME/.local"
assert_file_absent "$TEST_HOME/.config"

step 'devcontainer: valid JSON, and its command in its variables'
python3 - "$BLOCKS" <<'PYTHON'
import json, pathlib, sys
blocks = pathlib.Path(sys.argv[1])
file = json.loads((blocks / "devcontainer.json").read_text())
assert file["remoteEnv"] == {"GITHUB_TOKEN": "${localEnv:GITHUB_TOKEN}", "MCPCRED_STORE": "env"}, file
(blocks / "devcontainer.sh").write_text(file["postStartCommand"])
PYTHON
assert_exit 0 in_project MCPCRED_STORE=env GITHUB_TOKEN=made-up -- "$BLOCKS/devcontainer.sh"
assert_contains "$OUT" GITHUB_TOKEN
assert_exit 1 in_project MCPCRED_STORE=env -- "$BLOCKS/devcontainer.sh"

step 'direnv loads .envrc, and nothing where the vault is locked'
printf '#!/bin/sh\nprintf "server got %%s in %%s\\n" "$GITHUB_PERSONAL_ACCESS_TOKEN" "$*"\n' >"$TEST_HOME/bin/docker"
chmod +x "$TEST_HOME/bin/docker"
new_vault
store_value GITHUB_TOKEN 'made $up'
cp "$BLOCKS/.envrc" "$WORK/project/.envrc"
envrc() { (cd "$WORK/project" && in_clean_env direnv "$@"); }
assert_exit 0 envrc allow
assert_exit 0 envrc exec . sh -c 'printf "[%s]" "$GITHUB_TOKEN"'
assert_equal "$(cat "$OUT")" '[made $up]' 'what direnv loaded'
mv "$KEY_FILE" "$WORK/key"
assert_exit 0 envrc exec . sh -c 'printf "[%s]" "$GITHUB_TOKEN"'
assert_equal "$(cat "$OUT")" '[]' 'what direnv loaded without the key'
assert_contains "$ERR" 'nothing was exported'

step 'systemd: the units are valid, and the command starts the server with the key as a credential'
mkdir "$WORK/units" "$WORK/credentials"
for unit in mcp-github.socket mcp-github@.service; do
  sed "s|/usr/local/bin/mcpcred|$TEST_HOME/bin/mcpcred|" "$BLOCKS/$unit" >"$WORK/units/$unit"
done
mkdir -m 700 "$WORK/runtime"
units() { in_clean_env env XDG_RUNTIME_DIR="$WORK/runtime" systemd-analyze --user verify "$@"; }
assert_exit 0 units "$WORK/units/mcp-github.socket" "$WORK/units/mcp-github@.service"
assert_lacks "$ERR" mcp-github
printf 'ExecStartt=x\n' >>"$WORK/units/mcp-github@.service"
units "$WORK/units/mcp-github@.service" >"$OUT" 2>"$ERR" || true
LAST='the same with a misspelt line'
assert_contains "$ERR" ExecStartt
grep -qxF 'LoadCredential=vault.key:%h/.mcpcred.key' "$BLOCKS/mcp-github@.service" || die 'no LoadCredential'
install -m 400 "$WORK/key" "$WORK/credentials/vault.key"
read -ra command <<<"$(sed -n 's/^ExecStart=//p' "$BLOCKS/mcp-github@.service")"
key=$(sed -n "s|^Environment=\(.*\)%d|\1$WORK/credentials|p" "$BLOCKS/mcp-github@.service")
assert_exit 0 in_clean_env env "$key" "$TEST_HOME/bin/${command[0]##*/}" "${command[@]:1}"
assert_contains "$OUT" 'server got made $up'
