# shellcheck shell=bash
# Sourced after tests/e2e/lib.sh: every system call of mcpcred is looked at for $CANARY, which the test sets before.
need strace
TRACE=$WORK/trace
# How a line of the trace begins.
# shellcheck disable=SC2034 # used by the tests
readonly kCall='^[0-9]+ +'

# The canary as text, hex and base64 at its three offsets (without the edges, which depend on what is beside it).
needles() {
  printf '%s\n' "$CANARY"
  printf '%s' "$CANARY" | od -An -tx1 | tr -d ' \n'
  echo
  local shift
  for shift in "" x xx; do
    printf '%s%s' "$shift" "$CANARY" | base64 -w 0 | cut -c5-48
  done
}
needles >"$WORK/needles"

# mcpcred is undumpable, so that without CAP_SYS_PTRACE strace would show addresses instead of text.
PRELOAD=()
if [ "$(id -u)" -ne 0 ]; then
  need c++
  # shellcheck disable=SC2016
  printf '%s\n' '#include <dlfcn.h>' '#include <sys/prctl.h>' \
    'extern "C" int prctl(int option, ...) noexcept {' \
    '  if (option == PR_SET_DUMPABLE || option == PR_GET_DUMPABLE) return 0;' \
    '  __builtin_va_list list; __builtin_va_start(list, option);' \
    '  unsigned long a = __builtin_va_arg(list, unsigned long), b = __builtin_va_arg(list, unsigned long);' \
    '  unsigned long c = __builtin_va_arg(list, unsigned long), d = __builtin_va_arg(list, unsigned long);' \
    '  using Function = int (*)(int, unsigned long, unsigned long, unsigned long, unsigned long);' \
    '  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, "prctl"))(option, a, b, c, d); }' |
    c++ -shared -fPIC -w -x c++ - -o "$WORK/dumpable.so" -ldl
  PRELOAD=(LD_PRELOAD="$WORK/dumpable.so")
fi

traced() { in_clean_env strace -f -v -y -s 200000 -o "$TRACE" env ${PRELOAD[@]+"${PRELOAD[@]}"} "$MCPCRED" "$@"; }

# only_in PATTERN: the canary is in at least one traced call, and all calls that hold it match PATTERN.
only_in() {
  local seen other
  seen=$(grep -cFf "$WORK/needles" "$TRACE" || true)
  [ "$seen" -gt 0 ] || die "strace did not see the token where it must be ($1): this test looks at nothing"
  other=$(grep -Ff "$WORK/needles" "$TRACE" | grep -vcE "$1" || true)
  if [ "$other" -ne 0 ]; then
    grep -Ff "$WORK/needles" "$TRACE" | grep -vE "$1" | cut -c1-300 >&2
    die "the token is in $other system calls that are not allowed to hold it ($1)"
  fi
}
nowhere() { ! grep -qFf "$WORK/needles" "$TRACE" || die "the token is in the trace of: $LAST"; }
