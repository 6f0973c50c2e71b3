"""A graph over HTTP: SPARQL, linked data, saved queries and search, with limits."""
