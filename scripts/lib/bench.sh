# shellcheck shell=bash
# Sourced by scripts/bench and scripts/check-budget: a throwaway home with a key-file vault.

# shellcheck source-path=SCRIPTDIR source-path=SCRIPTDIR/lib source=dependencies.sh
. "$(dirname "${BASH_SOURCE[0]}")/dependencies.sh"

bench_program=$root/build/release/mcpcred
bench_work=$(mktemp -d "${TMPDIR:-/tmp}/mcpcred-bench.XXXXXX")
trap 'rm -rf "$bench_work"' EXIT
bench_home=$bench_work/home

in_bench_home() { env -i HOME="$bench_home" PATH="$bench_home/bin:/usr/local/bin:/usr/bin:/bin" "$@"; }

# make_bench_home COUNT: a vault with COUNT credentials of 40 bytes, one of them GitHub's, whose server is /bin/true.
make_bench_home() {
  local i
  rm -rf "$bench_home"
  mkdir -p "$bench_home/bin"
  cp /bin/true "$bench_home/bin/docker"
  in_bench_home "$bench_program" vault init --key-file "$bench_home/vault.key" >/dev/null 2>&1
  for ((i = 1; i <= $1; ++i)); do
    name=BENCH_$i
    [ "$i" -ne 1 ] || name=GITHUB_TOKEN
    printf 'bench-%034d' "$i" | in_bench_home "$bench_program" store "$name" --stdin >/dev/null 2>&1 ||
      die "store $name failed"
  done
}
