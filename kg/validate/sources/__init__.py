"""RDF of any syntax, read once in bounded memory and given back graph by graph."""

from kg.validate.sources.dataset import Dataset, Source, open_dataset
from kg.validate.sources.forms import ENDINGS, FORMS, form_by_ending
from kg.validate.sources.listing import STANDARD_INPUT, list_files
from kg.validate.sources.parsing import FileNotes, base_of, parse_file
from kg.validate.sources.reading import Tell
from kg.validate.sources.spool import Graph, Seen

__all__ = [
    "ENDINGS",
    "FORMS",
    "STANDARD_INPUT",
    "Dataset",
    "FileNotes",
    "Graph",
    "Seen",
    "Source",
    "Tell",
    "base_of",
    "form_by_ending",
    "list_files",
    "open_dataset",
    "parse_file",
]
