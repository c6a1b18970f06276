# shellcheck shell=bash
# Sourced by the scripts beside this folder. Works with bash 3.2 (macOS).

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# die MESSAGE: one line, and the end.
die() {
  printf 'error: %s\n' "$1" >&2
  exit 1
}

# How many jobs to run at once.
jobs_count() {
  getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2
}

# quietly LABEL COMMAND…: its output is shown only where it fails.
quietly() {
  local label=$1 log status=0
  shift
  log=$(mktemp "${TMPDIR:-/tmp}/mcpcred-log.XXXXXX")
  "$@" >"$log" 2>&1 || status=$?
  if [ "$status" -ne 0 ]; then
    tail -n 60 "$log" >&2
    rm -f "$log"
    die "$label failed (exit $status): $*"
  fi
  rm -f "$log"
}

# build_preset PRESET [TARGET…]: configures and builds below build/PRESET.
build_preset() {
  local preset=$1 target options=()
  shift
  for target in "$@"; do options+=(--target "$target"); done
  # What is shipped carries no symbols.
  local define=()
  [ "$preset" != release ] || define=(-DCMAKE_EXE_LINKER_FLAGS_RELEASE=-s)
  [ "$preset" != dev ] || define=(-DCMAKE_UNITY_BUILD="${MCPCRED_UNITY:-OFF}")
  (
    cd "$root" || exit
    quietly "configuring $preset" cmake --preset "$preset" ${define[@]+"${define[@]}"}
    quietly "building $preset" cmake --build --preset "$preset" --parallel "$(jobs_count)" \
      ${options[@]+"${options[@]}"}
  )
}

# SHA-256 of stdin, in hex.
sha256_hex() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum; else shasum -a 256; fi | cut -c1-64
}
