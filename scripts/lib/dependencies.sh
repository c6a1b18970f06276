# shellcheck shell=bash
# Sourced. install_dependencies build|test|windows|bench makes sure that everything of that level (and of the levels before
# it) is there. Nothing is installed, and no list of packages is fetched, when all of it is.

# shellcheck source-path=SCRIPTDIR source-path=SCRIPTDIR/lib source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# level  need  check  apt  dnf  brew
#   need: must (no build without it) or may (CMake fetches it, or it only saves time)
#   check: a command, header:PATH[,PATH], python:MODULE or runtime (clang's sanitizer and fuzzer libraries)
#   "-": not known, and not looked for, on that system
dependency_table() {
  cat <<'EOF'
build must c++                                                 g++                  gcc-c++           -
build must cmake                                               cmake                cmake             cmake
build must ninja                                               ninja-build          ninja-build       ninja
build must pkg-config                                          pkg-config           pkgconf           pkgconf
build must header:sodium.h                                     libsodium-dev        libsodium-devel   libsodium
build may  header:nlohmann/json.hpp                            nlohmann-json3-dev   json-devel        nlohmann-json
build may  header:CLI/CLI.hpp                                  libcli11-dev         cli11-devel       cli11
build may  header:spdlog/spdlog.h                              libspdlog-dev        spdlog-devel      spdlog
build may  ccache                                              ccache               ccache            ccache
test  may  header:catch2/catch.hpp,catch2/catch_all.hpp        catch2               catch-devel       catch2
test  must clang++                                             clang                clang             -
test  must clang-tidy                                          clang-tidy           clang-tools-extra llvm
test  must clang-format                                        clang-format         clang-tools-extra clang-format
test  must runtime                                             @runtime             compiler-rt       llvm
test  must shellcheck                                          shellcheck           ShellCheck        shellcheck
test  must age                                                 age                  age               age
test  must strace                                              strace               strace            -
test  must expect                                              expect               expect            expect
test  must jq                                                  jq                   jq                jq
test  must valgrind                                            valgrind             valgrind          -
test  must zsh                                                 zsh                  zsh               zsh
test  must fish                                                fish                 fish              fish
test  must mandoc                                              mandoc               mandoc            mandoc
test  must groff                                               groff                groff             groff
test  must dash                                                dash                 dash              dash
test  must fish                                                 fish                 fish                fish
test  must npm                                                  npm                  npm                 node
test  must keyctl                                              keyutils             keyutils          -
test  must python3                                             python3              python3           python3
test  must python:pip                                          python3-pip          python3-pip       -
test  must python:yaml                                         python3-yaml         python3-pyyaml       -
test  must python:jsonschema                                   python3-jsonschema   python3-jsonschema -
test  must header:systemd/sd-bus.h                             libsystemd-dev       systemd-devel     -
test  must direnv                                              direnv               direnv               direnv
test  must systemd-analyze                                     systemd              systemd              -
test  must dbus-daemon                                         dbus-daemon          dbus-daemon       -
test  must dbus-send                                           dbus                 dbus-tools        -
test  must gnome-keyring-daemon                                gnome-keyring        gnome-keyring     -
test  must secret-tool                                         libsecret-tools      libsecret         -
windows must x86_64-w64-mingw32-g++-posix                      g++-mingw-w64-x86-64-posix - -
windows must wine                                              wine                 -                 -
windows must file:/usr/lib/wine/wine64                         wine64               -                 -
windows must ld.lld                                            lld                  -                 -
windows must llvm-ar                                           llvm                 -                 -
windows must autoreconf                                        autoconf             -                 -
windows must automake                                          automake             -                 -
windows must libtoolize                                        libtool              -                 -
windows must dpkg-source                                       dpkg-dev             -                 -
bench must header:systemd/sd-bus.h                             libsystemd-dev       systemd-devel     -
bench must dbus-daemon                                         dbus-daemon          dbus-daemon       -
bench must dbus-send                                           dbus                 dbus-tools        -
bench must gnome-keyring-daemon                                gnome-keyring        gnome-keyring     -
bench must secret-tool                                         libsecret-tools      libsecret         -
bench must jq                                                  jq                   jq                jq
bench must zsh                                                 zsh                  zsh               zsh
bench must fish                                                fish                 fish              fish
bench must hyperfine                                           hyperfine            hyperfine         hyperfine
bench must file:/usr/bin/time                                  time                 time              -
EOF
}

has_header() {
  local name folder
  for name in ${1//,/ }; do
    for folder in /usr/include /usr/local/include /opt/homebrew/include /opt/local/include ${CPATH:+${CPATH//:/ }}; do
      [ ! -e "$folder/$name" ] || return 0
    done
  done
  return 1
}

has_dependency() {
  case $1 in
    header:*) has_header "${1#header:}" ;;
    python:*) python3 -c "import ${1#python:}" 2>/dev/null ;;
    file:*) [ -x "${1#file:}" ] ;;
    runtime)
      command -v clang++ >/dev/null 2>&1 &&
        compgen -G "$(clang++ -print-resource-dir)/lib/*/libclang_rt.fuzzer*" >/dev/null
      ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

# The package with clang's runtime libraries carries the version in its name, and an older name before Debian 12.
apt_runtime_package() {
  local version name
  version=$(apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p' | head -n 1)
  for name in "libclang-rt-$version-dev" "libclang-common-$version-dev"; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      printf '%s\n' "$name"
      return
    fi
  done
}

package_manager() {
  local name
  for name in apt-get dnf brew; do
    if command -v "$name" >/dev/null 2>&1; then
      printf '%s\n' "$name"
      return
    fi
  done
}

# missing_packages LEVELS MANAGER: "must|may PACKAGE" for each that is not there.
missing_packages() {
  local levels=$1 manager=$2 level need check apt dnf brew package
  dependency_table | while read -r level need check apt dnf brew; do
    case " $levels " in *" $level "*) ;; *) continue ;; esac
    case $manager in
      dnf) package=$dnf ;;
      brew) package=$brew ;;
      *) package=$apt ;;
    esac
    [ "$package" != - ] || continue
    has_dependency "$check" || printf '%s %s\n' "$need" "$package"
  done | sort -u
}

install_packages() {
  local manager=$1
  shift
  local as_root=()
  if [ "$manager" != brew ] && [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  case $manager in
    apt-get)
      local environment=(env DEBIAN_FRONTEND=noninteractive) wait=(-o DPkg::Lock::Timeout=120)
      ${as_root[@]+"${as_root[@]}"} "${environment[@]}" apt-get -qq "${wait[@]}" update || true
      local names=() name
      for name in "$@"; do
        [ "$name" != @runtime ] || name=$(apt_runtime_package)
        [ -z "$name" ] || names+=("$name")
      done
      ${as_root[@]+"${as_root[@]}"} "${environment[@]}" apt-get -qq "${wait[@]}" -y --no-install-recommends \
        install "${names[@]}"
      ;;
    dnf) ${as_root[@]+"${as_root[@]}"} dnf -q -y install "$@" ;;
    brew) brew install --quiet "$@" ;;
  esac
}

may_install() {
  case $1 in
    brew) return 0 ;;
    "") return 1 ;;
  esac
  [ "$(id -u)" -eq 0 ] && return 0
  command -v sudo >/dev/null 2>&1 || return 1
  sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }
}

# The command to type, for a person whom we cannot do it for.
install_command() {
  case $1 in
    dnf) echo "sudo dnf install" ;;
    *) echo "sudo apt-get install" ;;
  esac
}

install_dependencies() {
  local levels manager missing packages hard
  case $1 in
    build) levels="build" ;;
    test) levels="build test" ;;
    windows) levels="build test windows" ;;
    bench) levels="build bench" ;;
    *) die "no such level of dependencies: $1" ;;
  esac
  manager=$(package_manager)
  missing=$(missing_packages "$levels" "$manager")
  [ -n "$missing" ] || return 0
  packages=$(printf '%s\n' "$missing" | cut -d' ' -f2 | sort -u | tr '\n' ' ')

  if may_install "$manager"; then
    printf 'installing: %s\n' "$packages" >&2
    # shellcheck disable=SC2086 # a list of names
    quietly "installing packages" install_packages "$manager" $packages
    # A package of the right name need not have brought what was looked for.
    missing=$(missing_packages "$levels" "$manager")
  fi
  hard=$(printf '%s\n' "$missing" | sed -n 's/^must //p' | sort -u | tr '\n' ' ')
  case $hard in *@runtime*) hard=${hard/@runtime/$(apt_runtime_package)} ;; esac
  [ -z "$hard" ] || die "missing: ${hard% }; install them: $(install_command "$manager") ${hard% }"
}
