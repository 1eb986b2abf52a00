#!/usr/bin/env bash
# usage: run.sh [ARTICLES.jsonl] [--repeats N]; see README.md
# DEMARCHE_VENV names a folder that keeps the virtual environment for the next run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
venv=${DEMARCHE_VENV:-$scratch/venv}
python3 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --requirement "$here/requirements.txt"
# Settings that hold numpy back.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
"$venv/bin/python" "$here/measure.py" "$@"
