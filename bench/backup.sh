#!/usr/bin/env bash
# A backup beside a server that takes POSTs: how long it takes, and what the POSTs notice of it.
#   bench/backup.sh [ENTRIES] [FILES]     entries of a contact message, and files of 25 MB
# Build src/Postroom.Server and bench/load in Release first. Loopback only; what it makes goes when it ends.
set -euo pipefail
cd "$(dirname "$0")/.."
entries=${1:-100000} files=${2:-40} port=38721
work=$(mktemp -d "${TMPDIR:-/tmp}/postroom-backup.XXXXXX")
server=artifacts/bin/Postroom.Server/release/Postroom.Server
load=artifacts/bin/Postroom.Load/release/Postroom.Load
cp bench/contact/postroom.yaml "$work/postroom.yaml"
printf '  /api/file: {kind: form}\n' >> "$work/postroom.yaml"
sed -i '1i limits: {rate: off}' "$work/postroom.yaml"
"$server" serve "$work" --listen "http://127.0.0.1:$port" --data "$work/data" --log off > "$work/log" 2>&1 &
process=$!
trap 'kill "$process" 2> /dev/null || true; wait "$process" 2> /dev/null || true; rm -rf "$work"' EXIT
until curl -sf "http://127.0.0.1:$port/_postroom/health" > /dev/null; do sleep 0.1; done

seed=1
count() { sqlite3 "file:$work/data/postroom.db?mode=ro" 'select count(*) from entries'; }
while [ "$(count)" -lt "$entries" ]; do
  "$load" run --port "$port" --connections 64 --seconds 4 --seed "$((seed++))" > /dev/null
done
head -c 18750000 /dev/urandom | base64 -w 0 > "$work/file.txt"   # 25 MB of text
for _ in $(seq "$files"); do
  curl -sf -o /dev/null "http://127.0.0.1:$port/api/file" -F "file=@$work/file.txt"
done
echo "entries: $(count); database: $(stat -c %s "$work/data/postroom.db") bytes; files: $(du -sb "$work/data/files" | cut -f1) bytes"
echo "load average: $(cut -d' ' -f1-3 /proc/loadavg)"

echo "--- 8 s of 500 POSTs a second, alone"
"$load" run --port "$port" --connections 64 --seconds 8 --rate 500 --seed 901
echo "--- the same beside the backup"
"$load" run --port "$port" --connections 64 --seconds 8 --rate 500 --seed 902 > "$work/beside" &
beside=$!
sleep 1
began=$(date +%s.%N)
"$server" backup "$work" --to "$work/backups" > /dev/null
ended=$(date +%s.%N)
wait "$beside"
cat "$work/beside"
echo "backup: $(echo "$ended - $began" | bc) s, log of the database afterwards: $(stat -c %s "$work/data/postroom.db-wal") bytes"
"$server" verify "$work" --deep > /dev/null && echo "verify --deep: fine"
