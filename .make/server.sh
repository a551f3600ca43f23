# shellcheck shell=bash
# What the private and the throw-away cluster have in common: who runs the server, and how it is made, started, recognised
# and stopped. Sourced after voice.sh and postgres.sh, never run.
#
# A folder of a cluster holds `data` (the server's own), `server.log`, and what its script adds. Paths are given to
# PostgreSQL's programs relative to that folder: pg_ctl hands them to a shell, which would trip over odd characters.

# The caller's PGHOST, PGPORT, PGOPTIONS … would silently lead to another server.
for name in "${!PG@}"; do unset "$name"; done
unset name

# PostgreSQL refuses to run as root: then it runs as the owner of the data that is there, or as Debian's `postgres`.
chooseServerUser() {
    local data="$1" owner
    if [[ "$(id -u)" != 0 ]]; then
        serverUser="$(id -un)" || refuse "This user has no name on this system, and PostgreSQL does not start without."
        return 0
    fi
    serverUser=postgres
    if [[ -d "$data" ]]; then
        owner="$(stat -c %U "$data")"
        if [[ "$owner" != root ]]; then serverUser="$owner"; fi
    fi
    id "$serverUser" >/dev/null 2>&1 ||
        refuse "PostgreSQL does not run as root, and there is no user \`$serverUser\` to run it as." \
            "Debian's package postgresql makes one; or start again as an ordinary user."
}

# Runs a command as the server's user inside the folder, with a clean environment.
asServer() {
    local folder="$1"
    shift
    if [[ "$(id -un)" == "$serverUser" ]]; then
        (cd "$folder" && env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@")
    else
        (cd "$folder" && setpriv --reuid="$serverUser" --regid="$(id -g "$serverUser")" --init-groups \
            env -i PATH="$PATH" LC_ALL=C.UTF-8 "$@")
    fi
}

# A new folder that only the server's user may enter. Fails where one of that name already exists.
makePrivateFolder() {
    mkdir -m 0700 "$1" && chown "$serverUser" "$1"
}

# True for a real folder (no link) of the server's user that nobody else may enter.
isPrivateFolder() {
    [[ -d "$1" && ! -L "$1" && "$(stat -c '%U %a' "$1")" == "$serverUser 700" ]]
}

# A new data folder `data` under the folder, complete or not there at all: it is made under another name and then renamed.
# Further arguments go to initdb.
makeData() {
    local folder="$1" programs="$2" locale=(--locale=C.UTF-8) major
    shift 2
    rm -rf "$folder/data.new"
    makePrivateFolder "$folder/data.new"
    major="$(serverVersion "$programs")"
    # From 17 on the server brings this locale itself, so the order of texts no longer depends on the system's C library.
    if ((${major%%[!0-9]*} >= 17)); then locale+=(--locale-provider=builtin --builtin-locale=C.UTF-8); fi
    if ! asServer "$folder" "$programs/initdb" -D data.new -U postgres --encoding=UTF8 "${locale[@]}" \
        --data-checksums --auth-local=trust --auth-host=scram-sha-256 "$@" >"$folder/initdb.log" 2>&1; then
        cat "$folder/initdb.log" >&2
        rm -rf "$folder/data.new"
        refuse "PostgreSQL's initdb failed in $folder; its own words are above."
    fi
    rm -f "$folder/initdb.log"
    echo "include 'counterpoint.conf'" | asServer "$folder" tee -a data.new/postgresql.conf >/dev/null
    mv -T "$folder/data.new" "$folder/data"
}

# The settings of this start: a file of the house and the lines that follow from where the cluster is.
writeSettings() {
    local folder="$1" base="$2"
    shift 2
    { cat "$base" && printf '%s\n' "$@"; } | asServer "$folder" tee data/counterpoint.conf >/dev/null
}

# The process id of the server on this very data folder, or nothing. A pid file alone proves nothing: after a crash its number may
# belong to another program, and in a copied folder it names the server of the original.
serverPid() {
    local data="$1" pid
    pid="$(head -n 1 "$data/postmaster.pid" 2>/dev/null)" || return 1
    [[ "$pid" =~ ^[0-9]+$ && "$(readlink "/proc/$pid/cwd")" == "$(realpath "$data")" ]] || return 1
    echo "$pid"
}

# Every living process that works in the data folder: the server and its children, all of which stay in it.
dataProcesses() {
    local data pid
    data="$(realpath "$1")"
    for pid in /proc/[0-9]*; do
        if [[ "$(readlink "$pid/cwd" 2>/dev/null)" == "$data" ]]; then echo "${pid#/proc/}"; fi
    done
}

# Removes the pid file of a server that is gone. PostgreSQL itself would refuse to start when the file's number now belongs
# to another program or to a zombie. But the file is also what keeps a new server away while children of a killed one still
# write, so it goes only when there are none; they leave by themselves within moments.
clearStalePidFile() {
    local data="$1" tries
    if [[ ! -e "$data/postmaster.pid" ]]; then return 0; fi
    for ((tries = 0; tries < 50; tries++)); do
        if [[ -z "$(dataProcesses "$data")" ]]; then
            rm -f "$data/postmaster.pid"
            return 0
        fi
        sleep 0.2
    done
    refuse "A killed PostgreSQL left processes behind that still hold $data:" "$(dataProcesses "$data" | xargs)" \
        "End them (kill -TERM, then -QUIT, never -KILL) and start again."
}

# Starts the server and waits until it takes connections.
startServer() {
    local folder="$1" programs="$2"
    clearStalePidFile "$folder/data"
    if [[ ! -e "$folder/server.log" ]]; then
        install -m 0600 /dev/null "$folder/server.log"
        chown "$serverUser" "$folder/server.log"
    fi
    # Descriptor 9 is the caller's lock; the server must not keep it. After a crash it may replay its log for a while.
    asServer "$folder" "$programs/pg_ctl" -D data -l server.log -w -t 300 start >/dev/null 2>&1 9>&-
}

stopServer() {
    local folder="$1" programs="$2" mode="$3" words
    if ! serverPid "$folder/data" >/dev/null; then return 0; fi
    if words="$(asServer "$folder" "$programs/pg_ctl" -D data -m "$mode" -w -t 60 stop 2>&1)"; then return 0; fi
    # `make run` stops the cluster it started, at the same moment as `make stop` does: done is done.
    if ! serverPid "$folder/data" >/dev/null; then return 0; fi
    echo "$words" >&2
    return 1
}
