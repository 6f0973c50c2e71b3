"""Write graphs and replace files."""

from kg.write.files import check_folder, replace_file, replace_with
from kg.write.graphs import FORMATS, write_graph

__all__ = ["FORMATS", "check_folder", "replace_file", "replace_with", "write_graph"]
