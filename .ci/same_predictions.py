"""Compares two models by what they predict: the same stance for every statement of the example articles, and the same
confusion of labels and predictions on the corpus. Probabilities may differ by a thousandth, as sums of floating-point
numbers differ in their last digits between machines.

usage: same_predictions.py A B    where A.jsonl holds classified articles and A.json an evaluation
"""
import json
import sys


def statements(path):
    with open(path + ".jsonl", encoding="utf-8") as lines:
        return [s for line in lines for s in json.loads(line)["statements"]]


def confusion(path):
    with open(path + ".json", encoding="utf-8") as text:
        return json.load(text)["all"]["confusion"]


first, second = sys.argv[1:3]
a, b = statements(first), statements(second)
if len(a) != len(b):
    sys.exit(f"{len(a)} statements against {len(b)}")
for x, y in zip(a, b):
    near = all(abs(x["probabilities"][k] - y["probabilities"][k]) < 1e-3 for k in x["probabilities"])
    if x["stance"] != y["stance"] or not near:
        sys.exit(f"another prediction: {x['text']!r} {x['probabilities']} {y['probabilities']}")
if confusion(first) != confusion(second):
    sys.exit(f"another confusion on the corpus: {confusion(first)} {confusion(second)}")
print(f"{len(a)} statements of the examples and the whole corpus alike")
