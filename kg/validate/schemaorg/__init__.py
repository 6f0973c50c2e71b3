"""Terms of schema.org: do they exist, and do they stand where their definition allows?

The definitions are those of release 30.0, with what `ontology/kg.ttl` adds to them.
"""

from kg.validate.schemaorg.check import check_terms, is_schemaorg
from kg.validate.schemaorg.release import Release, load_release

__all__ = ["Release", "check_terms", "is_schemaorg", "load_release"]
