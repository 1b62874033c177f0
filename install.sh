# Sourced by ./run and ./check: installs what is missing, says so, and does nothing the second time.

# Shared library -> the Debian or Ubuntu package that carries it.
LIBRARIES="
libglib-2.0.so.0:libglib2.0-0 libGL.so.1:libgl1 libEGL.so.1:libegl1 libX11.so.6:libx11-6 libxkbcommon.so.0:libxkbcommon0
libdbus-1.so.3:libdbus-1-3 libfontconfig.so.1:libfontconfig1 libfreetype.so.6:libfreetype6 libusb-1.0.so.0:libusb-1.0-0
libasound.so.2:libasound2
libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-xkb.so.1:libxcb-xkb1 libxkbcommon-x11.so.0:libxkbcommon-x11-0 libxcb-shape.so.0:libxcb-shape0
libfribidi.so.0:libfribidi0 libxcb-image.so.0:libxcb-image0 libxcb-render-util.so.0:libxcb-render-util0 libxcb-randr.so.0:libxcb-randr0"

say() { printf '%s\n' "antrean: $*" >&2; }

find_python() {
    for python in python3.11 python3 python3.14 python3.13 python3.12; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            return
        fi
    done
    say "Python 3.11 or newer is needed."
    exit 1
}

# install_system [COMMAND:PACKAGE ...]: the libraries above, and these commands.
install_system() {
    missing=""
    cached=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null || true)
    for pair in $LIBRARIES; do
        case "$cached" in *"${pair%%:*} "*) ;; *) missing="$missing ${pair#*:}" ;; esac
    done
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
    done
    find_python
    "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        sudo=""
    elif sudo -n true 2>/dev/null; then
        sudo="sudo"
    else
        say "Some system packages are missing. Type this line, then start again:"
        say "  sudo apt-get update && sudo apt-get install -y$missing"
        exit 1
    fi
    command -v apt-get >/dev/null || { say "Please install the equivalents of these Debian packages:$missing"; exit 1; }
    say "Installing system packages:$missing"
    # shellcheck disable=SC2086
    { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -qq -y --no-install-recommends $missing; } >&2
}

# install_python: .venv with the exact versions of requirements.lock, and the command `antrean`.
install_python() {
    find_python
    wanted="$(cksum requirements.lock) $PWD"
    if [ "$(cat .venv/installed 2>/dev/null)" != "$wanted" ]; then
        say "Installing the Python packages of requirements.lock into .venv (about 400 MB, once)"
        rm -rf .venv
        "$python" -m venv .venv
        .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
        .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --editable .
        printf '%s' "$wanted" >.venv/installed
    fi
    PATH="$PWD/.venv/bin:$PATH"
    export PATH
}
