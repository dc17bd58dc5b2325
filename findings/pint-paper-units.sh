#!/usr/bin/env bash
# Guess: Quantities as papers write them are read, or refused: "30 fps", "16k", "7B", "2.1M", "5
# pt".
# What happens: The default registry has a unit for nearly every letter, and prefers it: fps is
# foot per second, k Boltzmann's constant, B byte, M molar, pt pint. Nothing is refused, so a check
# of units in a review compares frame rates with speeds. "TFLOPS" and "mAP", which have only one
# meaning here, are the ones it does not know.
# Version: Pint 0.25.3.
# Seen: foot_per_second, boltzmann_constant, byte, molar, pint; TFLOPS and mAP raise
# UndefinedUnitError.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -q Pint==0.25.3

cat >try.py <<'PROGRAM'
import pint

registry = pint.UnitRegistry()
for text in ["30 fps", "16 k", "7B", "2.1 M", "5 pt", "24 GB", "1.5 TFLOPS", "40 mAP"]:
    try:
        quantity = registry(text)
        print(text, "->", quantity.magnitude, quantity.units)
    except pint.UndefinedUnitError as error:
        print(text, "->", type(error).__name__)
PROGRAM

cat >expected <<'SEEN'
30 fps -> 30 foot_per_second
16 k -> 16 boltzmann_constant
7B -> 7 byte
2.1 M -> 2.1 molar
5 pt -> 5 pint
24 GB -> 24 gigabyte
1.5 TFLOPS -> UndefinedUnitError
40 mAP -> UndefinedUnitError
SEEN

venv/bin/python try.py | tee seen
diff expected seen >&2 || { echo "pint-paper-units: behaviour changed (< as noted here, > now)" >&2; exit 1; }
