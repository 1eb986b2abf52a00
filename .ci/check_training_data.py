"""Checks the corpus: readable marks, balance of stances, share of hard rows and of rows in sentences with several, and
texts that stand twice. Exits 1 where a rule is broken.

usage: check_training_data.py FOLDER
"""
import pathlib
import re
import sys
from collections import Counter

MARK = re.compile(r"\[([^\[\]]+)\]\(([A-Z][A-Z0-9-]*)(?: ([+=-])(?: ([A-Z][A-Z0-9-]*))?)?( !)?\)")
SHARES = {"+": 0.35, "-": 0.37, "=": 0.28}

problems, stances, texts = [], Counter(), Counter()
rows = hard = paired = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        text = MARK.sub(r"\1", line)
        found = [m for m in MARK.finditer(line) if m[3]]
        if "](" in text or not found:
            problems.append(f"{path}:{number}: no readable mark with a stance")
        texts[text] += 1
        rows += len(found)
        hard += sum(bool(m[5]) for m in found)
        paired += len(found) if len(found) > 1 else 0
        stances.update(m[3] for m in found)

problems += [f"stands {n} times: {t}" for t, n in texts.items() if n > 1]
problems += [
    f"share of {s!r} is {stances[s] / rows:.1%}, not near {share:.0%}"
    for s, share in SHARES.items()
    if abs(stances[s] / rows - share) > 0.06
]
if hard / rows < 0.33:
    problems.append(f"only {hard / rows:.1%} of the rows are hard")
if paired / rows < 0.25:
    problems.append(f"only {paired / rows:.1%} of the rows share their sentence")
print(f"{rows} rows, {len(texts)} texts, {hard / rows:.1%} hard, {paired / rows:.1%} paired")
sys.exit("\n".join(problems[:20]) if problems else 0)
