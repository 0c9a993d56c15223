"""Arrays of archives as memory-mapped files: a record or a reference crosses between processes, the array never does.

``zipmap.open(row)`` maps the array of one row of the table ``arrays``, ``zipmap.memmap(file, …)`` any file. Both give a
read-only :class:`zipmap.MappedArray`, a subclass of ``numpy.memmap`` that pickles as a reference of some hundred bytes.
"""
from zipmap._dtype import dtype
from zipmap._error import ZipmapError
from zipmap._jar import jar
from zipmap._mapped import MappedArray, memmap
from zipmap._record import open
from zipmap._spark import arrays, map_arrays

try:
    from zipmap._version import VERSION as __version__
except ModuleNotFoundError:  # the build writes it
    __version__ = "0"

__all__ = [
    "MappedArray",
    "ZipmapError",
    "__version__",
    "arrays",
    "dtype",
    "jar",
    "map_arrays",
    "memmap",
    "open",
]
