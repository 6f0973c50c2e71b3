"""How the server is: its health, and figures for Prometheus."""

import asyncio
import json

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import KgError
from kg.serve.limits import Question
from kg.serve.metrics import BUCKETS, PoolMetrics
from kg.serve.negotiate import RESULTS
from kg.serve.site import site_of

_SECONDS = 3.0
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
_ALIVE = Question(
    sparql="ASK {}",
    kind="query",
    accept=(RESULTS["json"],),
    default_graphs=None,
    named_graphs=None,
    base=None,
)


async def show_health(request: Request) -> Response:
    """Return 200 where a worker answers, 503 where none does within seconds."""
    site = site_of(request)
    told = dict[str, object](status="ok", workers=site.metrics().workers)
    status = 200
    try:
        async with asyncio.timeout(_SECONDS):
            told["generation"] = (await site.ask(_ALIVE)).generation
    except (KgError, TimeoutError) as error:
        status = 503
        told["status"] = str(error) or f"no worker answered within {_SECONDS:g} seconds"
    body = json.dumps(told, ensure_ascii=False) + "\n"
    return Response(body, status, {"Cache-Control": "no-store"}, "application/json")


async def show_metrics(request: Request) -> Response:
    """Return the figures of the pool in Prometheus' text format."""
    body = format_metrics(site_of(request).metrics())
    return Response(body, 200, {"Cache-Control": "no-store"}, _PROMETHEUS)


def format_metrics(found: PoolMetrics) -> str:
    """Return figures as Prometheus reads them.

    Source: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
    """
    lines = list[str]()

    def tell(name: str, kind: str, meaning: str, *samples: tuple[str, float]) -> None:
        lines.extend((f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"))
        lines.extend(f"{name}{labels} {value:.15g}" for labels, value in samples)

    ended = [(f'{{outcome="{name}"}}', float(count)) for name, count in found.outcomes]
    tell("kg_questions_total", "counter", "Queries and updates that ended, by how.", *ended)
    bounds = zip(BUCKETS, found.buckets, strict=False)
    classes = [(f'_bucket{{le="{bound:g}"}}', float(count)) for bound, count in bounds]
    tell(
        "kg_question_seconds",
        "histogram",
        "Time from asking to the answer, waiting included.",
        *classes,
        ('_bucket{le="+Inf"}', found.asked),
        ("_sum", found.seconds),
        ("_count", found.asked),
    )
    tell("kg_worker_restarts_total", "counter", "Workers killed or died.", ("", found.restarts))
    for name, meaning, value in (
        ("kg_workers", "Processes that answer.", found.workers),
        ("kg_workers_busy", "Processes at work.", found.busy),
        ("kg_workers_slow", "Processes in the slow lane.", found.slow),
        ("kg_questions_waiting", "Queries that wait for a worker.", found.waiting),
        ("kg_generation", "Number of the publication that is asked.", found.generation),
    ):
        tell(name, "gauge", meaning, ("", value))
    return "\n".join(lines) + "\n"


async def point_to_dataset(_: Request) -> Response:
    """Lead to the description of the dataset.

    Source: https://www.w3.org/TR/void/#well-known
    """
    return RedirectResponse("/dataset", status_code=303)
