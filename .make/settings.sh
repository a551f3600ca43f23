# shellcheck shell=bash
# The settings that the scripts share with the service, from the environment or else from the file .env of the checkout, as
# the service itself reads them. Sourced after voice.sh in the checkout's folder, never run.

setting() {
    local name="$1" line value
    if [[ -n "${!name:-}" ]]; then
        printf '%s' "${!name}"
        return 0
    fi
    if [[ ! -r .env ]]; then return 0; fi
    line="$(grep -E "^[[:space:]]*(export[[:space:]]+)?${name}[[:space:]]*=" .env | tail -n 1)" || return 0
    value="${line#*=}"
    value="${value#"${value%%[![:space:]]*}"}"
    value="${value%"${value##*[![:space:]]}"}"
    case "$value" in
    \"*\") value="${value#\"}" && value="${value%\"}" ;;
    \'*\') value="${value#\'}" && value="${value%\'}" ;;
    esac
    printf '%s' "$value"
}

# The port that `make run` uses; refuses what is no port.
servicePort() {
    local port
    port="$(setting COUNTERPOINT_PORT)"
    port="${port:-8080}"
    if [[ ! "$port" =~ ^[1-9][0-9]{0,4}$ ]] || ((port > 65535)); then
        refuse "COUNTERPOINT_PORT is not a port: \`$port\`." "A port is a number from 1 to 65535."
    fi
    printf '%s' "$port"
}
