#!/usr/bin/env python3
"""The engines in Python that answer queries in turn with zipmap. Each runs in a process of its own that stays.

usage: engines.py ENGINE CORES FOLDER MEMBERS   FOLDER has the array of the table `elements`, as *.parquet or *.npy,
MEMBERS that of `members` as *.parquet, or is empty
reads: a statement a line
prints: a line of JSON at the start, {"version"}; then one for each statement, {"seconds", "rows"}
"""
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Rows = list[tuple[Any, ...]]
Run = Callable[[str], Rows]

COLUMNS = [f"c{i}" for i in range(4)]


def duckdb(cores: int, tables: dict[str, Path]) -> tuple[str, Run]:
    """DuckDB over views of Parquet files."""
    module = importlib.import_module("duckdb")
    connection = module.connect()
    connection.execute(f"SET threads = {cores}")
    for name, folder in tables.items():
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder}/*.parquet')")
    return f"DuckDB {module.__version__}", lambda statement: connection.execute(statement).fetchall()


def _chdb(cores: int, views: dict[str, str]) -> tuple[str, Run]:
    module = importlib.import_module("chdb")
    session = importlib.import_module("chdb.session").Session()
    session.query(f"SET max_threads = {cores}")
    for name, select in views.items():
        session.query(f"CREATE VIEW {name} AS {select}")

    def run(statement: str) -> Rows:
        text = str(session.query(statement, "JSONCompactEachRow"))
        return [tuple(json.loads(line)) for line in text.splitlines() if line]

    return f"chDB {module.__version__}", run


def chdb(cores: int, tables: dict[str, Path]) -> tuple[str, Run]:
    """chDB over views of Parquet files."""
    return _chdb(cores, {name: f"SELECT * FROM file('{folder}/*.parquet')" for name, folder in tables.items()})


def chdb_npy(cores: int, tables: dict[str, Path]) -> tuple[str, Run]:
    """chDB over a view of bare .npy files: each row is an array of ClickHouse."""
    columns = ", ".join(f"array[{i + 1}] AS {name}" for i, name in enumerate(COLUMNS))
    return _chdb(cores, {"elements": f"SELECT {columns} FROM file('{tables['elements']}/*.npy')"})


def pandas(_: int, tables: dict[str, Path]) -> tuple[str, Run]:
    """pandas over data frames that are in memory. A statement is the name of a query."""
    module = importlib.import_module("pandas")
    frames = {name: module.read_parquet(folder) for name, folder in tables.items()}
    e, m = frames["elements"], frames.get("members")

    def by_bucket(buckets: int) -> Rows:
        groups = e["c1"].groupby((e["c0"].astype("f8") * buckets).astype("int32")).agg(["size", "mean"])
        return list(groups.itertuples())

    def of_columns(*functions: str) -> Rows:
        values = e.agg(list(functions))
        return [tuple(values.at[function, column] for column in e.columns for function in functions)]

    queries: dict[str, Callable[[], Rows]] = {
        "count, min, max, avg, stddev of each column": lambda: of_columns("count", "min", "max", "mean", "std"),
        "min, max, avg of each column": lambda: of_columns("min", "max", "mean"),
        "count(*), avg(c0) WHERE c2 > 0.9999": lambda: [
            (len(found), found.mean()) for found in [e.loc[e["c2"] > 0.9999, "c0"]]],
        "avg(c0 * c1) WHERE c2 > 0.5": lambda: [((found["c0"] * found["c1"]).mean(),) for found in [e[e["c2"] > 0.5]]],
        "sum(c0), sum(c1 * c3)": lambda: [(e["c0"].sum(), (e["c1"] * e["c3"]).sum())],
        "count(*) WHERE c1 > c0": lambda: [((e["c1"] > e["c0"]).sum(),)],
        "count, avg GROUP BY floor(c0 * 10)": lambda: by_bucket(10),
        "count, avg GROUP BY floor(c0 * 10000)": lambda: by_bucket(10_000),
        "count, avg GROUP BY k of 100 values, members": lambda: list(
            m.groupby("k")["c0"].agg(["size", "mean"]).itertuples()),
        "percentile_approx(c0, 0.5)": lambda: [(e["c0"].quantile(0.5),)],
        "ORDER BY c0 LIMIT 5": lambda: list(e.nsmallest(5, "c0").itertuples(index=False)),
    }
    return f"pandas {module.__version__}", lambda statement: queries[statement]()


ENGINES = {"duckdb": duckdb, "chdb": chdb, "chdb-npy": chdb_npy, "pandas": pandas}


def main() -> None:
    """Answers until the input ends."""
    name, cores, *folders = sys.argv[1:]
    tables = {table: Path(folder) for table, folder in zip(("elements", "members"), folders) if folder}
    version, run = ENGINES[name](int(cores), tables)
    print(json.dumps({"version": version}), flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        rows = run(line.rstrip("\n"))
        seconds = time.perf_counter() - start
        # Numbers of numpy are no numbers of JSON.
        print(json.dumps({"seconds": seconds, "rows": rows}, default=lambda number: number.item()), flush=True)


if __name__ == "__main__":
    main()
