# shellcheck shell=bash
# The service that this checkout started: recognised by the number in its file and by the program behind that number. Sourced in the
# checkout's folder, never run.

readonly servicePidFile=.local/service.pid

# Prints the process id of this checkout's running service; fails when there is none.
runningService() {
    local pid program
    pid="$(cat "$servicePidFile" 2>/dev/null)" && [[ "$pid" =~ ^[0-9]+$ ]] || return 1
    program="$(readlink "/proc/$pid/exe")" || return 1
    # A rebuild under a running service makes this "… (deleted)".
    [[ "${program% (deleted)}" == "$(realpath -m .build/release)/counterpointd" ]] || return 1
    echo "$pid"
}
