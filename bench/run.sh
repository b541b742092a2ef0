#!/usr/bin/env bash
# The load comparison: builds everything, runs each server in turn, writes bench/results/load.md and load.json.
#
#   bench/run.sh [--pinned] [--growth] [--smoke] [further options of `Postroom.Load compare`]
#
# ROUNDS=5 SECONDS=10 WARMUP=5 ENTRIES=10000000 are the defaults; all come from the environment.
#   --pinned   server on core 0, load on core 1; writes load-pinned.md beside load.md
#   --growth   adds the comparison of a store of 10 thousand entries with one of ENTRIES (fills it first: minutes)
#   --smoke    one round of a second each, into artifacts/bench: does everything still work?
seconds=$SECONDS # bash counts on in this variable, so it is read first; it is 0 when nobody set it
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

rounds=${ROUNDS:-5} warmup=${WARMUP:-5} output=bench/results/load.md
[ "$seconds" -gt 0 ] || seconds=10
arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    --pinned) output=bench/results/load-pinned.md; arguments+=(--pinned --skip-open --skip-start) ;;
    --growth) arguments+=(--growth "${ENTRIES:-10000000}") ;;
    --smoke) rounds=1 seconds=1 warmup=1 output=artifacts/bench/smoke.md ;;
    *) arguments+=("$1") ;;
  esac
  shift
done

for command in dotnet node npm sqlite3; do
  command -v "$command" >/dev/null || { echo "bench/run.sh needs $command" >&2; exit 2; }
done

for project in src/Postroom.Server bench/load bench/load.tests bench/rivals/bare-kestrel; do
  dotnet build "$project" -c Release -v quiet -clp:ErrorsOnly -nologo
done
artifacts/bin/Postroom.Load.Tests/release/Postroom.Load.Tests -noLogo
if [ ! -e bench/rivals/fastify/node_modules/.package-lock.json ] ||
   [ bench/rivals/fastify/package-lock.json -nt bench/rivals/fastify/node_modules/.package-lock.json ]; then
  (cd bench/rivals/fastify && npm ci) # compiles SQLite where no prebuilt binary can be had: a minute or two
fi

exec artifacts/bin/Postroom.Load/release/Postroom.Load compare \
  --rounds "$rounds" --seconds "$seconds" --warmup "$warmup" --output "$output" "${arguments[@]}"
