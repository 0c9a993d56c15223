"""ZipmapError."""
import pickle
import re
from pathlib import Path

from zipmap import ZipmapError


def test_the_message_has_the_parts_that_are_known():
    error = ZipmapError(
        "ZIPMAP_SIZE_MISMATCH", "Cannot map an array: /a", archive="s3://b/c.zip", entry="x.npy", expected=8, actual=4,
        advice="Run again.",
    )

    assert str(error) == (
        "[ZIPMAP_SIZE_MISMATCH] Cannot map an array: /a; archive: s3://b/c.zip; entry: x.npy; expected: 8; actual: 4."
        " Run again."
    )
    assert str(ZipmapError("ZIPMAP_X", "Cannot go: on")) == "[ZIPMAP_X] Cannot go: on."


def test_control_characters_and_lone_surrogates_are_escaped_and_long_values_cut():
    error = ZipmapError("ZIPMAP_X", "Cannot open a file: a\nb\x1b\udc80", entry="n" * 70_000)

    assert "a\\nb\\x1b\\udc80" in str(error)
    assert "… (70000 characters)" in str(error)
    assert len(str(error)) < 1200


def test_an_error_crosses_between_processes_with_all_its_parts():
    error = ZipmapError("ZIPMAP_X", "Cannot go: on", expected=1, advice="Stop.")

    other = pickle.loads(pickle.dumps(error))

    assert type(other) is ZipmapError
    assert str(other) == str(error)
    assert vars(other) == vars(error)


def test_the_guide_has_each_condition_and_no_other():
    repository = Path(__file__).resolve().parents[4]
    raised = set()
    for module in (repository / "job/src/main/python/zipmap").glob("*.py"):
        raised.update(re.findall(r'"(ZIPMAP_[A-Z]\w+)"', module.read_text(encoding="utf-8")))
    guide = (repository / "docs/python.md").read_text(encoding="utf-8")
    described = guide[guide.index("### Of maps") : guide.index("### Of the data source")]

    assert raised == set(re.findall(r"ZIPMAP_[A-Z]\w+", described))
