"""The public surface is deliberate, and importing it is cheap."""

import inspect
import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest

import kg

MODULES = sorted(
    m.name for m in pkgutil.walk_packages(kg.__path__, "kg.") if "__main__" not in m.name
)
HEAVY = ("rdflib", "pyshacl", "pyoxigraph", "shacl", "requests", "spacy", "pydantic", "rich")


def test_all_is_sorted_and_complete():
    assert kg.__all__ == sorted(kg._HOME)


@pytest.mark.parametrize("name", kg.__all__)
def test_public_name_has_one_home_and_a_docstring(name):
    thing = getattr(kg, name)
    assert thing.__module__.startswith(kg._HOME[name])
    assert inspect.getdoc(thing)


@pytest.mark.parametrize("module", MODULES)
def test_module_says_what_it_is(module):
    first = (import_module(module).__doc__ or "").strip().split("\n")[0]
    assert first.endswith((".", ":", ",", ";")) or len(first) > 20, first


@pytest.mark.parametrize("code", ["import kg", "import kg.cli", "import kg.model, kg.settings"])
def test_import_loads_no_heavy_library(code):
    probe = f"import sys; {code}; print([m for m in {HEAVY!r} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_help_loads_no_heavy_library():
    probe = (
        "import sys; sys.argv = ['kg', 'export', '--help']; from kg.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([m for m in ('rdflib','pyoxigraph','spacy','pyshacl') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert out.stdout.strip().endswith("[]")
