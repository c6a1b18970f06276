# shellcheck shell=bash
# Sourced by scripts/test. What the cross build for Windows needs and no package of the system has: libsodium, built
# from the system's own source package, and a folder with nothing but the header-only libraries in it.
# shellcheck source-path=SCRIPTDIR source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mingw_host=x86_64-w64-mingw32
mingw_deps=$root/build/mingw-deps

# Header-only libraries come from the system; all of /usr/include would bring Linux's own headers with it.
link_headers() {
  local name folder
  rm -rf "$mingw_deps/include"
  mkdir -p "$mingw_deps/include"
  for name in nlohmann CLI spdlog fmt catch2; do
    for folder in /usr/include /usr/local/include; do
      [ ! -d "$folder/$name" ] || ln -sfn "$folder/$name" "$mingw_deps/include/$name"
    done
  done
}

libsodium_version() {
  apt-cache policy libsodium-dev | sed -n 's/^ *Installed: //p'
}

# The sources of what the machine gets its packages from, in a list of our own: its lists stay as they are.
fetch_libsodium_source() {
  local folder=$1 apt=$1/apt
  mkdir -p "$apt/lists/partial"
  # shellcheck disable=SC2016 # apt's own placeholders
  apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | grep ' main$' |
    sort -u -k 3,3 >"$apt/sources.list" # the release itself before its updates: apt takes a version from the first
  local options=(-o "Dir::Etc::SourceList=$apt/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$apt/lists"
    -o APT::Get::List-Cleanup=0 -o APT::Sandbox::User=root)
  apt-get -qq "${options[@]}" update
  (cd "$folder" && apt-get -qq "${options[@]}" source "libsodium=$(libsodium_version)")
}

build_libsodium() {
  local prefix=$1 work
  work=$(mktemp -d "${TMPDIR:-/tmp}/mcpcred-libsodium.XXXXXX")
  fetch_libsodium_source "$work"
  (
    cd "$work"/libsodium-*/ || exit
    autoreconf -fi
    ./configure --host="$mingw_host" --prefix="$prefix.new" --disable-shared --enable-static --disable-dependency-tracking
    make -j"$(jobs_count)" install
  )
  rm -rf "$work" "$prefix"
  mv "$prefix.new" "$prefix"
}

# Once for each version, kept outside of the build folder.
prepare_mingw() {
  local prefix
  prefix=${XDG_CACHE_HOME:-$HOME/.cache}/mcpcred-mingw/libsodium-$(libsodium_version)
  link_headers
  if [ ! -e "$prefix/lib/libsodium.a" ]; then
    mkdir -p "$(dirname "$prefix")"
    quietly "building libsodium for Windows" build_libsodium "$prefix"
  fi
  ln -sfn "$prefix" "$mingw_deps/sodium"
}

# A Windows of our own, thrown away with the build folder. No browser, no .NET, no windows.
wine_environment() {
  # shellcheck disable=SC2031 # that one is a subshell's
  export WINEPREFIX=$root/build/mingw/wine WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" WINEARCH=win64
  # Wine takes the names of files for what the locale says; an empty environment says ASCII.
  export LC_ALL=C.UTF-8
  unset DISPLAY WAYLAND_DISPLAY
}
prepare_wine() {
  wine_environment
  rm -rf "$WINEPREFIX"
  mkdir -p "$WINEPREFIX"
  quietly "setting up Wine" wineboot --init
  wineserver --wait
}
stop_wine() {
  wineserver --kill || true
  wineserver --wait || true
}
