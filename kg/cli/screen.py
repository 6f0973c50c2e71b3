"""Printing, progress and the codes that the commands end with."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from kg.model import Failure

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
_WIDE = 240  # columns of a table that goes to a file
_FEW = 3  # documents that need no progress bar


def make_console(*, stderr: bool = False) -> "Console":
    """Return a console that marks nothing of its own accord."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


def fail(message: str) -> NoReturn:
    """Print why nothing can be done, and end with 2."""
    print(f"kg: {message}", file=sys.stderr)
    raise SystemExit(USAGE)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows progress on a terminal, for more than a few documents."""
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = make_console(stderr=True)
    columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn())
    hidden = quiet or not console.is_terminal
    with Progress(
        *columns, TimeRemainingColumn(), console=console, transient=True, disable=hidden
    ) as bar:
        tasks: dict[str, int] = {}

        def tell(step: str, done: int, total: int) -> None:
            if total > _FEW and step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            if step in tasks:
                bar.update(tasks[step], completed=done)  # type: ignore[arg-type]

        yield tell


def tell_failures(failures: "tuple[Failure, ...] | list[Failure]", most: int = 20) -> None:
    """Print the first failures and warnings, one a line, to standard error."""
    for failure in list(failures)[:most]:
        kind = "failed" if failure.fatal else "warning"
        told = f"{failure.source}: {kind} at {failure.step}: {failure.reason}"
        shown = "".join(c if c.isprintable() else "\ufffd" for c in told)  # no escapes of strangers
        print(f"kg: {shown}", file=sys.stderr)
    if len(failures) > most:
        print(f"kg: and {len(failures) - most} more, see failures.jsonl", file=sys.stderr)


def wide_console() -> "Console":
    """Return a console that cuts no table where the output goes to a file or pipe."""
    from rich.console import Console

    console = make_console()
    return console if console.is_terminal else Console(highlight=False, width=_WIDE)


def print_whole(screen: "Console", part: "Table | str") -> None:
    """Print a table or a line; a terminal that is too narrow for a table wraps its lines."""
    from rich.console import Console
    from rich.measure import Measurement

    if not isinstance(part, str):
        needed = Measurement.get(screen, screen.options.update(max_width=_WIDE), part).maximum
        if needed > screen.width:
            screen = Console(highlight=False, width=needed)
    screen.print(part, soft_wrap=isinstance(part, str), markup=False, crop=False)


def print_table(columns: list[str], rows: list[list[str | None]]) -> None:
    """Print the rows of a query, and how many there are to standard error."""
    from rich.table import Table

    table = Table(*columns, header_style="bold", box=None)
    for row in rows:
        table.add_row(*[value or "" for value in row])
    print_whole(wide_console(), table)
    print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", file=sys.stderr)
