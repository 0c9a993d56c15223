"""The tests take the package from PYTHONPATH, where the build puts the jar, and without that from the checkout."""
import sys
from pathlib import Path

# A file that is new among the sources makes submit.sh build again.
sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[2] / "main" / "python"))
