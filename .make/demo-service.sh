# shellcheck shell=bash disable=SC2154
# A service of one's own with the demonstration, for scripts that measure or attack it. Runs inside a throw-away cluster
# (.make/throwaway says what it gives us). Sourced after voice.sh in the checkout's folder, never run.
#
# Sets port, baseURL, work (a private folder), adminURL, serviceURL, and the tokens of the demonstration.

# COUNTERPOINT_BUILD=debug takes what `swift build` made, for whoever works on the scripts.
readonly build=".build/${COUNTERPOINT_BUILD:-release}"
readonly tool="$build/counterpoint"
readonly psql="$COUNTERPOINT_TEST_PROGRAMS/psql"
readonly adminURL="${COUNTERPOINT_TEST_SOCKET_URL%/*}/counterpoint"
service=""
serviceURL=""
readyMs=0

loadDemonstration() {
    mkdir -m 0700 "$work"
    step "Loading the demonstration into a throw-away cluster"
    "$psql" -X -q "$COUNTERPOINT_TEST_SOCKET_URL" -c "CREATE DATABASE counterpoint"
    export COUNTERPOINT_SCHEMA_DIR="$PWD/schema"
    DATABASE_URL="$adminURL" "$tool" schema migrate >&2
    serviceURL="$(DATABASE_URL="$adminURL" "$tool" schema service-login)"
    DATABASE_URL="$adminURL" "$tool" demo load --env-file "$work/demo.env" --base-url "$baseURL" --cli-path "$tool" >&2
    # shellcheck source=/dev/null
    source "$work/demo.env"
}

freePort() {
    local port
    while true; do
        port=$((20000 + (RANDOM << 15 | RANDOM) % 12000))
        if ! (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then break; fi
    done
    echo "$port"
}

nowMs() {
    echo $(($(date +%s%N) / 1000000))
}

startService() {
    local began
    began="$(nowMs)"
    DATABASE_URL="$serviceURL" COUNTERPOINT_HOST=127.0.0.1 COUNTERPOINT_PORT="$port" COUNTERPOINT_LOG_LEVEL=warning COUNTERPOINT_RATE_LIMIT=off \
        "$build/counterpointd" >"$work/service.log" 2>&1 &
    service=$!
    until curl -fs -o /dev/null --noproxy '*' --max-time 2 "$baseURL/readyz"; do
        if ! kill -0 "$service" 2>/dev/null || (($(nowMs) - began > 60000)); then
            tail -n 20 "$work/service.log" >&2
            refuse "The service did not become ready; its last words are above."
        fi
        sleep 0.01
    done
    # shellcheck disable=SC2034 # for whoever sources this
    readyMs=$(($(nowMs) - began))
}

# For an EXIT trap: ends the service and keeps the exit code.
# shellcheck disable=SC2317 # called by the trap
endService() {
    local code=$?
    if [[ -n "$service" ]]; then
        kill -TERM "$service" 2>/dev/null || true
        wait "$service" 2>/dev/null || true
    fi
    exit "$code"
}
