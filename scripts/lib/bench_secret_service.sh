# shellcheck shell=bash
# Sourced by scripts/bench: what reading from the Secret Service costs beside bare calls and beside secret-tool.
# shellcheck disable=SC2154 # root, bench_work, bench_program, bench_home: of bench.sh

# shellcheck source-path=SCRIPTDIR source-path=SCRIPTDIR/.. source=../../tests/lib/bus.sh
. "$root/tests/lib/bus.sh"

bench_floor=$bench_work/secret_service_floor

build_floor() {
  local flags
  read -r -a flags <<<"$(pkg-config --cflags --libs libsystemd)"
  quietly "building the floor program" cc -O2 -o "$bench_floor" "$root/tests/bench/secret_service_floor.c" "${flags[@]}"
}

on_bench_bus() {
  env -i HOME="$bench_home" PATH=/usr/local/bin:/usr/bin:/bin DBUS_SESSION_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" "$@"
}

# bench_script NAME: the script on stdin becomes a program that hyperfine runs without a shell around it.
bench_script() {
  { printf '#!/bin/sh\n' && cat; } >"$bench_work/$1"
  chmod +x "$bench_work/$1"
}

# round RUNS HYPERFINE-ARGUMENT…: the median of each command, in seconds.
round() {
  hyperfine -N --warmup 1 --runs "$1" --style none --export-csv "$bench_work/round.csv" "${@:2}" \
    >"$bench_work/round.log" 2>&1 || die "hyperfine: $(tail -n 3 "$bench_work/round.log")"
  tail -n +2 "$bench_work/round.csv" | awk -F, '{print $(NF - 4)}'
}

# secret_service_costs COUNT ROUNDS, with gnome-keyring on the bus. Rounds of all commands in turn, so that what else
# the machine does falls on each of them; a ratio is the median of the rounds' own ratios.
secret_service_costs() {
  local count=$1 rounds=$2 i account registry
  account=$(id -un)
  bench_home=$bench_work/secret-service-$count
  registry=$bench_home/.local/state/mcpcred/registry.json
  mkdir -p "$bench_home"
  for ((i = 1; i <= count; ++i)); do
    printf 'bench-%034d' "$i" | on_bench_bus "$bench_program" --store secret-service store "BENCH_$i" --stdin \
      >"$bench_work/stored" 2>&1 || die "store BENCH_$i in secret-service failed: $(tail -n 2 "$bench_work/stored")"
  done
  bench_script forget-hints <<SCRIPT
jq 'del(.hints)' '$registry' >'$registry.new' && cat '$registry.new' >'$registry' && rm '$registry.new'
SCRIPT
  bench_script lookups <<SCRIPT
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  secret-tool lookup service BENCH_\$i account '$account' || exit
done
SCRIPT

  # What is compared must do the same.
  local export=("$bench_program" --store secret-service export)
  on_bench_bus "${export[@]}" | grep BENCH_ | sort >"$bench_work/ours"
  on_bench_bus "$bench_floor" "$account" | grep BENCH_ | sort >"$bench_work/floor"
  [ "$(wc -l <"$bench_work/floor")" -eq "$count" ] || die "the floor program does not find the $count items"
  [ "$(wc -l <"$bench_work/ours")" -eq "$count" ] || die "export does not print the $count credentials"
  on_bench_bus "$bench_work/lookups" >/dev/null || die "secret-tool does not find what mcpcred stored"
  jq -e '.hints | length > 0' "$registry" >/dev/null || die "no hints in the registry: it is not they that are measured"

  local names=("floor" "export, with hints" "export, first read" "15 × secret-tool lookup")
  local environment="env -i HOME=$bench_home PATH=/usr/local/bin:/usr/bin:/bin"
  environment+=" DBUS_SESSION_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS"
  rm -f "$bench_work/medians"
  for ((i = 0; i < rounds; ++i)); do
    round 20 --prepare true "$environment $bench_floor $account" --prepare true "$environment ${export[*]}" \
      --prepare "$bench_work/forget-hints" "$environment ${export[*]}" >"$bench_work/round"
    round 3 "$environment $bench_work/lookups" >>"$bench_work/round"
    paste -s -d ' ' "$bench_work/round" >>"$bench_work/medians"
  done

  printf '%-26s %10s %8s %12s\n' "Secret Service, $count items" "median ms" "× floor" "of lookups"
  for i in "${!names[@]}"; do
    printf '%-26s %10s %8s %12s\n' "${names[i]}" \
      "$(median_of_rounds "\$$((i + 1)) * 1000")" \
      "$(median_of_rounds "\$$((i + 1)) / \$1")" \
      "1/$(median_of_rounds "\$4 / \$$((i + 1))")"
  done
}

# median_of_rounds EXPRESSION of awk, over the medians of each round: $1 floor, $2 hints, $3 first read, $4 lookups.
median_of_rounds() {
  awk "{printf \"%.6f\\n\", $1}" "$bench_work/medians" | sort -g |
    awk '{at[NR] = $1} END {printf "%.2f", (at[int((NR + 1) / 2)] + at[int(NR / 2) + 1]) / 2}'
}

# The demands: with hints at most 1.4 × the floor, the first read 2.3 × (15 items) and 2.8 × (150), and at most a
# twenty-fifth of the lookups.
bench_secret_service() {
  build_floor
  with_keyring secret_service_costs 15 10
  with_keyring secret_service_costs 150 5
}
