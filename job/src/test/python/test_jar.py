"""Where ``zipmap.jar()`` finds the jar."""
from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import zipmap

PACKAGE = Path(__file__).resolve().parents[2] / "main" / "python"
PRINT_JAR = "import zipmap; print(zipmap.jar())"


def jar_seen_with(path: Path, name: str | None = None) -> str:
    """What jar() returns, or the last line of its error, in a process that takes the package from this path.

    Args:
        name: the path as that process gets it, from the folder of the path.
    """
    environment = {**os.environ, "PYTHONPATH": name or str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PRINT_JAR], env=environment, capture_output=True, text=True, cwd=path.parent
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A jar with the package and the one entry by which a jar is known, under a name as of PySpark's copies."""
    archive = tmp_path / "zipmap-1.jar"
    with zipfile.ZipFile(archive, "w") as jar:
        for file in PACKAGE.joinpath("zipmap").glob("*.py"):
            jar.write(file, f"zipmap/{file.name}")
        jar.writestr("META-INF/services/org.apache.spark.sql.sources.DataSourceRegister", "")
    return archive


def test_jar_is_the_one_on_sys_path(archive: Path) -> None:
    assert jar_seen_with(archive) == str(archive)


def test_a_relative_path_becomes_absolute(archive: Path) -> None:
    assert jar_seen_with(archive, archive.name) == str(archive)


def test_jar_is_the_one_that_was_installed_with_the_package(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE / "zipmap", tmp_path / "zipmap")
    jars = tmp_path / "zipmap" / "jars"
    jars.mkdir()
    jars.joinpath("zipmap.jar").touch()
    assert jar_seen_with(tmp_path) == str(jars / "zipmap.jar")


def test_a_checkout_has_no_jar() -> None:
    assert "[ZIPMAP_JAR_MISSING] Cannot find zipmap.jar" in jar_seen_with(PACKAGE)


def test_a_zip_without_the_classes_is_no_jar(archive: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.zip"
    with zipfile.ZipFile(archive) as jar, zipfile.ZipFile(plain, "w") as copy:
        for name in jar.namelist():
            if not name.startswith("META-INF"):
                copy.writestr(name, jar.read(name))
    assert "[ZIPMAP_JAR_MISSING]" in jar_seen_with(plain)


def test_each_exported_name_exists() -> None:
    assert [name for name in zipmap.__all__ if not hasattr(zipmap, name)] == []
