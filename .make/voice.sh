# shellcheck shell=bash
# How the house scripts speak: progress and refusals go to stderr, so that stdout stays for what a caller reads.
# Sourced, never run.

say() {
    printf '%s\n' "$*" >&2
}

step() {
    printf '\n== %s\n' "$*" >&2
}

# Every refusal says what is wrong in its first line and what to do in the lines after it.
refuse() {
    printf '\ncounterpoint: %s\n' "$1" >&2
    shift
    local line
    for line in "$@"; do
        printf '  %s\n' "$line" >&2
    done
    exit 1
}
