"""Write the expected rows of the saved queries: `python -m tests.golden.make_queries`."""

import tempfile
from pathlib import Path

from tests.golden.test_queries import BASES, EXPECTED, NAMES, store_under

if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = store_under(BASES[0], Path(folder))
        for name in NAMES:
            rows = store.query(name).serialize("csv").replace("\r\n", "\n")
            (EXPECTED / f"{name}.csv").write_text(rows, "utf-8")
            print(f"{len(rows.splitlines()) - 1:4} {name}")
