"""What run.py measures: the queries, the commands and the kernels, by group, each with its peers."""
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Data:
    """A folder of archives that cases name. Equal commands share it.

    command: words of zipmap that write the archives, or of prepare.py if from_ names the data that it converts
    """

    command: str
    from_: str | None = None
    modules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """A statement that engines answer in turn, each in a session that stays open.

    dialects: the statement of an engine whose SQL differs; None leaves the engine out
    tolerance: the largest relative difference of two answers
    most: rounds that ask it; few for a slow query
    """

    name: str
    sql: str
    dialects: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    tolerance: float = 1e-5
    most: int = 100


@dataclass(frozen=True)
class Way:
    """A command that does what a case asks. {names} in it are filled in, see Bench.places in run.py.

    wall: the metric that the wall time of the command is; empty if it is that of the case
    printed: metrics that the command prints, as "NAME SECONDS"
    needs: programs, and modules of Python, without which the way is missing
    most: rounds that measure it; few for a slow peer
    """

    command: str
    wall: str = ""
    printed: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    most: int = 100


@dataclass(frozen=True)
class Case:
    """Ways to do one thing, by peer."""

    name: str
    ways: Mapping[str, Way]


@dataclass(frozen=True)
class Growth:
    """Archives of one size, of which run.py measures a run and a warm query with one core and with all.

    size: of one archive, as the results name it
    data: the name in DATA
    runs: rounds of the run; few for a large one
    """

    size: str
    data: str
    runs: int


@dataclass(frozen=True)
class Size:
    """How large the data is, and how often it is measured.

    rows: rows of an archive of four float32 values; 2 000 000 are 32 MB
    large_rows: of those of the stages
    small, small_rows: number of small archives, and their rows
    warm_seconds: for which a JVM answers queries before any is measured
    jmh: options of JMH
    options: of all JVMs
    every: 1 if all queries are asked, 4 if every fourth is
    groups: which are measured if none is named
    """

    rounds: int
    warmups: int
    warm_seconds: int
    archives: int
    rows: int
    large_rows: int
    small: int
    small_rows: int
    jmh: str
    options: str
    every: int
    groups: tuple[str, ...]


FULL = Size(rounds=5, warmups=2, warm_seconds=90, archives=15, rows=2_000_000, large_rows=16_000_000,
            small=20_000, small_rows=64, jmh="-f 1 -wi 2 -w 500ms -i 5 -r 300ms", options="", every=1,
            groups=("queries", "first", "commands", "stages", "many", "growth", "kernels", "limits"))
# At most half a minute: the groups that are left out run commands as others do.
QUICK = Size(rounds=1, warmups=0, warm_seconds=0, archives=3, rows=20_000, large_rows=20_000,
             small=3, small_rows=20_000, jmh="-f 0 -wi 0 -i 1 -r 1ms -p array=<f4_C",
             options="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", every=4, groups=("queries", "stages", "kernels"))

RAW = "--dtype float32 --shape=-1,4"
NUMPY = ("numpy",)
PARQUET = ("numpy", "pyarrow")

DATA = {
    "npz": Data("generate --container npz --count {archives} --shape {rows},4"),
    "raw": Data("generate --count {archives} --shape {rows},4"),
    "raw-quarter": Data("generate --count {archives} --shape {quarter_rows},4"),
    "raw-sixteenth": Data("generate --count {archives} --shape {sixteenth_rows},4"),
    "large": Data("generate --count {archives} --shape {large_rows},4"),
    "small": Data("generate --count {small} --shape {small_rows},4"),
    "members": Data("members {archives} {rows}", modules=NUMPY),
    "parquet": Data("parquet", from_="npz", modules=PARQUET),
    "npy": Data("npy", from_="npz", modules=NUMPY),
    "members-parquet": Data("parquet", from_="members", modules=PARQUET),
}

# ---- Queries ----

ENGINES = {
    "zipmap": "zipmap, .npz",
    "spark": "Spark, Parquet",
    "duckdb": "DuckDB, Parquet",
    "chdb": "chDB, Parquet",
    "chdb-npy": "chDB, bare .npy",
    "pandas": "pandas, in memory",
}
SPARK_ONLY = {"duckdb": None, "chdb": None, "chdb-npy": None, "pandas": None}
# Two queries tell what reading .npy costs: two seconds each, whatever is computed.
NOT_BARE = {"chdb-npy": None}
COLUMNS = range(4)


def of_columns(*functions: str) -> str:
    """Returns the functions of each column, as a list of SQL."""
    return ", ".join(f"{function}(c{i})" for i in COLUMNS for function in functions)


def by_bucket(buckets: int) -> Query:
    """Returns the query of groups of equal ranges of c0. Spark and chDB multiply a float by an integer as doubles."""
    select = "SELECT CAST(floor({} * {}) AS INT), count(*), avg(c1) FROM elements GROUP BY 1"
    return Query(f"count, avg GROUP BY floor(c0 * {buckets})", select.format("c0", buckets),
                 {**NOT_BARE, "duckdb": select.format("CAST(c0 AS DOUBLE)", buckets)})


QUERIES = (
    # chDB computes deviations of float32 in float32.
    Query("count, min, max, avg, stddev of each column",
          f"SELECT {of_columns('count', 'min', 'max', 'avg', 'stddev_samp')} FROM elements", tolerance=1e-4),
    Query("min, max, avg of each column", f"SELECT {of_columns('min', 'max', 'avg')} FROM elements", NOT_BARE),
    Query("count(*), avg(c0) WHERE c2 > 0.9999", "SELECT count(*), avg(c0) FROM elements WHERE c2 > 0.9999"),
    Query("avg(c0 * c1) WHERE c2 > 0.5", "SELECT avg(c0 * c1) FROM elements WHERE c2 > 0.5", NOT_BARE),
    Query("sum(c0), sum(c1 * c3)", "SELECT sum(c0), sum(c1 * c3) FROM elements", NOT_BARE),
    Query("count(*) WHERE c1 > c0", "SELECT count(*) FROM elements WHERE c1 > c0", NOT_BARE),
    by_bucket(10),
    by_bucket(10_000),
    Query("count, avg GROUP BY k of 100 values, members",
          "SELECT k, count(*), avg(c0) FROM members GROUP BY k", NOT_BARE),
    Query("percentile_approx(c0, 0.5)", "SELECT percentile_approx(c0, 0.5) FROM elements",
          {"duckdb": "SELECT approx_quantile(c0, 0.5) FROM elements", "chdb": "SELECT quantile(0.5)(c0) FROM elements",
           "chdb-npy": None}, tolerance=0.05, most=3),
    Query("ORDER BY c0 LIMIT 5", "SELECT c0, c1, c2, c3 FROM elements ORDER BY c0 LIMIT 5", NOT_BARE),
    Query("a Java UDF in SELECT and WHERE", "SELECT avg(halved(c0)) FROM elements WHERE halved(c1) > 0.25", SPARK_ONLY),
    Query("all rows into noop", "noop SELECT c0, c1, c2, c3 FROM elements", SPARK_ONLY),
)

# ---- Commands ----

FIRST_QUERY = "SELECT count(*), avg(c0), stddev_pop(c1) FROM elements WHERE c2 > 0.5"

FIRST = (
    Case("count, avg, stddev WHERE c2 > 0.5", {
        "zipmap": Way(f"{{zipmap}} sql --input {{npz}} '{FIRST_QUERY}'"),
        "Parquet by pyarrow, DuckDB": Way("{python} {bench}/first_query.py duckdb {npz} {scratch} {cores}",
                                          needs=("numpy", "pyarrow", "duckdb")),
        "numpy, processes": Way("{python} {bench}/first_query.py numpy {npz} {scratch} {cores}", needs=NUMPY),
        "PySpark, binaryFile, mapInArrow": Way("{python} {bench}/first_query.py pyspark {npz} {scratch} {cores}",
                                               needs=("numpy", "pandas", "pyarrow", "pyspark"), most=2),
    }),
)

COMMANDS = (
    Case("empty application, one statement", {"Spark": Way("{spark_server} 'SELECT 1'")}),
    Case("run, 1 archive of 32 MB", {"zipmap": Way(f"{{zipmap}} run --input {{raw}}/file_1.zip {RAW}")}),
    Case("run, 15 archives of 32 MB", {
        "zipmap": Way(f"{{zipmap}} run --input {{raw}} {RAW}"),
        "fixed Python": Way("{python} {bench}/peer.py {raw} 4 {cores}", needs=NUMPY),
    }),
    Case("sql, count of 1 archive of 32 MB", {
        "zipmap": Way(f"{{zipmap}} sql --input {{raw}}/file_1.zip {RAW} 'SELECT count(*) FROM elements'"),
    }),
    Case("inspect, 1 archive of 32 MB", {"zipmap": Way(f"{{zipmap}} inspect --input {{raw}}/file_1.zip {RAW}")}),
)

STAGES = (
    Case("15 archives of 256 MB", {
        "zipmap": Way(f"{{zipmap}} run --input {{large}} {RAW} --scratch {{memory}}",
                      wall="whole command", printed=("extract", "map")),
        "fixed Python": Way("env TMPDIR={memory} {python} {bench}/peer.py {large} 4 {cores}",
                            wall="whole command", printed=("extract", "map"), needs=NUMPY),
        "unzip": Way("sh -c 'cd \"$0\" && ls *.zip | xargs -n 1 -P {cores} unzip -q -o -d \"$1\"' {large} {memory}",
                     wall="extract", needs=("unzip",), most=2),
    }),
)

MANY = (
    Case("20 000 archives of 1 KB", {
        "zipmap": Way(f"{{zipmap}} run --input {{small}} {RAW} --output {{scratch}}/tables",
                      wall="whole command", printed=("plan", "extract", "map", "publish")),
        "fixed Python": Way("{python} {bench}/peer.py {small} 4 {cores}", wall="whole command",
                            printed=("extract", "map"), needs=NUMPY),
    }),
)

GROWTH = (
    Growth("2 MB", "raw-sixteenth", runs=2),
    Growth("8 MB", "raw-quarter", runs=2),
    Growth("32 MB", "raw", runs=2),
    Growth("256 MB", "large", runs=1),
)
GROWTH_QUERY = "SELECT avg(c0 * c1) FROM {table} WHERE c2 > 0.5"
GROWTH_VIEW = """CREATE TEMPORARY VIEW {table} USING zipmap OPTIONS (path '{folder}', dtype 'float32', shape '-1,4')"""
GROWTH_RUN = f"{{zipmap}} run --input {{folder}} {RAW} --scratch {{memory}}"
