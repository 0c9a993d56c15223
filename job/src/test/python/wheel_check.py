"""Checks an installed zipmap and runs the programs of documents with it.

Usage: wheel_check.py FOLDER, with the programs FOLDER/*.py, which read FOLDER/data/*.npz. The decimal numbers that each
prints must be the means of the arrays.
"""
import base64
import hashlib
import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np

import zipmap

folder = Path(sys.argv[1])

# Compiling much of Spark would be most of the time of a short program.
SHORT = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}

# Every file of the wheel is installed with the bytes that RECORD names.
distribution = importlib.metadata.distribution("zipmap")
assert distribution.version == zipmap.__version__ != "0", (distribution.version, zipmap.__version__)
checked = 0
for file in distribution.files:
    if file.hash is None:
        continue
    digest = hashlib.new(file.hash.mode, file.locate().read_bytes()).digest()
    assert file.hash.value == base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), file
    checked += 1
assert Path(zipmap.jar()) in [file.locate() for file in distribution.files]

data = folder / "data"
data.mkdir(exist_ok=True)
means = []
for i in range(3):
    images = np.random.default_rng(i).random((500, 28, 28), np.float32)
    np.savez_compressed(data / f"shard_{i}.npz", images=images, labels=np.arange(500) % (i + 2))
    means += [images.mean(), (np.arange(500) % (i + 2)).mean()]

programs = sorted(folder.glob("*.py"))
assert len(programs) >= 2, programs
for program in programs:
    environment = {**os.environ, **SHORT}
    done = subprocess.run(
        [sys.executable, program], stdout=subprocess.PIPE, text=True, check=True, cwd=folder, env=environment
    )
    printed = [float(number) for number in re.findall(r"\d+\.\d+(?:e-?\d+)?", done.stdout)]
    assert np.allclose(sorted(printed), sorted(means), rtol=1e-5), (program, done.stdout)
print(f"{checked} files as in RECORD, {len(programs)} programs passed")
