#!/usr/bin/env bash
# The roadside box has no Django and no database: install what it gets, and use it.
set -euo pipefail
cd "$(dirname "$0")/.."
box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT
"${PYTHON:-python3}" -m venv "$box/venv"
"$box/venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements/roadside.txt
site=$("$box/venv/bin/python" -c 'import site; print(site.getsitepackages()[0])')
echo "$PWD/src" > "$site/openanpr.pth"
openanpr() { "$box/venv/bin/python" -m openanpr "$@"; }

if "$box/venv/bin/python" -c 'import django' 2>/dev/null; then
    echo "Django came along with the roadside's packages" >&2
    exit 1
fi
"$box/venv/bin/python" - "$box/plate.png" <<'PY'
import sys
import cv2
import numpy as np
from openanpr.rendering.plates import render_plate
from openanpr.rendering.styles import demo_style

rng = np.random.default_rng(7)
cv2.imwrite(sys.argv[1], render_plate("OA30AAA", style=demo_style(0), rng=rng).image)
PY
openanpr policy decide --profile essex-2y --captured-at 2026-11-01T00:00:00Z \
    --at 2026-11-22T00:00:00Z --category serious --training valid --role relevant
openanpr read --crop --format jsonl "$box/plate.png"
openanpr roadside --help >/dev/null
echo "The roadside's own set of packages is enough."
