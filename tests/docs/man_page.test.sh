#!/usr/bin/env bash
# docs/mcpcred.1 is a page that both formatters take without a complaint, and that shows what was written: no text of
# ours is taken for roff.
#   man_page.test.sh ROOT
# shellcheck disable=SC2016,SC2088 # texts as they must be shown
set -euo pipefail
page=${1:?"usage: $0 ROOT"}/docs/mcpcred.1
for tool in mandoc groff; do
  command -v "$tool" >/dev/null || {
    echo "FAIL: $tool is not installed; scripts/test installs it" >&2
    exit 1
  }
done

complaints=$(
  mandoc -Tlint -Wwarning "$page" 2>&1 || true
  groff -ww -man -Tutf8 "$page" 2>&1 >/dev/null
)
[ -z "$complaints" ] || {
  echo "FAIL: $complaints" >&2
  exit 1
}

# As people see it, and can copy it: an ASCII hyphen, a straight quote, a line that begins with a dot.
shown=$(mandoc -Tascii -O width=100 "$page" | sed 's/.\x08//g')
for text in '--from-file FILE' 'pass show github | mcpcred store github --stdin' 'eval "$(mcpcred export --shell bash)"' \
  "the server's own code" '~/.local/state/mcpcred/registry.json' 'EXIT STATUS'; do
  grep -qF -- "$text" <<<"$shown" || {
    echo "FAIL: the page does not show: $text" >&2
    exit 1
  }
done
echo "the page is in order"
