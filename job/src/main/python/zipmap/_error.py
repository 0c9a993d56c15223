"""The error of this package."""
from __future__ import annotations

# Limit on one value in a message, as in the messages of the jar.
_MAX_CHARS = 1000


class ZipmapError(Exception):
    """An error with a named condition, in the words of the jar's errors.

    ``str(e)`` reads ``[ZIPMAP_CONDITION] Cannot do: value; archive: …; entry: …; expected: …; actual: …. Do this.``
    Parts that are not known are left out. It pickles, so a worker can raise it.

    Attributes:
        condition: the name, such as ``ZIPMAP_SOURCE_CHANGED``. A published name keeps its meaning.
        problem: one clause, ``Cannot … : value``.
        archive: the URI of the archive, or None.
        entry: the entry of the archive, or None.
        expected: what was looked for, or None.
        actual: what was found, or None.
        advice: what the user can do, as whole sentences, or None.
    """

    def __init__(
        self,
        condition: str,
        problem: str,
        *,
        archive: str | None = None,
        entry: str | None = None,
        expected: object = None,
        actual: object = None,
        advice: str | None = None,
    ) -> None:
        super().__init__(condition, problem)
        self.condition = condition
        self.problem = problem
        self.archive = archive
        self.entry = entry
        self.expected = None if expected is None else str(expected)
        self.actual = None if actual is None else str(actual)
        self.advice = advice

    def __str__(self) -> str:
        text = f"[{self.condition}] {printable(self.problem)}"
        for name in ("archive", "entry", "expected", "actual"):
            value = getattr(self, name)
            if value is not None:
                text += f"; {name}: {printable(_shortened(value))}"
        return text + "." + (f" {printable(self.advice)}" if self.advice else "")

    def __reduce__(self) -> tuple:
        return type(self), (self.condition, self.problem), self.__dict__


def _shortened(value: str) -> str:
    if len(value) <= _MAX_CHARS:
        return value
    return f"{value[:_MAX_CHARS - 100]}… ({len(value)} characters)"


def printable(text: str) -> str:
    """Names of files may contain line ends, control characters and lone surrogates."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)
