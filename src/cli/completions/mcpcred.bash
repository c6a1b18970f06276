# mcpcred's completion for bash 3.2 and later. The program itself says what fits; nothing is decided here.
# shellcheck shell=bash

# _mcpcred_list WORD -f|-d|-c: files, folders or programs. What a shell would read as more than a name is left out where
# this bash cannot quote it.
_mcpcred_list() {
  local name
  if [ "$2" != -c ] && type compopt >/dev/null 2>&1; then
    if [ "$2" = -d ]; then compopt -o dirnames; else compopt -o default; fi
    return
  fi
  while IFS= read -r name; do
    case $name in
      -* | *[!A-Za-z0-9_./+@%,-]*) ;;
      *) COMPREPLY+=("$name") ;;
    esac
  done < <(compgen "$2" -- "${1##*=}")
}

_mcpcred() {
  # bash breaks words at = and : too; what has no space between is one word of the program's.
  local line=${COMP_LINE:0:COMP_POINT} words=() word rest i
  for ((i = 0; i <= COMP_CWORD; ++i)); do
    rest=${line#"${line%%[![:space:]]*}"}
    word=${COMP_WORDS[i]}
    [ "$i" -lt "$COMP_CWORD" ] || word=$rest
    if [ "$i" -gt 0 ] && [ "$rest" = "$line" ]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    line=${rest#"$word"}
  done
  local current=${words[${#words[@]} - 1]}
  unset "words[${#words[@]} - 1]"

  # bash replaces only what stands behind the last of these characters, and the @ itself.
  local kept='' mark
  for mark in = : @; do
    [[ $COMP_WORDBREAKS == *"$mark"* && $current == *"$mark"* ]] || continue
    rest=${current%"${current##*"$mark"}"}
    [ "$mark" != @ ] || rest=${rest%@}
    [ "${#rest}" -le "${#kept}" ] || kept=$rest
  done

  local kind=''
  COMPREPLY=()
  while IFS=$'\t' read -r word _; do
    case $word in
      :*) kind=${word#:} ;;
      *) COMPREPLY+=("${word#"$kept"}") ;;
    esac
  done < <(command mcpcred __complete "word=$current" "${words[@]:1}" 2>/dev/null </dev/null)
  case $kind in
    files) _mcpcred_list "$current" -f ;;
    folders) _mcpcred_list "$current" -d ;;
    programs)
      if [[ $current == */* ]]; then _mcpcred_list "$current" -f; else _mcpcred_list "$current" -c; fi
      ;;
  esac
}

complete -F _mcpcred mcpcred
