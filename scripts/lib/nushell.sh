# shellcheck shell=bash
# Sourced. Nushell in one pinned version, from npm into the build folder: few systems have a package of it. npm takes the
# program of this machine's kind and leaves out the others; nothing of the package is run at the installation.

# shellcheck source-path=SCRIPTDIR source-path=SCRIPTDIR/lib source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

nushell_version=0.115.1
nushell_folder=$root/build/nushell-$nushell_version

# The program itself, without the script of node around it; empty where it is not installed.
nushell_program() {
  local file
  for file in "$nushell_folder"/node_modules/@nushell/*/bin/nu; do
    [ ! -x "$file" ] || printf '%s\n' "$file"
  done
}

prepare_nushell() {
  # node trusts its own list of certificates alone; what this machine trusts counts too.
  local certificates=/etc/ssl/certs/ca-certificates.crt
  [ -n "${NODE_EXTRA_CA_CERTS:-}" ] || [ ! -e "$certificates" ] || local -x NODE_EXTRA_CA_CERTS=$certificates
  if [ -z "$(nushell_program)" ]; then
    rm -rf "$nushell_folder" "$nushell_folder.part"
    mkdir -p "$nushell_folder.part"
    quietly "getting nushell $nushell_version from npm" npm install --silent --no-audit --no-fund --no-save \
      --ignore-scripts --prefix "$nushell_folder.part" "nushell@$nushell_version"
    mv "$nushell_folder.part" "$nushell_folder"
  fi
  "$(nushell_program)" --version >/dev/null || die "nushell does not start: $(nushell_program)"
}
