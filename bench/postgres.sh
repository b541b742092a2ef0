#!/usr/bin/env bash
# One node and three over PostgreSQL, beside a bare insert for each request and beside SQLite; writes
# bench/results/postgres.md. Needs Linux, the .NET 10 SDK, sqlite3, and PostgreSQL in /usr/lib/postgresql, of which it
# starts one of its own on the disk that is measured and removes it at the end.
#
#   bench/postgres.sh [--growth] [further options of `Postroom.Load nodes`]
#
# ROUNDS=5 SECONDS=4 WARMUP=10 ENTRIES=10000000 are the defaults; all come from the environment.
#   --growth   adds claims and prunes beside ENTRIES stored entries, and beside 10 thousand (fills: minutes, 15 GB)
seconds=$SECONDS # bash counts on in this variable, so it is read first; it is 0 when nobody set it
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
[ "$seconds" -gt 0 ] || seconds=4
arguments=()
for argument in "$@"; do
  case $argument in
    --growth) arguments+=(--growth "${ENTRIES:-10000000}") ;;
    *) arguments+=("$argument") ;;
  esac
done

for project in src/Postroom.Server bench/load bench/store bench/rivals/bare-npgsql; do
  dotnet build "$project" -c Release -v quiet -clp:ErrorsOnly -nologo
done

exec artifacts/bin/Postroom.Load/release/Postroom.Load nodes \
  --rounds "${ROUNDS:-5}" --seconds "$seconds" --warmup "${WARMUP:-10}" "${arguments[@]}"
