"""The tests take the package from PYTHONPATH, where the build puts the jar, and without that from the checkout."""
import sys
from pathlib import Path

from hypothesis import settings

# A file that is new among the sources makes submit.sh build again.
sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[2] / "main" / "python"))

# Examples take as long as a busy machine lets them. What failed once is not kept, so runs do not differ by machine.
settings.register_profile("zipmap", deadline=None, database=None)
settings.load_profile("zipmap")
