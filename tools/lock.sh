#!/usr/bin/env bash
# Writes requirements/*.txt anew from pyproject.toml: exact versions and hashes, no download addresses.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v uv >/dev/null || { echo "uv is needed: pip install uv" >&2; exit 1; }
compile() {
    uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header \
        --no-emit-index-url --no-emit-find-links pyproject.toml "$@"
}
compile -o requirements/roadside.txt
# The largest set first: the server's is a part of it.
compile --extra server --extra s3 --extra dev -c requirements/roadside.txt -o requirements/dev.txt
compile --extra server --extra s3 -c requirements/dev.txt -o requirements/server.txt
