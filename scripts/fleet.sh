#!/usr/bin/env bash
# A fleet on one machine: PostgreSQL, three nodes on one database, a proxy in front. Sends POSTs through it, kills a
# node with kill -9 in the middle, starts it again, sends the same keys once more and kills another one; then counts
# with psql what is stored against what was acknowledged. Fails unless nothing was lost and nothing happened twice.
#
#   scripts/fleet.sh [--seconds 8] [--rate 500] [--connections 32] [--proxy haproxy|nginx] [--built release|debug]
#
#   --seconds, --rate   how long each of the two passes sends, and how many POSTs a second; a slow machine takes longer
#   --built             takes what was built before in this configuration; without it the server is built first
#
# All of it listens on 127.0.0.1, on free ports, in a temporary folder of its own, and is ended when the script ends.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export DOTNET_EnableDiagnostics=0 # whose sockets would be left in the temporary folder by what is killed
for name in ${!PG@} PORT; do unset "$name"; done

seconds=8 rate=500 connections=32 proxy='' built=''
usage() {
  sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0" >&2
  exit 2
}
while [ $# -gt 0 ]; do
  case "$1=${2:-}" in
    --seconds=?*) seconds=$2 ;;
    --rate=?*) rate=$2 ;;
    --connections=?*) connections=$2 ;;
    --proxy=haproxy | --proxy=nginx) proxy=$2 ;;
    --built=release | --built=debug) built=$2 ;;
    *) usage ;;
  esac
  shift 2
done
for number in "$seconds" "$rate" "$connections"; do
  [[ $number =~ ^[1-9][0-9]{0,5}$ ]] || usage
done
count=$((seconds * rate))

# --- what the machine must have ---

find_postgres() {
  local found
  found=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1) || true
  [ -n "$found" ] || found=$(command -v initdb) || true
  [ -z "$found" ] || dirname "$found"
}

find_proxy() {
  local name folder
  for name in ${proxy:-haproxy nginx}; do
    for folder in /usr/sbin /usr/local/sbin /usr/bin /usr/local/bin; do
      if [ -x "$folder/$name" ]; then
        echo "$folder/$name"
        return
      fi
    done
  done
}

postgres=$(find_postgres) proxy_program=$(find_proxy) missing=()
[ -n "$postgres" ] || missing+=("PostgreSQL (apt-get install postgresql)")
[ -n "$proxy_program" ] || missing+=("${proxy:-HAProxy} (apt-get install ${proxy:-haproxy})")
[ -n "$built" ] || command -v dotnet >/dev/null || missing+=("the .NET 10 SDK (https://dotnet.microsoft.com/download)")
if [ ${#missing[@]} -gt 0 ]; then
  echo "This machine lacks what a fleet needs; on Debian, as root:" >&2
  printf '  %s\n' "${missing[@]}" >&2
  exit 3
fi
proxy=$(basename "$proxy_program")

# --- whatever is started here is ended here, by its process id ---

folder=$(mktemp -d "${TMPDIR:-/tmp}/postroom-fleet.XXXXXX")
node_ids=('' '' '') load_id='' proxy_id='' postgres_id=''

stop() { # stop SIGNAL ID
  if [ -n "$2" ] && kill -s "$1" "$2" 2>/dev/null; then
    wait "$2" 2>/dev/null || true
  fi
}

end() {
  local status=$? id
  trap '' INT TERM HUP
  for id in "$load_id" "${node_ids[@]}"; do
    stop KILL "$id"
  done
  stop TERM "$proxy_id"
  stop QUIT "$postgres_id"
  if [ "$status" -ne 0 ] && [ "$status" -lt 128 ]; then
    tail -v -n 5 "$folder"/*.log >&2 2>/dev/null || true
  fi
  rm -rf "$folder"
  exit "$status"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

fail() {
  echo "fleet: $*" >&2
  exit 1
}

# True when somebody listens on this port.
listening() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the ports that the system gives out by itself, so that nobody takes one between its choice and its use.
ports=()
choose_ports() {
  local port
  while [ ${#ports[@]} -lt 5 ]; do
    port=$((20000 + RANDOM % 12000))
    if [[ " ${ports[*]} " != *" $port "* ]] && ! listening "$port"; then
      ports+=("$port")
    fi
  done
}

# until_true SECONDS ID WHAT COMMAND…: asks again and again, as long as the process is there.
until_true() {
  local ends=$((SECONDS + $1)) id=$2 what=$3
  shift 3
  until "$@"; do
    kill -0 "$id" 2>/dev/null || fail "$what ended by itself"
    [ "$SECONDS" -lt "$ends" ] || fail "$what took too long"
    sleep 0.05
  done
}

choose_ports
postgres_port=${ports[0]} proxy_port=${ports[1]} node_ports=("${ports[@]:2}")

# --- PostgreSQL, with the durability that it comes with ---

unprivileged() {
  if [ "$(id -u)" -eq 0 ]; then
    exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
  fi
  exec "$@"
}

sql() {
  "$postgres/psql" -h 127.0.0.1 -p "$postgres_port" -U postroom -d "$1" -X -q -A -t -v ON_ERROR_STOP=1 "${@:2}"
}

start_postgres() {
  chmod 711 "$folder"
  mkdir "$folder/postgres"
  [ "$(id -u)" -ne 0 ] || chown nobody:nogroup "$folder/postgres"
  (cd / && unprivileged "$postgres/initdb" -D "$folder/postgres/data" -U postroom -A trust \
    -E UTF8 --locale=C --no-sync) \
    >"$folder/initdb.log" 2>&1 || fail "initdb failed"
  (cd / && unprivileged "$postgres/postgres" -D "$folder/postgres/data" -p "$postgres_port" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c log_min_messages=fatal) \
    >"$folder/postgres.log" 2>&1 </dev/null &
  postgres_id=$!
  until_true 120 "$postgres_id" PostgreSQL "$postgres/pg_isready" -q -h 127.0.0.1 -p "$postgres_port"
  sql postgres -c "CREATE DATABASE postroom"
}

# --- three nodes with one declaration ---

declare_endpoint() {
  mkdir "$folder/site"
  cat >"$folder/site/postroom.yaml" <<'YAML'
store: {postgres: "${DATABASE_URL}"}
files: {disk: {shared: true}}
proxies: [127.0.0.1]
limits: {rate: off, keys: off}
endpoints:
  /api/contact:
    kind: form
    schema:
      type: object
      required: [name, email]
      properties:
        name:    {type: string, minLength: 1, maxLength: 200}
        email:   {type: string, format: email}
        message: {type: string, maxLength: 5000}
    respond:
      created: {message: "Thank you for contacting us, {{name}}!"}
YAML
  export DATABASE_URL="postgres://postroom@127.0.0.1:$postgres_port/postroom?sslmode=disable"
}

healthy() { # healthy PORT
  local line=''
  { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
  printf 'GET /_postroom/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3 || true
  read -r -t 5 line <&3 || true
  exec 3>&-
  [[ $line == *" 200"* ]]
}

begin_node() { # begin_node INDEX
  "artifacts/bin/Postroom.Server/${built:-release}/Postroom.Server" serve "$folder/site" \
    --listen "http://127.0.0.1:${node_ports[$1]}" >>"$folder/node-$(($1 + 1)).log" 2>&1 </dev/null &
  node_ids[$1]=$!
}

await_node() { until_true 90 "${node_ids[$1]}" "node $(($1 + 1))" healthy "${node_ports[$1]}"; }

# --- the proxy ---

write_haproxy() {
  cat <<CONFIGURATION
defaults
    mode http
    timeout connect 5s
    timeout client 60s
    timeout server 60s
    option redispatch 1

frontend post
    bind 127.0.0.1:$proxy_port
    http-request set-header X-Forwarded-For %[src]
    http-request set-header X-Forwarded-Proto http
    http-request set-header X-Forwarded-Host %[req.hdr(Host)]
    http-request del-header Forwarded
    default_backend postroom

backend postroom
    balance roundrobin
    option httpchk
    http-check send meth GET uri /_postroom/health ver HTTP/1.1 hdr Host localhost
    default-server check inter 500ms fall 2 rise 1
    server node1 127.0.0.1:${node_ports[0]}
    server node2 127.0.0.1:${node_ports[1]}
    server node3 127.0.0.1:${node_ports[2]}
CONFIGURATION
}

write_nginx() {
  cat <<CONFIGURATION
daemon off;
pid $folder/nginx.pid;
error_log stderr;
events { worker_connections 1024; }
http {
    access_log off;
    client_body_temp_path $folder/nginx-body;
    proxy_temp_path $folder/nginx-proxy;
    fastcgi_temp_path $folder/nginx-fastcgi;
    uwsgi_temp_path $folder/nginx-uwsgi;
    scgi_temp_path $folder/nginx-scgi;
    upstream postroom {
        server 127.0.0.1:${node_ports[0]} max_fails=1 fail_timeout=1s;
        server 127.0.0.1:${node_ports[1]} max_fails=1 fail_timeout=1s;
        server 127.0.0.1:${node_ports[2]} max_fails=1 fail_timeout=1s;
        keepalive 16;
    }
    server {
        listen 127.0.0.1:$proxy_port;
        client_max_body_size 0;
        proxy_request_buffering off;
        location / {
            proxy_pass http://postroom;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host \$host;
            proxy_set_header X-Forwarded-For \$remote_addr;
            proxy_set_header X-Forwarded-Proto \$scheme;
            proxy_set_header X-Forwarded-Host \$host;
            proxy_set_header Forwarded "";
        }
    }
}
CONFIGURATION
}

start_proxy() {
  "write_$proxy" >"$folder/proxy.conf"
  case $proxy in
    haproxy) "$proxy_program" -db -f "$folder/proxy.conf" >"$folder/proxy.log" 2>&1 </dev/null & ;;
    nginx) "$proxy_program" -p "$folder" -c "$folder/proxy.conf" >"$folder/proxy.log" 2>&1 </dev/null & ;;
  esac
  proxy_id=$!
  until_true 30 "$proxy_id" "$proxy" healthy "$proxy_port"
}

# --- load, and a node that dies under it ---

acknowledged() { [ ! -e "$folder/$1.txt" ] || wc -l <"$folder/$1.txt"; }

reached() { [ "$(acknowledged "$1")" -ge "$2" ] 2>/dev/null; }

# The number behind a word of the result.
number() { sed -nE "s/^ *\"$2\": ([0-9]+)(\..*)?,?$/\1/p" "$folder/$1.json"; }

pass() { # pass NAME INDEX-OF-THE-NODE-TO-KILL
  local name=$1 index=$2 id=${node_ids[$2]} before status=0
  "artifacts/bin/Postroom.Load/${built:-release}/Postroom.Load" insist --port "$proxy_port" --count "$count" \
    --rate "$rate" --connections "$connections" --acknowledged "$folder/$name.txt" \
    >"$folder/$name.json" 2>"$folder/$name.log" &
  load_id=$!
  until_true $((seconds + 120)) "$load_id" "the load" reached "$name" $((count / 3))
  before=$(acknowledged "$name")
  kill -KILL "$id"
  wait "$id" 2>/dev/null || true
  kill -0 "$load_id" 2>/dev/null || fail "the load had ended before the node was killed; give it more --seconds"
  echo "  after $before answers: kill -9 of node $((index + 1)), process $id"
  begin_node "$index"
  await_node "$index"
  echo "  node $((index + 1)) runs again, process ${node_ids[$index]}, after $(acknowledged "$name") answers"
  wait "$load_id" || status=$?
  load_id=''
  echo "  $(number "$name" acknowledged) answered with 201, $(number "$name" retried) sent again on the way," \
    "$(number "$name" replayed) of the answers were replays"
  if [ "$status" -ne 0 ]; then
    cat "$folder/$name.json" "$folder/$name.log" >&2
    fail "not every POST was acknowledged"
  fi
}

# --- the count ---

# Acknowledged, stored, lost, doubled, changed, in one line. A body has a number that no other has: the same document
# twice is one POST that happened twice. A number with two entries or two answers was not answered as before.
counts() {
  sql postroom <<SQL
CREATE TEMPORARY TABLE answers (number int, entry uuid, answer text);
\\copy answers FROM '$folder/first.txt'
\\copy answers FROM '$folder/repeat.txt'
SELECT
  (SELECT count(DISTINCT number) FROM answers),
  (SELECT count(*) FROM postroom.entries_readable),
  (SELECT count(DISTINCT number) FROM answers WHERE entry IS NULL
    OR NOT EXISTS (SELECT FROM postroom.entries_readable stored WHERE stored.id = answers.entry AND state = 'stored')),
  (SELECT count(*) - count(DISTINCT document) FROM postroom.entries_readable),
  (SELECT count(*) FROM (SELECT FROM answers GROUP BY number
    HAVING count(DISTINCT entry) > 1 OR count(DISTINCT answer) > 1) AS changed);
SQL
}

judge() {
  local known stored lost doubled changed retried
  IFS='|' read -r known stored lost doubled changed < <(counts) || fail "psql could not count"
  retried=$(($(number first retried) + $(number repeat retried)))
  echo
  printf '%-14s%9s\n' acknowledged "$known" stored "$stored" lost "$lost" doubled "$doubled" \
    'answer changed' "$changed" retried "$retried"
  [ "$known" -eq "$count" ] && [ "$stored" -eq "$known" ] && [ "$lost" -eq 0 ] && [ "$doubled" -eq 0 ] \
    && [ "$changed" -eq 0 ] || fail "what is stored is not what was acknowledged"
  echo "Each of $known POSTs is stored once: none lost, none doubled."
}

if [ -z "$built" ]; then
  echo "Building the server and the load tool."
  for project in src/Postroom.Server bench/load; do
    dotnet build "$project" -c Release -v quiet "-clp:ErrorsOnly;NoSummary" -nologo
  done
fi
start_postgres
declare_endpoint
for index in 0 1 2; do
  begin_node "$index"
done
for index in 0 1 2; do
  await_node "$index"
done
start_proxy
echo "$("$postgres/postgres" --version), port $postgres_port; nodes on ${node_ports[*]}; $proxy on $proxy_port"
echo "First pass: $count POSTs, each with its own key, $rate a second, through the proxy."
pass first 1
echo "Second pass: the same keys and bodies again."
pass repeat 2
judge
