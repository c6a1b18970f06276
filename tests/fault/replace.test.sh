#!/usr/bin/env bash
# K1 K2 K9 K10 G8: the replacement of a file, killed before each of its system calls and with each of them failing.
# Whatever happens, the old or the new content is there, the exit code says which, the next replacement works, and
# after a failure nothing is left over.
#   replace.test.sh FAULT_REPLACE SHORT_WRITES_LIBRARY
# shellcheck disable=SC2015 # die ends the script
set -euo pipefail

PROGRAM=${1:?"usage: $0 FAULT_REPLACE SHORT_WRITES_LIBRARY"}
SHORT_WRITES=${2:?"usage: $0 FAULT_REPLACE SHORT_WRITES_LIBRARY"}
WORK=$(mktemp -d "${TMPDIR:-/tmp}/mcpcred-fault.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
export ASAN_OPTIONS=detect_leaks=0 # the leak check of a sanitizer build cannot run under strace
DIR=$WORK/dir
TARGET=$DIR/target
PREVIOUS=$DIR/target.prev
LOG=$WORK/strace

die() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}
command -v strace >/dev/null 2>&1 || die "strace is not installed; scripts/test installs it"

fresh() {
  rm -rf "$DIR"
  mkdir -m 700 "$DIR"
  printf older >"$PREVIOUS"
  printf old >"$TARGET"
}
content() { cat "$1" 2>/dev/null || true; }
temps() { find "$DIR" -name '.*.mcpcred.*' | wc -l; }
replace() { "$PROGRAM" "$TARGET" "$1" "$PREVIOUS"; }

# traced OPTION…: the exit code in CODE.
traced() {
  CODE=0
  # The group keeps bash's own "Killed" lines away.
  { strace -f -qq -o "$LOG" "$@" "$PROGRAM" "$TARGET" new "$PREVIOUS" \
    >"$WORK/out" 2>&1 || CODE=$?; } 2>/dev/null
}

# Every system call of a good replacement, one name a line. Names and counts, as strace counts each name by itself:
# "when=3" with "all" would be the third call of whichever name comes to three first.
fresh
traced
[ "$CODE" -eq 0 ] || die "a replacement under strace failed with $CODE: $(content "$WORK/out")"
# A strace that sees nothing would let everything below pass.
grep -q 'write([0-9]*, "new", 3)' "$LOG" || die "strace does not show what is written"
grep -q 'renameat.*"target"' "$LOG" || die "strace does not show the replacement"
grep -oE '^[0-9 ]*[a-z0-9_]+\(' "$LOG" | grep -oE '[a-z0-9_]+\($' | tr -d '(' | sort | uniq -c >"$WORK/calls"

# --- killed before each system call -------------------------------------------------------------------------------
points=0 saw_old=0 saw_new=0 saw_temp=0
while read -r count name; do
  for ((k = 1; k <= count; ++k)); do
    [ "$name" != execve ] || continue
    fresh
    traced -e "inject=$name:signal=KILL:when=$k"
    # The runtime of the sanitizers makes a call more or less from run to run; the last one may not come.
    if [ "$CODE" -eq 0 ] && [ "$k" -gt 1 ] && [ "$(content "$TARGET")" = new ]; then break; fi
    [ "$CODE" -eq 137 ] || die "$name $k: not killed, exit code $CODE"
    points=$((points + 1))
    now=$(content "$TARGET") kept=$(content "$PREVIOUS")
    case $now:$kept in
      old:older | old:old) saw_old=$((saw_old + 1)) ;;
      new:old) saw_new=$((saw_new + 1)) ;;
      *) die "killed at $name $k: target '$now', previous '$kept'" ;;
    esac
    [ "$(temps)" -eq 0 ] || saw_temp=$((saw_temp + 1))
    replace next || die "killed at $name $k: the next replacement failed"
    [ "$(content "$TARGET")" = next ] || die "killed at $name $k: the next replacement did not replace"
    [ "$(content "$PREVIOUS")" = "$now" ] || die "killed at $name $k: the next one kept '$(content "$PREVIOUS")'"
    [ "$(temps)" -eq 0 ] || die "killed at $name $k: leftovers: $(ls -A "$DIR")"
  done
done <"$WORK/calls"
[ "$saw_old" -gt 0 ] && [ "$saw_new" -gt 0 ] && [ "$saw_temp" -gt 0 ] ||
  die "the kills missed the replacement: $saw_old old, $saw_new new, $saw_temp with a temp file"
echo "killed at $points system calls: $saw_old old, $saw_new new, $saw_temp left a temp file for the next one to remove"

# --- each of its system calls failing -----------------------------------------------------------------------------
runs=0 refused=0 unsure=0
# Without open(2), which only the runtime of the sanitizers calls.
for name in openat write fsync fchmod linkat renameat renameat2 close newfstatat fstat lstat; do
  count=$(awk -v name="$name" '$2 == name { print $1 }' "$WORK/calls")
  for ((k = 1; k <= ${count:-0}; ++k)); do
    for error in ENOSPC EIO EDQUOT EROFS EACCES EINTR EPERM; do
      fresh
      traced -e "inject=$name:error=$error:when=$k"
      runs=$((runs + 1))
      now=$(content "$TARGET")
      if [ "$CODE" -eq 0 ]; then
        [ "$now" = new ] || die "$name $k $error: exit code 0, but the content is '$now'"
      elif grep -q '^durability_unknown: ' "$WORK/out"; then
        [ "$now" = new ] || die "$name $k $error: said to be replaced, but the content is '$now'"
        unsure=$((unsure + 1))
      else
        [ "$now" = old ] || die "$name $k $error: exit code $CODE, but the content is '$now'"
        refused=$((refused + 1))
      fi
      case $(content "$PREVIOUS") in
        older | old) ;;
        *) die "$name $k $error: the previous file is '$(content "$PREVIOUS")'" ;;
      esac
      [ "$now" = old ] || [ "$(content "$PREVIOUS")" = old ] || die "$name $k $error: replaced, the old one not kept"
      [ "$(temps)" -eq 0 ] || die "$name $k $error: left over: $(ls -A "$DIR")"
    done
  done
done
[ "$refused" -gt 0 ] && [ "$unsure" -gt 0 ] || die "the errors missed: $refused refused, $unsure unsure"
echo "errors at $runs points: $refused refused with the old file intact, $unsure replaced but not surely on disk"

# --- K10: the temp's fsync fails: an error, and no second one on it -----------------------------------------------
fresh
traced -e inject=fsync:error=EIO:when=1
[ "$CODE" -eq 5 ] || die "a failed fsync gives exit code $CODE"
[ "$(grep -c 'fsync(' "$LOG")" -eq 1 ] || die "fsync was called again after it failed"
traced -e inject=fsync:error=EIO:when=2
grep -q '^durability_unknown: ' "$WORK/out" || die "a folder that cannot be synced: $(content "$WORK/out")"

# --- a file system without hard links: a copy is kept -------------------------------------------------------------
fresh
traced -e inject=linkat:error=EPERM
[ "$CODE" -eq 0 ] && [ "$(content "$TARGET"):$(content "$PREVIOUS")" = new:old ] ||
  die "without hard links: exit code $CODE, target '$(content "$TARGET")', previous '$(content "$PREVIOUS")'"

# --- K9: one byte a write, interrupted every time -----------------------------------------------------------------
fresh
long=$(printf '%05000d' 7)
LD_PRELOAD=$SHORT_WRITES "$PROGRAM" "$TARGET" "$long" "$PREVIOUS" || die "short writes: failed"
[ "$(content "$TARGET")" = "$long" ] || die "short writes: the content is torn"
# As in the proof above: that the library was in effect.
strace -f -qq -o "$LOG" -e trace=write -E "LD_PRELOAD=$SHORT_WRITES" "$PROGRAM" "$TARGET" "$long" "$PREVIOUS"
[ "$(grep -c 'write(.*, 1) *= 1' "$LOG")" -ge 5000 ] || die "short writes: the library was not in effect"

# --- G8: a disk that is really full -------------------------------------------------------------------------------
mkdir "$WORK/disk"
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=64k tmpfs "$WORK/disk" 2>/dev/null; then
  trap 'umount "$WORK/disk"; rm -rf "$WORK"' EXIT
  DIR=$WORK/disk TARGET=$WORK/disk/target PREVIOUS=$WORK/disk/target.prev
  printf old >"$TARGET"
  CODE=0
  "$PROGRAM" "$TARGET" "$(printf '%0100000d' 7)" "$PREVIOUS" 2>"$WORK/out" || CODE=$?
  [ "$CODE" -eq 5 ] && grep -q 'No space left' "$WORK/out" || die "full disk: exit code $CODE: $(content "$WORK/out")"
  [ "$(content "$TARGET")" = old ] && [ "$(temps)" -eq 0 ] || die "full disk: $(ls -A "$DIR")"
  echo "full disk: refused, the old file intact"
else
  echo "NOT RUN: the full disk, which needs the right to mount a tmpfs"
fi
