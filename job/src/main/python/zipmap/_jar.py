"""Where zipmap.jar is."""
from __future__ import annotations

import os
import zipimport

from zipmap._error import ZipmapError

# A file that only the jar has.
_SERVICE = "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister"


def jar() -> str:
    """Returns the path of zipmap.jar, as ``spark.jars`` takes it.

    It is the jar of the wheel that pip installed, or the jar itself, if this module was imported from it.

    Raises:
        ZipmapError: ZIPMAP_JAR_MISSING, if this module is in neither, as in a checkout.
    """
    package = os.path.dirname(os.path.abspath(__file__))
    installed = os.path.join(package, "jars", "zipmap.jar")
    if os.path.isfile(installed):
        return installed
    loader = __spec__.loader
    if isinstance(loader, zipimport.zipimporter):
        archive = loader.archive
        try:
            loader.get_data(os.path.join(archive, _SERVICE))
        except OSError:
            pass
        else:
            return os.path.abspath(archive)
    raise ZipmapError(
        "ZIPMAP_JAR_MISSING",
        f"Cannot find zipmap.jar beside the Python package: {package}",
        advice="Install the wheel job/target/zipmap-*.whl with pip, or put job/target/zipmap.jar on sys.path; "
        "./submit.sh --build makes both.",
    )
