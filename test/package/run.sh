#!/usr/bin/env bash
# Packs the program, installs the package as somebody would who has nothing else of it, and runs it: the demo swarm answers.
# Nothing in the working tree changes by it. Wants dist/ (`npm run build`) and no network.
set -euo pipefail
cd "$(dirname "$0")/../.."
before=$(git status --porcelain)
WORK=$(mktemp -d); chmod 700 "$WORK"; simulator=
trap '[ -z "$simulator" ] || { kill $simulator; wait $simulator || true; }; rm -rf "$WORK"' EXIT
package=$(node pack.mjs "$WORK")
[ "$(git status --porcelain)" = "$before" ] || { echo "packing changed the working tree:"; git status --short; exit 1; }
npm install --silent --offline --no-audit --no-fund --prefix "$WORK/installed" "$package"
[ "$(ls "$WORK/installed/node_modules" | tr '\n' ' ')" = "swarmtop " ] || { echo "it brings more than itself:"; ls "$WORK/installed/node_modules"; exit 1; }
program="$WORK/installed/node_modules/.bin/swarmtop"
"$program" --version
grep -o '](\([^)#:]*\)' "$WORK/installed/node_modules/swarmtop/README.md" | cut -c3- | sort -u | while read -r link; do
  [ -e "$WORK/installed/node_modules/swarmtop/$link" ] || { echo "the README's link to $link leads nowhere in the package"; exit 1; }
done
[ -s "$WORK/installed/node_modules/swarmtop/dist/THIRD-PARTY-LICENSES" ] || { echo "the licences of what is bundled are missing"; exit 1; }
"$program" simulate demo --sockets "$WORK/s" > "$WORK/simulator.log" 2>&1 & simulator=$!
for _ in $(seq 300); do grep -qs '^ready' "$WORK/simulator.log" && break; kill -0 $simulator || { cat "$WORK/simulator.log"; exit 1; }; sleep 0.1; done
"$program" get nodes -H "unix://$WORK/s/m1/docker.sock"
echo "packed, installed and run: $(basename "$package"), $(du -k "$package" | cut -f1) KiB"
