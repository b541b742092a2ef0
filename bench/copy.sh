#!/usr/bin/env bash
# A store copied from SQLite to PostgreSQL and back: how long it takes, and how much memory.
#   bench/copy.sh [ENTRIES]     contact messages with a key each, and a job for every tenth
# Build src/Postroom.Server in Release first. It starts a PostgreSQL of its own (as nobody where it is started by root),
# on loopback; what it makes goes when it ends.
set -euo pipefail
cd "$(dirname "$0")/.."
entries=${1:-1000000} port=38722
work=$(mktemp -d "${TMPDIR:-/tmp}/postroom-copy.XXXXXX")
server=$PWD/artifacts/bin/Postroom.Server/release/Postroom.Server
programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
as=()
if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid=nobody --regid=nogroup --clear-groups); fi
mkdir "$work/pg" && chmod 711 "$work"
if [ "$(id -u)" = 0 ]; then chown nobody:nogroup "$work/pg"; fi
trap '(cd / && "${as[@]}" "$programs/pg_ctl" -D "$work/pg/data" -m immediate stop > /dev/null 2>&1) || true; rm -rf "$work"' EXIT
(cd / && "${as[@]}" "$programs/initdb" -D "$work/pg/data" -U postroom -A trust -E UTF8 --locale=C > /dev/null)
(cd / && "${as[@]}" "$programs/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" -o \
  "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=256MB -c max_wal_size=4GB" start > /dev/null)

# A server makes the store; its rows are made by the engine.
printf 'endpoints: {/api/contact: {kind: form}}\n' > "$work/postroom.yaml"
"$server" serve "$work" --listen "http://127.0.0.1:$((port + 1))" --data "$work/data" --log off > /dev/null &
until curl -sf "http://127.0.0.1:$((port + 1))/_postroom/health" > /dev/null; do sleep 0.2; done
kill %1 && wait %1
first=$(($(date +%s%3N) - entries))
sqlite3 "$work/data/postroom.db" > /dev/null <<SQL
PRAGMA synchronous=OFF;
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $entries)
INSERT INTO entries (row, id, endpoint, state, received_at, key, fingerprint, expires_at, answer_status, media_type, answer,
  document, agent)
SELECT ($first + i) << 12, x'', '/api/contact', 0, $first + i, randomblob(16),
  randomblob(32), $first + 864000000, 201, 'application/json', printf('{"message":"Thank you","number":%d}', i),
  printf('{"name":"Ada Lovelace","email":"ada%d@example.com","message":"%s"}', i, hex(randomblob(100))), 'Mozilla/5.0'
FROM n;
COMMIT;
SQL
python3 - "$work/data/postroom.db" <<'PYTHON'
import sqlite3, os, sys
store = sqlite3.connect(sys.argv[1])
store.create_function("id_of", 1, lambda row: (row >> 12 << 16 | 0x7000 | row & 0xFFF).to_bytes(8) + bytes([0x80]) + os.urandom(7))
store.execute("UPDATE entries SET id = id_of(row)")
store.execute("""INSERT INTO entry_spans SELECT row >> 34, endpoint, count(*), 0, 0, 0, sum(length(document) + length(answer)),
  min(received_at), min(expires_at) FROM entries GROUP BY 1, 2""")
store.execute("INSERT INTO jobs SELECT rowid, row, id, 'notify', 0, 0, received_at, 0, 0, NULL, received_at FROM entries WHERE (row >> 12) % 10 = 0")
store.commit()
store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
PYTHON
bytes=$(stat -c %s "$work/data/postroom.db")
echo "entries: $entries; database: $bytes bytes; load average: $(cut -d' ' -f1-3 /proc/loadavg)"

copy() {
  echo "--- $1"
  began=$(date +%s.%N)
  /usr/bin/time -f '%M' -o "$work/memory" "$server" copy --from "$2" --to "$3" > "$work/said"
  seconds=$(echo "$(date +%s.%N) - $began" | bc)
  grep -E '^(entries|keys|jobs) ' "$work/said"
  echo "$seconds s, $(echo "$entries / $seconds" | bc) entries/s and $(echo "$bytes / $seconds / 1000000" | bc) MB/s copied and compared, peak memory $(($(cat "$work/memory") / 1024)) MB"
}
database=postgres://postroom@127.0.0.1:$port/postgres?sslmode=disable
copy "SQLite to PostgreSQL" "sqlite:$work/data" "$database"
copy "PostgreSQL to SQLite" "$database" "sqlite:$work/back"
"$server" verify "$work/back" > /dev/null && echo "verify: fine"
