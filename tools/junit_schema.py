"""The schema of JUnit XML, for tests: third-party text, so it is fetched and never kept in here.

The sources of pytest on PyPI have it (MIT licence). It is kept in the user's cache.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

_PACKAGE = "pytest==9.2.0"
_MEMBER = "testing/example_scripts/junit-10.xsd"
_SHA256 = "a1a816f58d1bf95ebabf371994df0b9246dee66ea9572fbec4f9296f1b2c0ff6"


def find_junit_schema() -> Path | None:
    """Return the path of junit-10.xsd, fetched where it is not in the cache; None offline."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "newskg"
    path = cache / "junit-10.xsd"
    if not (path.exists() and sha256(path.read_bytes()).hexdigest() == _SHA256):
        data = _fetch()
        if data is None or sha256(data).hexdigest() != _SHA256:
            return None
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=cache, delete=False) as file:
            file.write(data)
        Path(file.name).replace(path)
    return path


def _fetch() -> bytes | None:
    options = ["--quiet", "--no-deps", "--no-binary", "pytest", "--retries", "1"]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", *options, "-d", folder, _PACKAGE]
        try:
            done = subprocess.run(command, check=False, capture_output=True, timeout=120)
        except (OSError, subprocess.TimeoutExpired):
            return None
        archives = list(Path(folder).glob("*.tar.gz")) if done.returncode == 0 else []
        for archive in archives:
            with tarfile.open(archive) as tar:
                for name in tar.getnames():
                    member = tar.extractfile(name) if name.endswith(_MEMBER) else None
                    if member is not None:
                        return member.read()
    return None


if __name__ == "__main__":
    print(find_junit_schema() or "not found: is the package index at hand?")
