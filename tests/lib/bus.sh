# shellcheck shell=bash
# Sourced by tests and by scripts/bench: buses of their own with a Secret Service on them. Nothing of the session that
# the test runs in is reached, nothing is started by the bus itself, and nothing outlives the shell that asked for it,
# even where that is killed. COMMAND may be a function; it runs in a subshell, with the bus in its environment.
#   with_keyring COMMAND…               gnome-keyring, unlocked, on a data folder of its own
#     restart_keyring [locked]          within it: killed and started again on the same folder
#   with_provider [SWITCH…] -- COMMAND… the test service (tests/provider), $SECRET_PROVIDER
#     restart_provider [SWITCH…]        within it; --state FILE keeps the items
#   with_bus COMMAND…                   a bus with nobody on it

# bus_start: a private bus at $XDG_RUNTIME_DIR/bus; all files of it are below one new folder. Called in a subshell.
bus_start() {
  BUS_FOLDER=$(mktemp -d "${TMPDIR:-/tmp}/mcpcred-bus.XXXXXX")
  BUS_PIDS=()
  trap bus_stop EXIT
  trap 'exit 143' TERM
  trap 'exit 130' INT
  trap 'exit 129' HUP
  mkdir "$BUS_FOLDER/home" "$BUS_FOLDER/data" "$BUS_FOLDER/run"
  # Without a folder of services nothing is ever activated: what is on the bus, the test has put there. The limits are
  # those of the sessions of Debian and Fedora; dbus-daemon's own end at 128 calls without an answer.
  cat >"$BUS_FOLDER/bus.conf" <<CONFIG
<busconfig>
  <type>session</type>
  <listen>unix:path=$BUS_FOLDER/run/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
  <limit name="max_replies_per_connection">50000</limit>
  <limit name="max_match_rules_per_connection">50000</limit>
  <limit name="max_incoming_bytes">1000000000</limit>
  <limit name="max_outgoing_bytes">1000000000</limit>
  <limit name="max_message_size">1000000000</limit>
</busconfig>
CONFIG
  bus_child dbus-daemon --nofork --nopidfile --config-file="$BUS_FOLDER/bus.conf" --print-address=1 \
    >"$BUS_FOLDER/address" 2>"$BUS_FOLDER/bus.log" </dev/null
  bus_await "the bus" bus.log grep -q . "$BUS_FOLDER/address"
  bus_watch
  export DBUS_SESSION_BUS_ADDRESS=unix:path=$BUS_FOLDER/run/bus XDG_RUNTIME_DIR=$BUS_FOLDER/run
  unset DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL SSH_AUTH_SOCK
}

# bus_child COMMAND…: in the background. Its id: $!
bus_child() {
  # Without a redirection of its own, what is in the background reads nothing.
  "$@" <&0 &
  BUS_PIDS+=($!)
}

# bus_watch: takes the bus away when the test or this subshell is gone without having run its trap (SIGKILL). The
# services on it end with it.
bus_watch() {
  local shell=$BASHPID
  (
    while kill -0 "$$" && kill -0 "$shell"; do sleep 0.5; done
    kill -KILL "${BUS_PIDS[0]}"
    sleep 0.2
    rm -rf "$BUS_FOLDER"
  ) >/dev/null 2>&1 </dev/null &
  BUS_PIDS+=($!)
}

bus_end() {
  kill -KILL "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

bus_stop() {
  local pid
  for pid in "${BUS_PIDS[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  # Their end is awaited so that they write nothing any more into the folder.
  wait "${BUS_PIDS[@]}" 2>/dev/null || true
  rm -rf "$BUS_FOLDER"
}

# bus_await WHAT LOG CHECK…: until CHECK holds, for what was started last.
bus_await() {
  local what=$1 log=$2 pid=${BUS_PIDS[-1]} i
  shift 2
  for ((i = 0; i < 500; ++i)); do
    ! "$@" || return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.02
  done
  printf 'FAILED: %s does not start\n' "$what" >&2
  sed 's/^/    /' "$BUS_FOLDER/$log" >&2
  exit 1
}

bus_has_secrets() {
  dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus /org/freedesktop/DBus \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q true
}

# keyring_start [locked]
keyring_start() {
  local unlock=(--unlock)
  [ "${1:-}" != locked ] || unlock=()
  # The password is made up and protects nothing: without one the file would not be encrypted, as no desktop has it.
  HOME=$BUS_FOLDER/home XDG_DATA_HOME=$BUS_FOLDER/data bus_child gnome-keyring-daemon --foreground \
    --components=secrets "${unlock[@]}" <<<"${unlock:+made up for the tests}" \
    >"$BUS_FOLDER/keyring.log" 2>&1
  KEYRING_PID=$!
  bus_await gnome-keyring keyring.log bus_has_secrets
}

restart_keyring() {
  bus_end "$KEYRING_PID"
  keyring_start "$@"
}

with_bus() (
  bus_start
  "$@"
)

with_keyring() (
  bus_start
  keyring_start
  "$@"
)

# provider_start [SWITCH…]
provider_start() {
  rm -f "$BUS_FOLDER/ready"
  bus_child "${SECRET_PROVIDER:?the path of the test service}" "$@" \
    >"$BUS_FOLDER/ready" 2>"$BUS_FOLDER/provider.log" </dev/null
  PROVIDER_PID=$!
  bus_await "the test service" provider.log grep -qsx ready "$BUS_FOLDER/ready"
}

restart_provider() {
  bus_end "$PROVIDER_PID"
  provider_start "$@"
}

with_provider() (
  switches=()
  while [ "${1?no -- before the command}" != -- ]; do
    switches+=("$1")
    shift
  done
  shift
  bus_start
  provider_start ${switches[@]+"${switches[@]}"}
  "$@"
)
