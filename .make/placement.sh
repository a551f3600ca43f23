# shellcheck shell=bash disable=SC2154
# Where a private cluster lives: its data in the checkout if the server's user can live there, its socket in a short folder.
# Sourced by .make/cluster, which sets `asked` (the folder asked for, absolute) and `serverUser`; sets `folder` and
# `socketFolder`.

# True when the server's user can have a private folder in it: not under a folder closed to that user (a checkout in root's
# home), nor on a file system without owners and modes (a shared folder of a virtual machine).
suits() {
    local probe="$1/data.probe" answer=0
    rm -rf "$probe"
    makePrivateFolder "$probe" 2>/dev/null && isPrivateFolder "$probe" &&
        asServer / test -w "$probe" || answer=1
    rm -rf "$probe"
    return "$answer"
}

# Makes DIR, or, where the server could not live in it, a folder elsewhere with DIR as a link to it. Sets `folder`.
chooseFolder() {
    local elsewhere
    if [[ ! -L "$asked" && ! -e "$asked/data" ]]; then
        mkdir -p "$asked"
        chmod 0711 "$asked"
        if ! suits "$asked"; then
            rm -rf "$asked"
            elsewhere="/var/lib/counterpoint-$(fingerprint "$asked")"
            if [[ "$(id -u)" != 0 ]]; then
                elsewhere="${XDG_STATE_HOME:-$HOME/.local/state}/counterpoint-$(fingerprint "$asked")"
            fi
            mkdir -p "$elsewhere" && chmod 0711 "$elsewhere"
            suits "$elsewhere" ||
                refuse "The database's user \`$serverUser\` can use neither $asked nor $elsewhere." \
                    "Move the checkout to a folder that this user may enter."
            printf '%s\n' "$asked" >"$elsewhere/checkout"
            ln -s "$elsewhere" "$asked"
            say "The database's user \`$serverUser\` cannot use $asked, so the data is in $elsewhere (linked from there)."
        fi
    fi
    folder="$(realpath -e "$asked" 2>/dev/null)" ||
        refuse "$asked is a link to $(readlink "$asked"), which is gone." "Remove the link and start again: rm '$asked'"
    checkLinkIsOurs
}

# A checkout copied with its link would share the original's database without saying so.
checkLinkIsOurs() {
    local owner
    if [[ ! -L "$asked" ]]; then return 0; fi
    owner="$(cat "$folder/checkout" 2>/dev/null || true)"
    if [[ "$owner" == "$asked" ]]; then return 0; fi
    if [[ -n "$owner" && -L "$owner" && "$(realpath "$owner")" == "$folder" ]]; then
        refuse "$asked leads to the database of another checkout, ${owner%/*}." \
            "Remove the link to get a database of its own: rm '$asked'"
    fi
    printf '%s\n' "$asked" >"$folder/checkout"
}

# A Unix socket's path may have 107 bytes, and a checkout can lie deeper than that. So the socket is in a short folder of its
# own, named after the checkout. Someone else's folder of that name is left alone, and another name is taken.
chooseSocketFolder() {
    socketFolder="/tmp/counterpoint-$(fingerprint "$folder")"
    if isPrivateFolder "$socketFolder" || makePrivateFolder "$socketFolder" 2>/dev/null; then return 0; fi
    say "$socketFolder is there and not ours; taking another name for the socket's folder."
    socketFolder="$(mktemp -d /tmp/counterpoint-XXXXXXXXXXXX)"
    chown "$serverUser" "$socketFolder"
}

fingerprint() {
    printf '%s' "$1" | sha256sum | cut -c 1-12
}

# Where a running server has its socket: line 5 of its pid file.
runningSocketFolder() {
    sed -n 5p "$folder/data/postmaster.pid"
}
