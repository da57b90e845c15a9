#!/usr/bin/env bash
# Plays the walkthroughs with the real docker CLI against the simulator and compares with what a real swarm gave.
#
#   test/walkthroughs/run.sh [NUMBER…]      all of them, or those whose names begin so (003)
#
# Wants the docker CLI, dist/cli.js (`npm run build`) and the scripts: SWARMTOP_WALKTHROUGHS, by default
# ../shared/walkthroughs. They run side by side, each with a simulator of its own. Ends with 1 if one differs.
set -uo pipefail
cd "$(dirname "$0")/../.."
ROOT=$PWD
SCRIPTS=${SWARMTOP_WALKTHROUGHS:-$ROOT/../shared/walkthroughs}
WORK=$(mktemp -d); chmod 700 "$WORK"

# Where the script is in a race with the swarm (a rejected task is looked at before its successor is rejected, too), the
# clock keeps to real time.
speed_of() { case $1 in 001-*) echo 1;; *) echo 5;; esac; }

stop() { # PID: and wait until it has gone
  kill "$1" 2>/dev/null; wait "$1" 2>/dev/null || true
}

play() { # NAME
  local name=$1 at=$WORK/$1 simulator
  mkdir "$at"
  node dist/cli.js simulate "fixtures/walkthroughs/$name.yaml" --sockets "$at/s" --speed "$(speed_of "$name")" \
    > "$at/simulator.log" 2>&1 & simulator=$!
  for _ in $(seq 150); do grep -qs '^ready' "$at/simulator.log" && break; kill -0 $simulator 2>/dev/null || break; sleep 0.1; done
  if ! grep -qs '^ready' "$at/simulator.log"; then
    echo "FAILED $name: the simulator did not start"; cat "$at/simulator.log"; stop $simulator; return 1
  fi
  (cd "$SCRIPTS" && SOCKETS=$at/s "./$name.sh") 2> "$at/errors" | "$SCRIPTS/normalise" > "$at/transcript"
  stop $simulator
  if diff "$SCRIPTS/$name.expected.txt" "$at/transcript" > "$at/difference"; then echo "ok     $name (${SECONDS} s)"
  else echo "FAILED $name: - real swarm, + simulator"; sed 's/^</-/; s/^>/+/' "$at/difference"; tail -3 "$at/errors"; return 1; fi
}

names=()
for script in "$SCRIPTS"/[0-9]*.sh; do
  name=$(basename "$script" .sh)
  [ $# = 0 ] && names+=("$name")
  for wanted in "$@"; do case $name in "$wanted"*) names+=("$name");; esac; done
done
[ ${#names[@]} -gt 0 ] || { echo "no walkthrough in $SCRIPTS"; rm -rf "$WORK"; exit 2; }

players=()
trap 'for player in "${players[@]}"; do kill "$player" 2>/dev/null; done; rm -rf "$WORK"' EXIT
for name in "${names[@]}"; do play "$name" & players+=($!); done
failed=()
for index in "${!players[@]}"; do wait "${players[index]}" || failed+=("${names[index]}"); done
# As with the tests of the gate: what failed beside the others is played once more by itself, and the summary says so.
again=()
for name in ${failed[@]+"${failed[@]}"}; do
  [ -n "${CI:-}" ] || { again+=("$name"); continue; }
  rm -rf "${WORK:?}/$name"
  if play "$name"; then printf 'retried\twalkthrough %s\n' "$name" >> "${SWARMTOP_TEST_NOTES:-/dev/null}"; else again+=("$name"); fi
done
[ ${#again[@]} = 0 ]
