#!/usr/bin/env bash
# The conformance checks, which every real engine passes, against the simulator: five nodes, clock x10.
#
#   test/conformance/run.sh [OPTION…]       options go to run.mjs, e.g. --only 'logs|jobs'
#
# Wants dist/cli.js (`npm run build`) and the checks: SWARMTOP_CONFORMANCE, by default ../shared/conformance.
set -uo pipefail
cd "$(dirname "$0")/../.."
CHECKS=${SWARMTOP_CONFORMANCE:-$PWD/../shared/conformance}
WORK=$(mktemp -d); chmod 700 "$WORK"
node dist/cli.js simulate fixtures/conformance.yaml --sockets "$WORK/s" --speed 10 > "$WORK/simulator.log" 2>&1 & simulator=$!
trap 'kill $simulator 2>/dev/null; wait $simulator 2>/dev/null; rm -rf "$WORK"' EXIT
for _ in $(seq 150); do grep -qs '^ready' "$WORK/simulator.log" && break; kill -0 $simulator 2>/dev/null || break; sleep 0.1; done
grep -qs '^ready' "$WORK/simulator.log" || { cat "$WORK/simulator.log"; exit 1; }
node "$CHECKS/run.mjs" --sockets "$WORK/s" --image busybox:latest --time-scale 10 \
  --fault-cmd "node $PWD/dist/cli.js simulate fault --sockets $WORK/s" "$@"
