# shellcheck shell=bash
# Sourced by scripts/bench: what the profile block adds to the start of an interactive shell.
# shellcheck disable=SC2154 # root, bench_work, bench_program, bench_home: of bench.sh

# start_of SHELL: its interactive start, with nothing of a person's in it.
start_of() { printf '%s -i -c exit' "$(command -v "$1")"; }

profile_file() {
  case $1 in
    bash) echo .bashrc ;;
    zsh) echo .zshrc ;;
    fish) echo .config/fish/config.fish ;;
  esac
}

# shell_start_costs NAME HOME [OPTION…]: HOME with 15 credentials; the options are for mcpcred. Each shell starts in the
# same home twice in every round: with the block, and with a comment of the same length. A difference is the median of
# the rounds' own; a ratio is to /bin/true, which the same round starts.
shell_start_costs() {
  local name=$1 home=$2 shell kind environment rounds=${shell_start_rounds:-40} i
  shift 2
  mkdir -p "$home/bin"
  ln -sf "$bench_program" "$home/bin/mcpcred"
  environment="HOME=$home PATH=$home/bin:/usr/bin:/bin TERM=dumb"
  [ -z "${DBUS_SESSION_BUS_ADDRESS:-}" ] || environment+=" DBUS_SESSION_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS"
  for shell in bash zsh fish; do
    for kind in with without; do
      rm -rf "$bench_work/start-$shell-$kind"
      cp -a "$home" "$bench_work/start-$shell-$kind"
    done
    # shellcheck disable=SC2086 # words
    env -i $environment HOME="$bench_work/start-$shell-with" mcpcred shell install "$shell" >/dev/null 2>&1 ||
      die "shell install $shell failed"
    mkdir -p "$bench_work/start-$shell-without/.config/fish"
    sed 's/^/# /' "$bench_work/start-$shell-with/$(profile_file "$shell")" \
      >"$bench_work/start-$shell-without/$(profile_file "$shell")"
    # What is measured must do its work.
    # shellcheck disable=SC2086,SC2046 # words
    [ "$(env -i $environment HOME="$bench_work/start-$shell-with" $(command -v "$shell") -i -c env 2>/dev/null |
      grep -c bench-)" -eq 15 ] || die "$shell starts without the 15 variables"
  done

  rm -f "$bench_work/medians"
  for ((i = 0; i < rounds; ++i)); do
    local commands=("env -i $environment /bin/true" "env -i $environment $bench_program export --no-prompt --shell bash")
    for shell in bash zsh fish; do
      for kind in without with; do
        commands+=("env -i $environment HOME=$bench_work/start-$shell-$kind $(start_of "$shell")")
      done
    done
    round 3 "${commands[@]}" | paste -s -d ' ' >>"$bench_work/medians"
  done

  printf '%-34s %10s %10s %10s %8s\n' "shell start, 15 from $name" "without ms" "with ms" "added ms" "× true"
  i=3
  for shell in bash zsh fish; do
    printf '%-34s %10s %10s %10s %8s\n' "  $shell" "$(median_of_rounds "\$$i * 1000")" \
      "$(median_of_rounds "\$$((i + 1)) * 1000")" "$(median_of_rounds "(\$$((i + 1)) - \$$i) * 1000")" \
      "$(median_of_rounds "(\$$((i + 1)) - \$$i) / \$1")"
    i=$((i + 2))
  done
  printf '%-34s %10s %10s %10s %8s\n' "  mcpcred export alone" "" "$(median_of_rounds "\$2 * 1000")" "" \
    "$(median_of_rounds "\$2 / \$1")"
}

# With 15 credentials in a home of its own on a bus with gnome-keyring.
secret_service_start() {
  local home=$bench_work/start-secret-service i
  mkdir -p "$home"
  for ((i = 1; i <= 15; ++i)); do
    printf 'bench-%034d' "$i" | bench_home=$home on_bench_bus "$bench_program" store "BENCH_$i" --stdin \
      >"$bench_work/stored" 2>&1 || die "store BENCH_$i failed: $(tail -n 2 "$bench_work/stored")"
  done
  shell_start_costs "Secret Service" "$home"
}

# The demands: at most 6 ms added from the vault, 10 ms from the Secret Service.
bench_shell_start() {
  shell_start_costs "the vault" "$1"
  [ "$(uname -s)" != Linux ] || with_keyring secret_service_start
}
