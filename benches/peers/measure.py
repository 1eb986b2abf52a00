"""Times demarche beside scikit-learn and VADER on the same articles and the same labelled rows. See README.md."""
import argparse
import json
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from threadpoolctl import threadpool_limits
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("DEMARCHE", ROOT / "target/release/demarche")
ROWS = ROOT / "training-data"
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
THREADS = sorted({1, CORES})
FOLDS = 5
COPIES = 200  # Of the bundled articles, which are too few to be timed.
MARK = re.compile(r"\[([^\[\]]+)\]\([A-Z][A-Z0-9-]*(?: ([+=-])(?: [A-Z][A-Z0-9-]*)?)?(?: !)?\)")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])")


def demarche(*arguments, threads):
    """Runs the program to its end. Gives back what it says on standard error."""
    environment = os.environ | {"RAYON_NUM_THREADS": str(threads)}
    command = [PROGRAM, *map(str, arguments)]
    return subprocess.run(
        command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    ).stderr


def labelled_rows():
    """Texts and stances of all rows."""
    rows = []
    for path in sorted(ROWS.rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.lstrip().startswith("#"):
                text = MARK.sub(r"\1", line.strip())
                rows += [(text, mark[2]) for mark in MARK.finditer(line) if mark[2]]
    return zip(*rows)


def pipeline():
    return make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2), LogisticRegression(max_iter=1000))


def train(texts, stances, jobs):
    """Cross-validation split by text, then a fit to all rows. Gives back the fit and the held-out labels."""
    with threadpool_limits(jobs):
        held_out = cross_val_predict(pipeline(), texts, stances, groups=texts, cv=GroupKFold(FOLDS), n_jobs=jobs)
        return pipeline().fit(texts, stances), held_out


def predict(fitted, sentences):
    with threadpool_limits(1):
        return fitted.predict(sentences)


def processor_seconds():
    """Of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def in_turn(tasks, repeats):
    """Runs all tasks one after the other, again and again. Gives back the seconds of each: by the clock, of processors."""
    seconds = {name: [] for name in tasks}
    for turn in range(repeats):
        for name, task in tasks.items():
            start, processor = time.perf_counter(), processor_seconds()
            task()
            seconds[name].append((time.perf_counter() - start, processor_seconds() - processor))
            print(f"  {turn + 1}/{repeats} {name}: {seconds[name][-1][0]:.2f} s", file=sys.stderr)
    return seconds


def report(title, seconds, baseline, count, unit):
    """A table of medians; ratios are to the baseline's median."""
    base = statistics.median(clock for clock, _ in seconds[baseline])
    print(f"\n{title}\n\n| what | median s | least to most | processor s | {unit} a second | times {baseline} |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, values in seconds.items():
        clock, processor = zip(*values)
        median = statistics.median(clock)
        # Processes that scikit-learn keeps for its jobs are not waited for, so their time is not known.
        used = "" if name.endswith("jobs") else f"{statistics.median(processor):.2f}"
        spread = f"{min(clock):.2f} to {max(clock):.2f}"
        print(f"| {name} | {median:.2f} | {spread} | {used} | {count / median:,.0f} | {median / base:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="?", type=pathlib.Path, help="articles as JSONL; the bundled ones, repeated")
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{platform.machine()}, {CORES} cores{load}; Python {platform.python_version()}, scikit-learn {sklearn.__version__}")

    with tempfile.TemporaryDirectory() as scratch:
        articles = options.articles
        if articles is None:
            articles = pathlib.Path(scratch) / "articles.jsonl"
            articles.write_bytes((ROOT / "notebooks/data/articles.jsonl").read_bytes() * COPIES)
        texts = [json.loads(line)["text"] for line in articles.read_text(encoding="utf-8").splitlines() if line.strip()]
        sentences = [s for text in texts for s in SENTENCE_END.split(text) if s.strip()]
        print(f"{len(texts):,} articles, {len(sentences):,} sentences, {articles.stat().st_size / 1e6:.1f} MB")

        rows, stances = labelled_rows()
        model = pathlib.Path(scratch) / "model"
        # Untimed: warms up, and gives what to say of quality.
        said = demarche("train", ROWS, "--output", model, threads=CORES)
        assert int(said.split()[0]) == len(rows), f"{len(rows)} rows here, but demarche says: {said.splitlines()[0]}"
        fitted, held_out = train(rows, stances, CORES)
        vader = SentimentIntensityAnalyzer()

        tasks = {
            f"demarche classify, {n} thread{'s' * (n > 1)}": lambda n=n: demarche(
                "classify", articles, "--format", "jsonl", threads=n
            )
            for n in THREADS
        }
        tasks["scikit-learn, ready sentences"] = lambda: predict(fitted, sentences)
        tasks["VADER, ready sentences"] = lambda: [vader.polarity_scores(s) for s in sentences]
        seconds = in_turn(tasks, options.repeats)
        report("Classification", seconds, "demarche classify, 1 thread", len(sentences), "sentences")

        tasks = {}
        for n in THREADS:
            many = "s" * (n > 1)
            tasks[f"demarche train, {n} thread{many}"] = lambda n=n: demarche(
                "train", ROWS, "--output", model, "--quiet", threads=n
            )
            tasks[f"scikit-learn, {n} job{many}"] = lambda n=n: train(*labelled_rows(), n)
        seconds = in_turn(tasks, options.repeats)
        report(
            f"Training on {len(rows):,} rows, {FOLDS}-fold cross-validation and a final fit",
            seconds, "demarche train, 1 thread", len(rows), "rows",
        )
        ours = re.search(r"macro-F1 ([\d.]+)", said)[1]
        theirs = f1_score(stances, held_out, average="macro")
        print(f"\nmacro-F1 in cross-validation: demarche {ours}, scikit-learn {theirs:.3f}")


main()
