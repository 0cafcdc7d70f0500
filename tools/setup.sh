#!/usr/bin/env bash
# Builds the isolated environment and the front end; says what it does and what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() { printf 'Cannot go on: %s\n' "$*" >&2; exit 1; }

python_environment() {
    local python=$1 venv=$2
    command -v "$python" >/dev/null || fail "$python was not found. Install Python 3.11 or later (Debian: apt-get install python3)."
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
        || fail "$("$python" --version) is too old: Python 3.11 or later is needed (make PYTHON=python3.11 ...)."
    if [ ! -x "$venv/bin/pip" ]; then
        say "Making the isolated environment in $venv"
        rm -rf "$venv"
        "$python" -m venv "$venv" 2>/dev/null \
            || { rm -rf "$venv"; environment_without_ensurepip "$python" "$venv"; }
    fi
    say "Installing the locked packages (about a minute the first time)"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
    "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
}

# Debian's python3 comes without ensurepip unless python3-venv is installed.
environment_without_ensurepip() {
    local python=$1 venv=$2
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing Debian's python3-venv, which this Python lacks"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
        "$python" -m venv "$venv"
    else
        fail "this Python cannot make environments. Run as root: apt-get install python3-venv"
    fi
}

front_end() {
    command -v node >/dev/null || fail "Node 18 or later was not found (Debian: apt-get install nodejs npm)."
    node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' \
        || fail "Node $(node --version) is too old: 18 or later is needed."
    say "Installing the front end's locked packages"
    npm ci --silent --no-audit --no-fund
    say "Building the front end"
    npm run --silent build
}

# The browser journeys need a Chromium. Root may install Debian's; anybody else is told, loudly.
browser() {
    local found
    found=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
    if [ -z "$found" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing Debian's Chromium for the browser tests"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null || true
        found=$(command -v chromium || true)
    fi
    if [ -z "$found" ]; then
        printf '\n*** NO BROWSER: the browser journeys will FAIL. Install one (apt-get install chromium). ***\n\n' >&2
    fi
}

case ${1:-} in
    python) python_environment "$2" "$3" ;;
    assets) front_end ;;
    browser) browser ;;
    *) fail "usage: tools/setup.sh python PYTHON VENV | assets | browser" ;;
esac
