"""What a process gets in place of a map that could not be mapped again."""
from __future__ import annotations

import copy
from typing import Any, NoReturn

from zipmap._error import ZipmapError


class UnreceivedArray:
    """Raises at its first use the error for which a map was not received. ``repr`` alone shows it.

    The error is not raised while the process receives it: a ``multiprocessing.Pool`` would wait for ever for the
    result, and a ``ProcessPoolExecutor`` would lose its other results too.
    """

    def __init__(self, error: ZipmapError) -> None:
        self._error = error

    def __repr__(self) -> str:
        return f"<a map that was not received: {self._error}>"

    def __reduce__(self) -> tuple:
        return type(self), (self._error,)

    def __getattr__(self, name: str) -> Any:
        # Other libraries ask any object for such names, and take the answer that there is none.
        if name.startswith("_"):
            raise AttributeError(name)
        self._fail()

    def _fail(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise copy.copy(self._error)  # an error that is raised twice would keep both tracebacks

    # Python looks for these in the class, not in the object.
    __array__ = __array_ufunc__ = __array_function__ = __buffer__ = _fail
    __len__ = __iter__ = __getitem__ = __setitem__ = __contains__ = _fail
    __bool__ = __int__ = __float__ = __complex__ = __index__ = _fail
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _fail
    __add__ = __sub__ = __mul__ = __truediv__ = __floordiv__ = __mod__ = __divmod__ = __pow__ = __matmul__ = _fail
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rfloordiv__ = __rmod__ = __rdivmod__ = __rpow__ = _fail
    __and__ = __or__ = __xor__ = __lshift__ = __rshift__ = __rand__ = __ror__ = __rxor__ = __rmatmul__ = _fail
    __neg__ = __pos__ = __abs__ = __invert__ = _fail
    __hash__ = None  # type: ignore[assignment]
