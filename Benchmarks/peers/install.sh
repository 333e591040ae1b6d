#!/bin/sh
# Installs the peers that benchmarks run beside the product, into a virtual environment of their own.
# Usage: install.sh FOLDER
set -e
test -x "$1/bin/python" || python3 -m venv "$1"
"$1/bin/python" -c "import statsforecast" 2>/dev/null || "$1/bin/pip" install --quiet "statsforecast>=2,<3"
