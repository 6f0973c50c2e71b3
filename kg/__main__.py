"""`python -m kg`, and the command `kg`."""

import sys

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; Ctrl-C is told in a line, also while it is still being loaded."""
    try:
        from kg.cli import main as run

        run()
    except KeyboardInterrupt:
        print("kg: interrupted", file=sys.stderr)  # noqa: T201
        raise SystemExit(_INTERRUPTED) from None


if __name__ == "__main__":
    main()
