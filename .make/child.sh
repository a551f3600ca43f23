# shellcheck shell=bash
# Runs one long command so that a stop reaches it once and properly, whether it comes from Ctrl-C, from `kill` or from a closed
# terminal. Sourced after voice.sh, never run.
#
# The command gets a process group of its own. Without one, Ctrl-C would reach it directly and again through us, and a
# command that starts others (swift test does) would leave them behind.

childPid=""
stopAsked=""

# Runs the command, waits for it, and returns its exit code. If we are told to stop meanwhile, the command is told too, and
# when it is gone the script exits with 128 + the signal's number (its EXIT trap cleans up).
runChild() {
    local code=0
    startChild "$@"
    waitForChild || code=$?
    if [[ -n "$stopAsked" ]]; then exit "$stopAsked"; fi
    return "$code"
}

startChild() {
    trap 'askToStop 130' INT
    trap 'askToStop 143' TERM
    trap 'askToStop 129' HUP
    set -m
    "$@" </dev/null &
    childPid=$!
    set +m
}

# Whatever stopped us, the command is told with TERM: the one signal that every program takes as "end properly".
# shellcheck disable=SC2317 # called by the traps above
askToStop() {
    stopAsked="$1"
    if [[ -z "$childPid" ]]; then exit "$stopAsked"; fi
    kill -TERM -- "-$childPid" 2>/dev/null || true
}

# A trapped signal ends `wait` early, so it is asked again until the child is really gone; a child that was told to stop
# has 60 s for it (the service bounds its own shutdown well below that).
waitForChild() {
    local code=0 left=600
    while true; do
        wait "$childPid" && code=0 || code=$?
        if ! kill -0 "$childPid" 2>/dev/null; then break; fi
        if [[ -n "$stopAsked" ]]; then
            if ((left-- <= 0)); then kill -KILL -- "-$childPid" 2>/dev/null || true; fi
            sleep 0.1
        fi
    done
    # What the command started itself and did not end.
    kill -TERM -- "-$childPid" 2>/dev/null || true
    childPid=""
    return "$code"
}
