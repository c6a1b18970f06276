#compdef mcpcred
# mcpcred's completion for zsh, as the file _mcpcred in a folder of fpath, or by eval behind compinit. The program itself
# says what fits; nothing is decided here.

_mcpcred() {
  local word about kind=''
  local -a found
  while IFS=$'\t' read -r word about; do
    case $word in
      (:*) kind=${word#:} ;;
      (*) found+=("$word${about:+:$about}") ;;
    esac
  done < <(command mcpcred __complete "word=${(Q)PREFIX}" "${(@Q)words[2,CURRENT-1]}" 2>/dev/null </dev/null)
  if (( $#found )); then
    _describe -t words mcpcred found
    return
  fi
  [[ $PREFIX != --*=* ]] || compset -P '*='
  case $kind in
    (files) _files ;;
    (folders) _files -/ ;;
    (programs) if [[ $PREFIX == */* ]]; then _files; else _command_names -e; fi ;;
    (*) return 1 ;;
  esac
}

if [[ ${funcstack[1]} == _mcpcred ]]; then
  _mcpcred "$@"
elif (( $+functions[compdef] )); then
  compdef _mcpcred mcpcred
fi
