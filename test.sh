#!/usr/bin/env bash
# Builds everything with warnings as errors and runs every test of every language, the published program's too.
# What a test needs and this machine lacks is installed when that is allowed; else the test is skipped by name, with the reason.
# Closes with one line: N passed, N failed, N skipped. Arguments go to every .NET test program (-class Name, -method Name).
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 NPM_CONFIG_UPDATE_NOTIFIER=false
exec </dev/null
passed=0 failed=0 skipped=0

# A program that hangs is ended with what it started, and counted as failed.
program_seconds=${POSTROOM_TEST_SECONDS:-1200}

# One result for a check that counts nothing itself: count NAME STATUS [REASON]
count() {
  case $2 in
    passed) passed=$((passed + 1)) ;;
    failed) failed=$((failed + 1)) ;;
    skipped) skipped=$((skipped + 1)) ;;
  esac
  echo "$1: $2${3:+ ($3)}"
}

close() {
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ]
  exit
}

# The number behind a word of the summary that a test program prints; a program that ran no test prints its total only.
number() {
  local found
  found=$(sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$2")
  echo "${found:-0}"
}

has_browser() { [ -n "${POSTROOM_CHROMIUM:-}" ] || command -v chromium chromium-browser google-chrome >/dev/null; }

# Quietly and for a bounded time; without it the tests in a browser skip themselves by name.
install_browser() {
  if ! has_browser && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the tests in a browser."
    { timeout 120 apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -qq -y --no-install-recommends chromium; } \
      >artifacts/chromium.log 2>&1 || echo "Chromium could not be installed; artifacts/chromium.log says why."
  fi
}

# The same for the proxies that stand in front of the server in tests; RUNLEVEL keeps their packages from starting them.
install_proxies() {
  if ! { command -v nginx && command -v haproxy; } >/dev/null && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing nginx and HAProxy for the tests behind a proxy."
    { timeout 120 apt-get update -qq &&
      RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -qq -y --no-install-recommends nginx haproxy; } \
      >artifacts/proxies.log 2>&1 || echo "The proxies could not be installed; artifacts/proxies.log says why."
  fi
}

# The server for the tests of the store on PostgreSQL, which start one of their own.
install_postgres() {
  if ! compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null && ! command -v initdb >/dev/null \
    && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing PostgreSQL for the tests of its store."
    { timeout 120 apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -qq -y --no-install-recommends postgresql; } \
      >artifacts/postgresql.log 2>&1 || echo "PostgreSQL could not be installed; artifacts/postgresql.log says why."
  fi
}

# The pooler for the tests of nodes behind one; RUNLEVEL keeps its package from starting it.
install_pooler() {
  if [ ! -x /usr/sbin/pgbouncer ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing PgBouncer for the tests of the store behind it."
    { timeout 120 apt-get update -qq &&
      RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -qq -y --no-install-recommends pgbouncer; } \
      >artifacts/pgbouncer.log 2>&1 || echo "PgBouncer could not be installed; artifacts/pgbouncer.log says why."
  fi
}

# Each program runs alone: they start servers, and some of them kill theirs.
run_program() {
  local name=$1 log="artifacts/test-$1.log" summary status
  shift
  echo "== $name"
  timeout --kill-after=30 "$program_seconds" "artifacts/bin/$name/release/$name" -noColor "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  summary=$(grep -aE "$name +Total: [0-9]+(, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+|$)" "$log" | tail -n 1)
  if [ -z "$summary" ]; then
    count "$name" failed "it ended without a summary, exit code $status"
    return
  fi
  local total errors wrong left
  total=$(number Total "$summary") errors=$(number Errors "$summary")
  wrong=$(number Failed "$summary") left=$(number Skipped "$summary")
  passed=$((passed + total - wrong - left)) failed=$((failed + wrong + errors)) skipped=$((skipped + left))
  if [ "$status" -ne 0 ] && [ "$total" -gt 0 ] && [ $((wrong + errors)) -eq 0 ]; then
    count "$name" failed "no test failed, yet its exit code is $status"
  fi
}

# What browsers load and what the pages show, through the type checker.
check_scripts() {
  local name="scripts of examples and pages, type-checked" log=artifacts/test-web.log
  echo "== tests/web"
  if ! command -v npm >/dev/null; then
    count "$name" skipped "there is no npm on this machine"
  elif ! (cd tests/web && timeout 300 npm ci --silent) >"$log" 2>&1; then
    cat "$log"
    if grep -q EUSAGE "$log"; then
      count "$name" failed "package.json and package-lock.json differ"
    else
      count "$name" skipped "its packages could not be installed"
    fi
  elif (cd tests/web && npm run --silent check) >"$log" 2>&1; then
    count "$name" passed
  else
    cat "$log"
    count "$name" failed
  fi
}

mkdir -p artifacts
if ! { dotnet build Postroom.slnx -c Release && dotnet build bench/load.tests -c Release; }; then
  count build failed
  close
fi

install_browser
install_proxies
install_postgres
install_pooler
check_scripts
for project in tests/*.Tests bench/*.tests; do
  file=$(basename "$project"/*.csproj)
  run_program "${file%.csproj}" "$@"
done
close
