"""Compares two classified sets of articles: the same statements with the same stance, and probabilities that differ by
less than a millionth (sums of floating-point numbers may differ in their last digits between machines).

usage: same_predictions.py A.jsonl B.jsonl
"""
import json
import sys


def statements(path):
    with open(path, encoding="utf-8") as lines:
        return [s for line in lines for s in json.loads(line)["statements"]]


a, b = (statements(path) for path in sys.argv[1:3])
if len(a) != len(b):
    sys.exit(f"{len(a)} statements against {len(b)}")
for x, y in zip(a, b):
    near = all(abs(x["probabilities"][k] - y["probabilities"][k]) < 1e-6 for k in x["probabilities"])
    if x["stance"] != y["stance"] or not near:
        sys.exit(f"another prediction: {x['text']!r} {x['probabilities']} {y['probabilities']}")
print(f"{len(a)} statements alike")
