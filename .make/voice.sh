# shellcheck shell=bash
# How the house scripts speak: progress and refusals go to stderr, so that stdout stays for what a caller reads.
# Sourced, never run.
#
# Speaking never fails: when the terminal is gone, what has been started must still be stopped.

say() {
    printf '%s\n' "$*" >&2 2>/dev/null || true
}

step() {
    printf '\n== %s\n' "$*" >&2 2>/dev/null || true
}

# Every refusal says what is wrong in its first line and what to do in the lines after it.
refuse() {
    printf '\ncounterpoint: %s\n' "$1" >&2 2>/dev/null || true
    shift
    local line
    for line in "$@"; do
        printf '  %s\n' "$line" >&2 2>/dev/null || true
    done
    exit 1
}
