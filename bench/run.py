#!/usr/bin/env python3
"""Measures zipmap and its peers in turn, on the same data and the same cores. cases.py declares what.

usage: bench/run.sh [--quick] [--rounds N] [--cores N] [--data FOLDER] [--json FILE] [--write DOCUMENT] [GROUP…]
Prints a table of each group as Markdown: medians with the least and the most of the rounds, and the median of the
ratios of each round: how many times as long as zipmap a peer takes. Exit status 1: a command failed or answers differ;
2: wrong options; 130: interrupted.
"""
import argparse
import contextlib
import dataclasses
import datetime
import importlib.util
import json
import math
import os
import platform
import re
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cases

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
SUBMIT = ROOT / "submit.sh"
SPARK = ROOT / "job/target/spark"
JAR = BENCH / "target/bench.jar"
US = "zipmap"
START, END = "<!-- What bench/run.sh wrote: -->", "<!-- The end of it. -->"

Answer = list[list[Any]]


class CommandError(Exception):
    """A command or an engine that failed. The message ends with the last lines that it printed."""


@dataclass
class Group:
    """Samples of a group: a list of each round by case and peer. Units are seconds, or GB/s of one core."""

    title: str
    unit: str = "s"
    samples: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    def add(self, case: str, peer: str, value: float) -> None:
        """Adds the sample of one round."""
        self.samples.setdefault(case, {}).setdefault(peer, []).append(value)


class Engine:
    """A process that answers statements one after the other, and that is silent in between."""

    def __init__(self, words: list[str], log: Path, environment: dict[str, str]) -> None:
        self._log = log
        with log.open("w") as errors:
            self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
                                             text=True, env=environment)
        self.start = self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            # Anything else is a warning of the JVM.
            if line.startswith("{"):
                return json.loads(line)
        raise CommandError(f"{self._process.args[0]} ended\n{tail(self._log)}")

    def ask(self, statement: str) -> tuple[float, Answer]:
        """Returns the seconds that a statement took, and its rows. Raises CommandError if the process has ended."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(statement + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as e:
            raise CommandError(f"{self._process.args[0]} ended\n{tail(self._log)}") from e
        found = self._read()
        return found["seconds"], found["rows"]

    def close(self) -> None:
        """Ends the process, after at most 20 seconds."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
            self._process.wait(20)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()


class Bench:
    """Measures groups of cases, and holds their results."""

    def __init__(self, size: cases.Size, cores: int, data: Path, work: Path) -> None:
        self.size, self.cores, self.data, self.work = size, cores, data, work
        self.groups: dict[str, Group] = {}
        self.versions: dict[str, str] = {}
        self.failures: list[str] = []
        self.scratch = fresh(work / "scratch")
        memory = Path("/dev/shm")
        self.has_memory = enough(memory, size)
        self.memory = fresh((memory if self.has_memory else work) / f"zipmap-bench-{os.getpid()}")
        # One Spark for all; no folder of another.
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("SPARK_")}
        self.environment |= {"SPARK_LOCAL_DIRS": str(self.scratch), "TMPDIR": str(self.scratch)}
        if size.options:
            self.environment["JAVA_TOOL_OPTIONS"] = size.options

    def close(self) -> None:
        """Removes the folder in memory."""
        shutil.rmtree(self.memory, ignore_errors=True)

    # ---- Commands ----

    def spark_options(self, cores: int | None = None) -> list[str]:
        """Returns the options of Spark on some cores, by default on all that are measured."""
        used = cores or self.cores
        return ["--master", f"local[{used}]", "--conf", "spark.ui.enabled=false",
                "--conf", f"spark.sql.shuffle.partitions={used}"]

    def command(self, text: str, cores: int | None = None) -> list[str]:
        """Returns the words of a command of cases.py, filled in. It may use fewer cores than all."""
        words: list[str] = []
        for word in shlex.split(text):
            if word == "{zipmap}":
                # Else submit.sh takes a spark-submit on the PATH, where pip puts that of PySpark.
                words += ["env", f"SPARK_HOME={SPARK}", str(SUBMIT), *self.spark_options(cores), "--"]
            elif word == "{spark_server}":
                words += self.spark_server()
            else:
                words.append(word.format_map(self.places()))
        return words

    def places(self) -> dict[str, Any]:
        """What cases.py can name in braces."""
        return {
            "python": sys.executable, "bench": BENCH, "cores": self.cores, "scratch": self.scratch,
            "memory": self.memory, "quarter_rows": self.size.rows // 4, "sixteenth_rows": self.size.rows // 16,
            **vars(self.size),
        }

    def time(self, words: list[str]) -> tuple[float, str]:
        """Returns the wall time of a command, and what it printed. Raises CommandError if it fails."""
        log = self.work / "command.log"
        start = time.perf_counter()
        with log.open("w") as out:
            process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                                       env=self.environment, start_new_session=True)
            try:
                status = process.wait()
            finally:
                # An interrupted command may have processes of its own.
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        seconds = time.perf_counter() - start
        for folder in (self.scratch, self.memory):
            fresh(folder)
        if status != 0:
            raise CommandError(f"Exit status {status}: {shlex.join(words)}\n{tail(log)}")
        return seconds, log.read_text(errors="replace")

    def java(self, main: str, cores: int | None = None) -> list[str]:
        """Returns the command with which submit.sh starts zipmap, with bench.jar and another main class."""
        environment = self.environment | {"ZIPMAP_CLASS_DATA": "off", "SPARK_HOME": str(SPARK)}
        words = shlex.split(output_of([str(SUBMIT), "--dry-run", *self.spark_options(cores), "--", "sql"], environment))
        path = words.index("-cp") + 1
        words[path] += f":{JAR}:{BENCH}/target/lib/*"
        return [*words[:words.index("io.zipmap.cli.Main")], main]

    def spark_server(self) -> list[str]:
        """Returns the command of QueryServer on the embedded Spark, with the settings that Spark comes with."""
        environment = self.environment | {"SPARK_HOME": str(SPARK), "SPARK_SCALA_VERSION": "2.13"}
        words = output_of([java_program(), "-cp", f"{SPARK}/jars/*", "org.apache.spark.launcher.Main",
                           "org.apache.spark.deploy.SparkSubmit", *self.spark_options(),
                           "--class", "io.zipmap.bench.QueryServer", str(JAR)], environment)
        return [word.lstrip("\n") for word in words.split("\0") if word.strip()]

    # ---- Data ----

    def folder(self, name: str) -> Path:
        """Returns the folder of data of this name, which it makes if it is missing."""
        data = cases.DATA[name]
        places = self.places()
        source = None if data.from_ is None else self.folder(data.from_)
        command = data.command.format_map(places)
        folder = self.data / re.sub(r"\W+", "-", f"{command} {source.name}" if source else command)
        if not folder.exists():
            say(f"writing {folder}")
            part = fresh(self.work / folder.name)
            kind, *words = command.split()
            if kind == "generate":
                run = self.command(f"{{zipmap}} generate --output {shlex.quote(str(part))} {' '.join(words)}")
            else:
                words += [] if source is None else [str(source)]
                run = [sys.executable, str(BENCH / "prepare.py"), kind, str(part), *words]
            self.time(run)
            part.rename(folder)
        return folder

    # ---- Groups ----

    def measure(self, name: str) -> None:
        """Measures a group."""
        start = time.perf_counter()
        title, measure = GROUPS[name]
        self.groups[name] = Group(title)
        try:
            measure(self, self.groups[name])
        except (CommandError, OSError) as e:
            self.fail(self.groups[name], "the rest of this group", e)
        self.groups[name].seconds = time.perf_counter() - start
        say(f"{title}: {self.groups[name].seconds:.0f} s")

    def fail(self, group: Group, peer: str, error: CommandError | OSError) -> None:
        """Takes a peer out of a group."""
        say(str(error))
        self.failures.append(f"{group.title}, {peer}: {error}")
        group.missing[peer] = "failed"

    def query(self, group: Group) -> None:
        """Asks all engines in turn, in sessions that stay open."""
        engines: dict[str, Engine] = {}
        try:
            for name, title in cases.ENGINES.items():
                try:
                    self.open(group, engines, name, title)
                except CommandError as e:
                    self.fail(group, title, e)
            self.warm(group, engines)
            for turn in range(-self.size.warmups, self.size.rounds):
                say(f"round {turn + 1}" if turn >= 0 else f"{-turn} rounds before the first")
                for query in cases.QUERIES[::self.size.every]:
                    self.ask(group, engines, query, turn)
        finally:
            for engine in engines.values():
                engine.close()

    def open(self, group: Group, engines: dict[str, Engine], name: str, title: str) -> None:
        """Starts an engine and makes its tables. Notes why, if it is missing."""
        tables = {US: ("npz", "members"), "chdb-npy": ("npy",)}.get(name, ("parquet", "members-parquet"))
        modules = {module for table in tables for module in cases.DATA[table].modules}
        if name not in (US, "spark"):
            modules.add(name.split("-")[0])
        lacking = absent(tuple(sorted(modules)))
        if lacking and name != US:
            group.missing[title] = lacking
            return
        folders = [self.folder(table) for table in tables if not absent(cases.DATA[table].modules)]
        if name == US:
            words = self.java("io.zipmap.bench.QueryServer")
            words.insert(-1, "-Dspark.sql.extensions=io.zipmap.sql.ZipmapExtensions")
        elif name == "spark":
            words = self.spark_server()
        else:
            words = [sys.executable, str(BENCH / "engines.py"), name, str(self.cores), *map(str, folders)]
        local = fresh(self.work / "sessions" / name)
        engine = Engine(words, self.work / f"{name}.log", self.environment | {"SPARK_LOCAL_DIRS": str(local)})
        engines[name] = engine
        self.versions[title] = engine.start["version"]
        for table, folder in zip(("elements", "members"), folders):
            if name == US:
                engine.ask(f"CREATE TEMPORARY VIEW {table} USING zipmap OPTIONS (path '{folder}', table '{table}')")
            elif name == "spark":
                engine.ask(f"CREATE TEMPORARY VIEW {table} USING parquet OPTIONS (path '{folder}')")

    def warm(self, group: Group, engines: dict[str, Engine]) -> None:
        """Lets each JVM compile what it runs: for a time, it answers the queries of all rounds, in its own turn."""
        for name in (US, "spark"):
            alone = {each: engine for each, engine in engines.items() if each == name}
            end = time.perf_counter() + self.size.warm_seconds
            rounds = 0
            while alone and cases.ENGINES[name] not in group.missing and time.perf_counter() < end:
                for query in cases.QUERIES:
                    self.ask(group, alone, query, -2)
                rounds += 1
            say(f"{cases.ENGINES[name]}: {rounds} rounds in {self.size.warm_seconds} s before the first")

    def ask(self, group: Group, engines: dict[str, Engine], query: cases.Query, turn: int) -> None:
        """Asks each engine once, and compares the answers. A turn below 0 is not counted."""
        if turn >= query.most:
            return
        answers: dict[str, Answer] = {}
        for name in rotated(list(engines), turn):
            statement = query.name if name == "pandas" else query.sql
            statement_of_engine = query.dialects.get(name, statement)
            title = cases.ENGINES[name]
            if statement_of_engine is None or title in group.missing:
                continue
            if "members" in query.name and absent(cases.DATA["members"].modules):
                group.missing[query.name] = absent(cases.DATA["members"].modules)
                continue
            # Only a JVM needs many rounds before it is measured.
            if turn < -1 and (name not in (US, "spark") or query.most < self.size.rounds):
                continue
            try:
                seconds, answers[name] = engines[name].ask(statement_of_engine)
            except CommandError as e:
                self.fail(group, title, e)
                continue
            if turn >= 0:
                group.add(query.name, title, seconds)
                say(f"{query.name}, {title}: {seconds:.3f} s")
        for name, answer in answers.items():
            if US in answers and not same(answers[US], answer, query.tolerance):
                self.failures.append(
                    f"{query.name}: {cases.ENGINES[name]} answers {str(answer)[:200]}, zipmap {str(answers[US])[:200]}")

    def run(self, group: Group, chosen: tuple[cases.Case, ...]) -> None:
        """Runs commands in turn."""
        commands: list[tuple[cases.Case, str, cases.Way, list[str]]] = []
        for case in chosen:
            for peer, way in case.ways.items():
                lacking = absent(way.needs)
                if lacking:
                    group.missing[peer] = lacking
                    continue
                named = set(re.findall(r"\{(\w+)}", way.command)) & cases.DATA.keys()
                text = way.command
                for name in named:
                    text = text.replace(f"{{{name}}}", shlex.quote(str(self.folder(name))))
                commands.append((case, peer, way, self.command(text)))
        for turn in range(self.size.rounds):
            for case, peer, way, words in rotated(commands, turn):
                if peer in group.missing or turn >= way.most:
                    continue
                try:
                    seconds, printed = self.time(words)
                    metrics = {metric: printed_seconds(printed, metric) for metric in way.printed} | {way.wall: seconds}
                except CommandError as e:
                    self.fail(group, peer, e)
                    continue
                for metric, value in metrics.items():
                    group.add(case.name if not metric else f"{case.name}: {metric}", peer, value)
                shown = ", ".join(f"{metric} {value:.2f}".strip() for metric, value in metrics.items())
                say(f"{case.name}, {peer}: {shown}")

    def growth(self, group: Group) -> None:
        """Measures a warm query and a run over archives of growing sizes, with one core and with all."""
        sizes = {growth: self.folder(growth.data) for growth in cases.GROWTH}
        for cores in sorted({1, self.cores}):
            peer = f"{US}, {cores} core{'s' if cores > 1 else ''}"
            self.growing_query(group, peer, cores, sizes)
            fresh(self.memory)
            for growth, folder in sizes.items():
                words = self.command(cases.GROWTH_RUN.replace("{folder}", shlex.quote(str(folder))), cores)
                for _ in range(min(growth.runs, self.size.rounds)):
                    group.add(f"run, {self.size.archives} archives of {growth.size}", peer, self.time(words)[0])

    def growing_query(self, group: Group, peer: str, cores: int, sizes: dict[cases.Growth, Path]) -> None:
        """Asks a query over archives of each size in one session."""
        engine = Engine(self.java("io.zipmap.bench.QueryServer", cores), self.work / "growth.log",
                        self.environment | {"SPARK_LOCAL_DIRS": str(self.memory)})
        try:
            for i, (growth, folder) in enumerate(sizes.items()):
                table = f"elements_{i}"
                engine.ask(cases.GROWTH_VIEW.format(table=table, folder=folder))
                for turn in range(-max(1, self.size.warmups), self.size.rounds):
                    seconds, _ = engine.ask(cases.GROWTH_QUERY.format(table=table))
                    if turn >= 0:
                        group.add(f"warm query, {self.size.archives} archives of {growth.size}", peer, seconds)
        finally:
            engine.close()

    def jmh(self, group: Group, pattern: str) -> None:
        """Runs benchmarks of JMH, whose score is bytes a nanosecond."""
        group.unit = "GB/s"
        results = self.work / "jmh.json"
        try:
            self.time([*self.java("org.openjdk.jmh.Main"), pattern, *self.size.jmh.split(), "-foe", "true",
                       "-rf", "json", "-rff", str(results)])
        except CommandError as e:
            self.fail(group, US, e)
            return
        for result in json.loads(results.read_text()):
            words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", result["benchmark"].rsplit(".", 1)[1]).lower()
            words = " ".join([words, *result.get("params", {}).values()])
            for value in (value for fork in result["primaryMetric"]["rawData"] for value in fork):
                group.add(words, "one core", value)

    def limits(self, group: Group) -> None:
        """Measures what the machine does without zipmap."""
        self.jmh(group, "LimitsBenchmark")
        mebibytes = 1024 if self.size is cases.FULL else 16
        for turn in range(self.size.rounds):
            for name, folder in (("sequential write, disk", self.work), ("sequential write, tmpfs", self.memory)):
                group.add(name, "one core", write_speed(folder / "written", mebibytes))


GROUPS: dict[str, tuple[str, Callable[[Bench, Group], None]]] = {
    "queries": ("Queries, warm", Bench.query),
    "first": ("First query of a process, over archives that nothing has read", lambda b, g: b.run(g, cases.FIRST)),
    "commands": ("Whole commands", lambda b, g: b.run(g, cases.COMMANDS)),
    "stages": ("Extract and map, scratch in memory", lambda b, g: b.run(g, cases.STAGES)),
    "many": ("Many small archives", lambda b, g: b.run(g, cases.MANY)),
    "growth": ("Growth by the size of archives and by cores", Bench.growth),
    "kernels": ("Kernels", lambda b, g: b.jmh(g, "KernelBenchmark")),
    "limits": ("Limits of the machine", Bench.limits),
}


def say(text: str) -> None:
    """Shows progress."""
    print(text, file=sys.stderr, flush=True)


def output_of(words: list[str], environment: dict[str, str]) -> str:
    """Returns what a command printed. Raises CommandError if it fails."""
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    if done.returncode != 0:
        raise CommandError(f"Exit status {done.returncode}: {shlex.join(words)}\n{done.stderr[-2000:]}")
    return done.stdout


def build() -> None:
    """Builds the job and bench.jar where they are missing or old. Raises CalledProcessError, FileNotFoundError."""
    without_class_data = os.environ.get("ZIPMAP_CLASS_DATA") == "off"
    subprocess.run([SUBMIT, "--version" if without_class_data else "--build"], stdout=sys.stderr, check=True)
    made = JAR.stat().st_mtime if JAR.exists() else 0
    sources = [BENCH / "pom.xml", ROOT / "job/target/zipmap.jar", *(BENCH / "src").rglob("*")]
    if any(source.stat().st_mtime > made for source in sources):
        say(f"building {JAR}")
        subprocess.run(["mvn", "-B", "-q", "-Dstyle.color=never", "-f", str(BENCH / "pom.xml"), "-Dquick", "package"],
                       stdout=sys.stderr, check=True)
        # Maven keeps a jar in which nothing changed.
        JAR.touch()


def java_program() -> str:
    """Returns the java that submit.sh takes."""
    jdk = os.environ.get("JAVA_HOME")
    return str(Path(jdk) / "bin/java") if jdk else "java"


def fresh(folder: Path) -> Path:
    """Returns the folder, which is empty then."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def tail(log: Path) -> str:
    """Returns the last lines of a file."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])


def absent(needs: tuple[str, ...]) -> str:
    """Returns the programs and the modules of Python that are not installed, or nothing."""
    return ", ".join(name for name in needs if not importlib.util.find_spec(name) and not shutil.which(name))


def enough(folder: Path, size: cases.Size) -> bool:
    """Whether the folder has room for the scratch of the large archives, and a quarter more."""
    return folder.is_dir() and shutil.disk_usage(folder).free > size.archives * size.large_rows * 16 * 1.25


def rotated(things: list[Any], turn: int) -> list[Any]:
    """Returns the things so that each round starts with another one, and every second goes backwards."""
    at = turn % max(1, len(things))
    turned = things[at:] + things[:at]
    return turned if turn % 2 == 0 else turned[::-1]


def printed_seconds(text: str, metric: str) -> float:
    """Returns the number after the last word that is the metric. Raises CommandError if there is none."""
    found = re.findall(rf"\b{metric} +([0-9]+[.,]?[0-9]*)", text)
    if not found:
        raise CommandError(f"Nothing printed after the word {metric}\n{text[-500:]}")
    return float(found[-1].replace(",", "."))


def same(mine: Answer, other: Answer, tolerance: float) -> bool:
    """Whether two answers have the same rows, in any order. Engines say NULL or NaN of no values."""
    mine, other = (sorted([math.nan if value is None else value for value in row] for row in rows)
                   for rows in (mine, other))
    return [len(row) for row in mine] == [len(row) for row in other] and all(
        math.isclose(a, b, rel_tol=tolerance) or math.isnan(a) and math.isnan(b)
        for row, row_of_other in zip(mine, other) for a, b in zip(row, row_of_other))


def write_speed(file: Path, mebibytes: int) -> float:
    """Returns the GB/s at which a new file is written and, on a disk, gets there."""
    block = os.urandom(1 << 20)
    start = time.perf_counter()
    with file.open("wb", buffering=0) as out:
        for _ in range(mebibytes):
            out.write(block)
        os.fsync(out.fileno())
    seconds = time.perf_counter() - start
    file.unlink()
    return mebibytes * len(block) / seconds / 1e9


# ---- Results ----


def cell(group: Group, case: str, peer: str) -> str:
    """Returns the median, the least and the most, and the ratio to zipmap. Empty if the peer cannot do the case."""
    samples = group.samples[case].get(peer, [])
    if not samples:
        return ""
    digits = 2 if statistics.median(samples) >= 3 or group.unit == "GB/s" else 3
    median, least, most = (f"{f(samples):.{digits}f}" for f in (statistics.median, min, max))
    text = f"{median} ({least}–{most})" if len(samples) > 1 else median
    ours = group.samples[case].get(next((p for p in group.samples[case] if p.startswith(US)), ""), [])
    if len(ours) >= len(samples) and not peer.startswith(US):
        text += f" **{statistics.median(s / o for s, o in zip(samples, ours)):.2f} ×**"
    return text


def table(group: Group, versions: dict[str, str]) -> Iterator[str]:
    """Yields the lines of a group."""
    yield f"### {group.title}"
    yield ""
    peers = list(dict.fromkeys(peer for case in group.samples.values() for peer in case))
    peers.sort(key=lambda peer: (not peer.startswith(US), list(cases.ENGINES.values()).index(peer)
                                 if peer in cases.ENGINES.values() else 0))
    yield f"| {group.unit} | " + " | ".join(peers) + " |"
    yield "|---" * (len(peers) + 1) + "|"
    for case in group.samples:
        # A bar would end the cell: the dtype |i1 has one.
        title = case.replace("|", "\\|")
        yield f"| {title} | " + " | ".join(cell(group, case, peer) for peer in peers) + " |"
    named = [f"{peer}: {versions[peer]}" for peer in peers if peer in versions]
    if named:
        yield ""
        yield "Versions: " + "; ".join(named) + "."
    for peer, reason in group.missing.items():
        yield ""
        yield f"Missing: {peer} ({reason})."
    yield ""


def extraction(bench: Bench) -> Iterator[str]:
    """Yields what extraction reaches of its limit: ISA-L in memory, then a write of the same bytes to the tmpfs."""
    stages, limits = bench.groups.get("stages"), bench.groups.get("limits")
    if stages is None or limits is None:
        return
    inflate, write = (statistics.median(limits.samples.get(name, {}).get("one core", [0]))
                      for name in ("inflate isal", "sequential write, tmpfs"))
    seconds = stages.samples.get(f"{cases.STAGES[0].name}: extract", {}).get(US)
    if not seconds or not inflate or not write:
        return
    reached = bench.size.archives * bench.size.large_rows * 16 / bench.cores / statistics.median(seconds) / 1e9
    limit = 1 / (1 / inflate + 1 / write)
    yield (f"Extraction: {reached:.3f} GB/s a core, {reached / limit:.0%} of the {limit:.3f} GB/s that ISA-L in memory "
           "and a write to tmpfs take one after the other.")
    yield ""


def machine(bench: Bench) -> dict[str, str]:
    """Describes where and with what it was measured."""
    cpu = re.search(r"model name\s*: (.*)", read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", read("/proc/meminfo"))
    java = subprocess.run([java_program(), "-version"], capture_output=True, text=True, check=False).stderr.splitlines()
    commit = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                            check=False).stdout.strip()
    return {
        "date": datetime.date.today().isoformat(),
        "commit": commit or "unknown",
        "CPU": cpu[1] if cpu else platform.processor(),
        "cores used": f"{bench.cores} of {os.cpu_count()}",
        "memory": f"{int(memory[1]) / (1 << 20):.0f} GiB" if memory else "unknown",
        "system": f"{platform.system()} {platform.release()}",
        "Java": java[0] if java else "unknown",
        "Python": platform.python_version(),
        "rounds": str(bench.size.rounds),
        "scratch in memory": "tmpfs" if bench.has_memory else "on the disk, because /dev/shm has no room",
    }


def read(file: str) -> str:
    """Returns the text of a file, or nothing if there is no such file."""
    return Path(file).read_text(encoding="utf-8") if Path(file).exists() else ""


def options() -> argparse.Namespace:
    """Returns the options that were given. Ends the process if they are wrong: minutes pass before they are used."""
    parser = argparse.ArgumentParser(prog="bench/run.sh", description="Measures zipmap and its peers in turn.")
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"{', '.join(GROUPS)}; default: all")
    parser.add_argument("--quick", action="store_true", help="one round over little data: whether it works, no figures")
    parser.add_argument("--rounds", type=int, help=f"default: {cases.FULL.rounds}")
    parser.add_argument("--cores", type=int, default=2, help="of all that is measured; default: 2")
    parser.add_argument("--data", type=Path, default=BENCH / "target/data", help="keeps the archives, 7 GB")
    parser.add_argument("--json", type=Path, default=BENCH / "target/results.json", help="all samples")
    parser.add_argument("--write", type=Path, metavar="DOCUMENT", help="replaces the results in this document")
    given = parser.parse_args()
    unknown = set(given.groups) - GROUPS.keys()
    if unknown:
        parser.error(f"no such group: {', '.join(sorted(unknown))}")
    for name in ("rounds", "cores"):
        number = getattr(given, name)
        if number is not None and number < 1:
            parser.error(f"--{name} must be 1 or more: {number}")
    try:
        given.data.mkdir(parents=True, exist_ok=True)
        given.json.parent.mkdir(parents=True, exist_ok=True)
        document = "" if given.write is None else given.write.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as e:
        parser.error(str(e))
    if given.json.is_dir() or not os.access(given.json if given.json.exists() else given.json.parent, os.W_OK):
        parser.error(f"{given.json} cannot be written")
    if given.write is not None:
        if given.quick:
            parser.error("--write with --quick would write figures that mean nothing")
        if document.count(START) != 1 or START not in document.split(END)[0] or document.count(END) != 1:
            parser.error(f"{given.write} has no lines {START} and {END}")
        if not os.access(given.write, os.W_OK):
            parser.error(f"{given.write} cannot be written")
    return given


def main() -> int:
    """Measures the groups that are named, or all."""
    given = options()
    # So that processes end and folders are removed then too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        try:
            build()
        except (subprocess.CalledProcessError, FileNotFoundError) as e:
            say(f"bench/run.sh: Cannot build: {e}")
            return 1
        return measure(given)
    except KeyboardInterrupt:
        say("bench/run.sh: interrupted")
        return 128 + signal.SIGINT


def measure(given: argparse.Namespace) -> int:
    """Measures, and writes the results. Returns the exit status."""
    size = cases.QUICK if given.quick else cases.FULL
    if given.rounds is not None:
        size = dataclasses.replace(size, rounds=given.rounds)
    with tempfile.TemporaryDirectory(prefix="work-", dir=given.data) as work:
        bench = Bench(size, given.cores, given.data.resolve(), Path(work).resolve())
        try:
            for name in dict.fromkeys(given.groups or size.groups):
                bench.measure(name)
        finally:
            bench.close()
    described = machine(bench)
    lines = ["; ".join(f"{name}: {value}" for name, value in described.items()) + ".", ""]
    if given.quick:
        lines += ["Little data and one round: these figures mean nothing, whatever the names of the cases say.", ""]
    for group in bench.groups.values():
        lines += table(group, bench.versions)
    lines += extraction(bench)
    text = "\n".join(lines)
    print(text)
    given.json.write_text(json.dumps({
        "machine": described, "versions": bench.versions, "failures": bench.failures,
        "groups": {name: vars(group) for name, group in bench.groups.items()},
    }, indent=1), encoding="utf-8")
    if given.write is not None:
        document = given.write.read_text(encoding="utf-8")
        before, after = document.split(START)[0], document.split(END)[1]
        given.write.write_text(f"{before}{START}\n\n{text}\n{END}{after}", encoding="utf-8")
    for failure in dict.fromkeys(bench.failures):
        say(f"FAILED: {failure}")
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())
