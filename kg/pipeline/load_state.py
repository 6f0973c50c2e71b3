"""What an earlier load put into a store, so that an interrupted one continues.

A line a graph, added when the graph has arrived; the last line of a graph counts. A line that was
cut off by the end of a process is left out.
"""

import hashlib
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from kg.errors import InputError, WriteError
from kg.write.files import replace_file

_FORMAT = "kg-load-1"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What arrived of a graph: which triples, and how many."""

    fingerprint: str
    triples: int


@dataclass(slots=True)
class LoadState:
    """The file that says what a store holds."""

    path: Path
    _graphs: dict[str, Loaded] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path, target: str) -> Self:
        """Return the state of earlier loads into a store; empty where there is no file.

        Args:
            path: of the file.
            target: where graphs are loaded to, and how; a file of another one is refused.

        Raises:
            InputError: not a state file, or of another store.
            WriteError: the file cannot be written.
        """
        state = cls(path)
        try:
            lines = path.read_text("utf-8").splitlines() if path.exists() else []
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read: {error}", source=str(path)) from None
        if lines:
            head = _object(lines[0])
            if head.get("format") != _FORMAT:
                raise InputError("not a state file of kg load", source=str(path))
            if head.get("target") != target:
                raise InputError(
                    f"the state of another load, to {head.get('target')}: name another --state",
                    source=str(path),
                )
        for line in lines[1:]:
            state._take(_object(line))
        state._write(target)
        return state

    def get(self, graph: str | None) -> Loaded | None:
        """Return what arrived of a graph, or None."""
        return self._graphs.get(graph or "")

    def put(self, graph: str | None, loaded: Loaded | None) -> None:
        """Write down what arrived of a graph; None: nothing is known of it any more.

        Raises:
            WriteError: the file cannot be written.
        """
        if loaded is None:
            self._graphs.pop(graph or "", None)
        else:
            self._graphs[graph or ""] = loaded
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(_line(graph or "", loaded))
        except OSError as error:
            raise WriteError(f"{self.path}: cannot be written: {error.strerror}") from None

    def _take(self, entry: dict[str, object]) -> None:
        graph, mark, count = (entry.get(k) for k in ("graph", "fingerprint", "triples"))
        if isinstance(graph, str) and isinstance(mark, str) and isinstance(count, int):
            self._graphs[graph] = Loaded(mark, count)
        elif isinstance(graph, str):
            self._graphs.pop(graph, None)

    def _write(self, target: str) -> None:
        """Write the file anew, without what later lines have replaced."""
        head = json.dumps({"format": _FORMAT, "target": target}) + "\n"
        rest = "".join(_line(graph, loaded) for graph, loaded in sorted(self._graphs.items()))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WriteError(f"{self.path.parent}: cannot be made: {error.strerror}") from None
        replace_file(self.path, head + rest)


def default_state(target: str) -> Path:
    """Return where the state of loads into a store is kept, in the user's folder of caches.

    Source: https://specifications.freedesktop.org/basedir-spec/latest/#variables
    """
    name = hashlib.sha256(target.encode()).hexdigest()[:16]
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Caches"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return folder / "newskg" / "load" / f"{name}.jsonl"


def _line(graph: str, loaded: Loaded | None) -> str:
    entry: dict[str, object] = {"graph": graph}
    if loaded is not None:
        entry |= {"fingerprint": loaded.fingerprint, "triples": loaded.triples}
    return json.dumps(entry, ensure_ascii=False) + "\n"


def _object(line: str) -> dict[str, object]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
