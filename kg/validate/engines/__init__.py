"""Two SHACL engines behind one face: the same data and shapes give the same findings.

`shacl` (Rust) is the fast one. pySHACL, on rdflib, takes over where the fast one is not installed
or cannot use the shapes, and is the oracle of `both` and of the tests.

Source: https://www.w3.org/TR/shacl/#results-validation-result
"""

from kg.validate.engines.choice import ENGINES, Engine, Outcome, choose_engine
from kg.validate.engines.fast import run_shacl
from kg.validate.engines.findings import Finding
from kg.validate.engines.oracle import run_pyshacl
from kg.validate.patterns import pattern_problems

__all__ = [
    "ENGINES",
    "Engine",
    "Finding",
    "Outcome",
    "choose_engine",
    "pattern_problems",
    "run_pyshacl",
    "run_shacl",
]
