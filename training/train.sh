#!/bin/sh
# Train detector and recogniser, export them into the product, measure them, write the model card.
#
#   OPENANPR_DATA      folder like the one described in training/README.md (optional)
#   TRAIN_MINUTES      minutes of each network (default 110); a stopped run goes on where it was
#   TRAIN_COUNT        held-out crops for calibration (default 6000)
#   OPENANPR_MODEL_KEY  private key that signs the models (default
#                      ~/.config/openanpr/model-signing.key, made at first use)
#   TRAIN_PYTHON       an environment that has training/requirements.txt already (optional)
set -eu
cd "$(dirname "$0")/.."
minutes="${TRAIN_MINUTES:-110}"
runs="${TRAIN_RUNS:-build/training}"

if [ -n "${TRAIN_PYTHON:-}" ]; then
    python="$TRAIN_PYTHON"
else
    python=".venv-training/bin/python"
    if [ ! -x "$python" ]; then
        echo "Making .venv-training (PyTorch, CPU build: about 200 MB to fetch)" >&2
        python3 -m venv .venv-training
        "$python" -m pip install --quiet --retries 1 --requirement training/requirements.txt
    fi
fi
export PYTHONPATH="src:."
if [ -n "${OPENANPR_DATA:-}" ]; then
    echo "Training on rendered plates and the licensed pictures of OPENANPR_DATA" >&2
else
    echo "OPENANPR_DATA is not set: training on rendered plates alone" >&2
fi

# One thread each, side by side: two small networks fill two cores better than one does.
"$python" -m training.train_detector --minutes "$minutes" --folder "$runs/detector" &
detector=$!
trap 'kill "$detector" 2>/dev/null || true' INT TERM EXIT
"$python" -m training.train_recogniser --minutes "$minutes" --folder "$runs/recogniser"
wait "$detector"
trap - INT TERM EXIT

"$python" -m training.calibrate --runs "$runs" --count "${TRAIN_COUNT:-6000}"
"$python" -W ignore::DeprecationWarning -m training.export --runs "$runs"
if [ -d "${OPENANPR_DATA:-}/validate" ]; then
    "$python" -m training.evaluate --json "$runs/evaluation.jsonl"
fi
"$python" -m training.model_card --runs "$runs"
echo "Models, manifest with signature, training/licences.sha256 and docs/model-card.md are written" >&2
