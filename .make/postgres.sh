# shellcheck shell=bash
# Which PostgreSQL the house scripts use: where its programs are, and which releases are too old. Sourced, never run.

# The oldest major release the schema works on: views with `security_invoker` came with 15.
# shellcheck disable=SC2034 # read by the scripts that source this
readonly oldestMajor=15

# The first minor release of a major in which the known row-security holes are closed (CVE-2026-14666, CVE-2026-120154,
# CVE-2026-116311). 15.20 and 17.12 are read off the changelogs of Debian's security archives (12 and 13). All supported majors
# get their fixes on one day, and the numbers have kept their distance since 18 came out (15.16, 16.12, 17.8 and 18.2 were one
# security release), so 16.16 and 18.6 are counted by that distance; they were not read off those releases' own notes.
# A major newer than this table is taken as it is: its first release is younger than the fixes.
minorFloor() {
    case "$1" in
    15) echo 20 ;;
    16) echo 16 ;;
    17) echo 12 ;;
    18) echo 6 ;;
    *) echo 0 ;;
    esac
}

# True when a version such as "15.18" or "17.12 (Debian …)" is below the floor of its major. A version without a minor
# ("19beta1") counts as minor 0.
belowFloor() {
    local major="${1%%[!0-9]*}" minor=0
    if [[ "$1" =~ ^[0-9]+\.([0-9]+) ]]; then minor="${BASH_REMATCH[1]}"; fi
    if [[ -z "$major" ]] || ((major < oldestMajor)); then return 0; fi
    ((minor < $(minorFloor "$major")))
}

# The folder of the server's programs: of the major release named, or of the newest that is installed. Debian keeps each
# major in a folder of its own and outside PATH; elsewhere they are usually in PATH.
serverPrograms() {
    local wanted="${1:-}" folder major
    if [[ -n "$wanted" ]]; then
        if [[ -x "/usr/lib/postgresql/$wanted/bin/initdb" ]]; then
            echo "/usr/lib/postgresql/$wanted/bin"
            return 0
        fi
    else
        for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5,5nr); do
            major="$(basename "$(dirname "$folder")")"
            if [[ -x "$folder/initdb" && -x "$folder/postgres" ]] && ((major >= oldestMajor)); then
                echo "$folder"
                return 0
            fi
        done
    fi
    if folder="$(command -v initdb)" && folder="$(dirname "$(readlink -f "$folder")")" &&
        [[ -x "$folder/postgres" ]]; then
        major="$(serverVersion "$folder")"
        major="${major%%[!0-9]*}"
        if { [[ -z "$wanted" ]] && ((major >= oldestMajor)); } || [[ "$wanted" == "$major" ]]; then
            echo "$folder"
            return 0
        fi
    fi
    return 1
}

# "15.20" from "postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)".
serverVersion() {
    "$1/postgres" -V | sed -e 's/^[^0-9]*//' -e 's/ .*//'
}
