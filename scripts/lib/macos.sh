# shellcheck shell=bash
# Sourced. Compiles sources for macOS (aarch64) on another system: zig brings the compiler and Apple's headers, without
# the frameworks, whose few names tests/keychain/include declares. Objects only; nothing is linked or run.

# shellcheck source-path=SCRIPTDIR source-path=SCRIPTDIR/lib source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

zig_version=0.17.1
zig_folder=$root/build/zig-$zig_version
macos_folder=$root/build/macos

prepare_zig() {
  [ -x "$zig_folder/ziglang/zig" ] || (
    rm -rf "$zig_folder"
    quietly "getting ziglang $zig_version from PyPI, without which nothing here compiles for macOS," \
      python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$zig_folder.part" \
      "ziglang==$zig_version"
    mv "$zig_folder.part" "$zig_folder"
  )
  "$zig_folder/ziglang/zig" version >/dev/null || die "zig does not start: $zig_folder/ziglang/zig"
}

# A folder with the libraries' headers and nothing else of /usr/include, which is another system's.
prepare_macos_headers() {
  local name folder
  rm -rf "$macos_folder/include"
  mkdir -p "$macos_folder/include" "$macos_folder/objects"
  for name in nlohmann CLI spdlog fmt catch2 sodium sodium.h; do
    for folder in /usr/include /usr/local/include ${CPATH:+${CPATH//:/ }}; do
      [ -e "$folder/$name" ] || continue
      ln -s "$folder/$name" "$macos_folder/include/$name"
      break
    done
  done
}

# One source; an object that was compiled before from the same texts comes out of zig's cache.
compile_for_macos() {
  local file=$1 object=$macos_folder/objects/${1//\//_}.o more=()
  # Catch2's TEST_CASE counts with __COUNTER__, of which this clang complains.
  [[ $file != tests/* ]] || more=(-Wno-c2y-extensions)
  # Always -c: with -fsyntax-only zig goes on to link, and builds a C++ library first (three minutes).
  "$zig_folder/ziglang/zig" c++ -target aarch64-macos -c -std=c++20 -g0 -fno-sanitize=all \
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast -Werror \
    -DFMT_HEADER_ONLY '-DMCPCRED_VERSION="0"' -Iinclude -Isrc -Itests \
    -isystem tests/macos/include -isystem tests/keychain/include -isystem "$macos_folder/include" \
    ${more[@]+"${more[@]}"} "$file" -o "$object" || return 1
  [ "$(od -An -tx4 -N4 "$object" | tr -d ' ')" = feedfacf ] || die "not a Mach-O object: $object"
}

# compile_all_for_macos: the files named on stdin.
# shellcheck disable=SC2016 # expanded by the inner shell
compile_all_for_macos() {
  export ZIG_GLOBAL_CACHE_DIR=$macos_folder/cache ZIG_LOCAL_CACHE_DIR=$macos_folder/cache
  export zig_folder macos_folder
  export -f compile_for_macos die
  xargs -P "$(jobs_count)" -I{} bash -c 'compile_for_macos "$1"' _ {}
}
