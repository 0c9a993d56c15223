#!/usr/bin/env python3
"""Measures whether anonymous memory stays flat: runs over 15 archives of 32 MB and over 15 of 256 MB, in turn. All
figures are from the reports that these runs leave.

usage: memory.py [ROUNDS=3] [FOLDER] [MASTER=local[2]]   needs Linux
FOLDER keeps the archives, 4 GB; a run over the larger ones extracts 4 GB more into Spark's local folders.
prints: for each process and stage of the larger runs, between the points at 10 % and 90 % of the stage, the least and
the most RssAnon and how far RssFile has grown, in MiB; then the peaks of RssAnon of each pair of runs
"""
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BENCH = Path(__file__).resolve().parent
SUBMIT = BENCH.parent / "submit.sh"
MIB = 1 << 20
# Rows of four float32 values: 16 bytes.
SIZES = {"32 MB": 2_000_000, "256 MB": 16_000_000}
MIN_SECONDS = 1.0
MIN_POINTS = 3


def submit(spark: list[str], *words: str) -> None:
    """Runs a command of zipmap. Raises CalledProcessError if it fails."""
    subprocess.run([SUBMIT, *spark, "--", *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def run(spark: list[str], archives: Path, output: Path) -> dict[str, Any]:
    """Returns the data of the report that a run over the archives leaves. Raises ValueError if the page has none."""
    submit(spark, "run", "--input", str(archives), "--dtype", "float32", "--shape=-1,4",
           "--output", str(output), "--overwrite")
    page = (output / "_report" / "index.html").read_text(encoding="utf-8")
    data = re.search(r'<script type="application/json" id="report">(.*?)</script>', page, re.DOTALL)
    if data is None:
        raise ValueError(f"Cannot find the data of the report: {output}")
    return json.loads(data[1])


def stages(report: dict[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Yields each name of a stage with its first start and last end, in milliseconds. Stages of one name overlap.
    The report is written while the tables are published: that stage ends with it."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for stage in report["stages"]:
        end = report["ended"] if stage["end"] is None else stage["end"]
        spans.setdefault(stage["name"], []).append((stage["start"], end))
    for name, each in spans.items():
        yield name, min(start for start, _ in each), max(end for _, end in each)


def flatness(report: dict[str, Any]) -> Iterator[str]:
    """Yields a line for each process and stage that is long enough to have a middle."""
    for name, start, end in stages(report):
        tenth = (end - start) / 10
        for process in report["processes"]:
            points = process["points"]
            middle = [i for i, millis in enumerate(points["millis"]) if start + tenth <= millis <= end - tenth]
            anonymous = [points["rssAnon"][i] / MIB for i in middle if points["rssAnon"][i] is not None]
            if end - start < MIN_SECONDS * 1000 or len(anonymous) < MIN_POINTS or process["kind"] == "child":
                continue
            files = [points["rssFile"][i] / MIB for i in middle if points["rssFile"][i] is not None]
            yield (f"{name:<10} {process['name']:<28} {(end - start) / 1000:>8.1f} {min(anonymous):>8.0f}"
                   f" {max(anonymous):>8.0f} {max(anonymous) - min(anonymous):>8.0f} {max(files) - files[0]:>8.0f}")


def peaks(report: dict[str, Any]) -> dict[str, float]:
    """Returns the peak of RssAnon of the driver and of the largest executor, in MiB."""
    found: dict[str, float] = {}
    for process in report["processes"]:
        kind, peak = process["kind"], process["peak"]["rssAnon"]
        if kind != "child" and peak is not None:
            found[kind] = max(found.get(kind, 0.0), peak / MIB)
    return found


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else BENCH.parent / "job" / "target" / "bench"
    master = sys.argv[3] if len(sys.argv) > 3 else "local[2]"
    spark = ["--conf", "spark.ui.enabled=false", "--master", master]
    archives = {size: folder / f"memory-{size.replace(' ', '')}" for size in SIZES}
    for size, rows in SIZES.items():
        if not archives[size].exists():
            submit(spark, "generate", "--output", str(archives[size]), "--shape", f"{rows},4")
    growth = []
    print(f"{'stage':<10} {'process':<28} {'seconds':>8} {'least':>8} {'most':>8} {'spread':>8} {'RssFile':>8}")
    for _ in range(rounds):
        pair = {size: run(spark, archives[size], folder / "memory-output") for size in SIZES}
        print("\n".join(flatness(pair["256 MB"])), flush=True)
        growth.append([peaks(pair[size]) for size in SIZES])
    print(f"\n{'peak RssAnon':<39} " + " ".join(f"{size:>8}" for size in SIZES) + f" {'growth':>8}")
    for smaller, larger in growth:
        for kind in smaller.keys() & larger.keys():
            print(f"{kind:<39} {smaller[kind]:>8.0f} {larger[kind]:>8.0f} {larger[kind] - smaller[kind]:>8.0f}")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as e:
        sys.exit(f"memory.py: {e.stderr.decode(errors='replace')}")
