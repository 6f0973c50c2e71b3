"""The process that makes updates of a store folder, one at a time, and publishes each.

`python -m kg.serve.writer DIR` holds the writer's lock as long as it lives. It can be killed at any
moment: an update is one transaction. The full-text index follows when nothing more comes for a
moment.
"""

import queue
import sys
from pathlib import Path

from kg.errors import KgError, QueryError, RefusedError
from kg.serve.frames import Job, Reply, pack_reply
from kg.serve.worker import confine, listen
from kg.store.keep import StoreFolder, open_writer
from kg.store.search import follow_changes
from kg.store.using import add_using

_QUIET = 1.0  # seconds without an update after which the index follows


def make_update(writer: StoreFolder, job: Job) -> Reply:
    """Make an update and publish it."""
    try:
        sparql = add_using(job.sparql, job.default_graphs or (), job.named_graphs or ())
        writer.update(sparql, base=job.base)
        return Reply(outcome="ok", media_type="text/plain", generation=writer.publish())
    except RefusedError as error:
        return Reply(outcome="refused", message=str(error))
    except QueryError as error:
        return Reply(outcome="bad", message=str(error))
    except (KgError, OSError) as error:
        return Reply(outcome="failed", message=str(error))


def main() -> None:
    """Make updates until the pool is gone."""
    confine()
    jobs = listen(sys.stdin.buffer)
    with open_writer(Path(sys.argv[1])) as writer:
        if writer.catalogue.changed():  # by one that was killed before it could publish
            writer.publish()
        _say(Reply(outcome="ok", message="ready"))
        behind = True
        while True:
            try:
                job = jobs.get(timeout=_QUIET if behind else None)
            except queue.Empty:
                follow_changes(writer)
                behind = False
                continue
            _say(make_update(writer, job))
            behind = True


def _say(reply: Reply) -> None:
    sys.stdout.buffer.write(pack_reply(reply))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    try:
        main()
    except KgError as error:
        _say(Reply(outcome="failed", message=str(error)))
        raise SystemExit(2) from None
