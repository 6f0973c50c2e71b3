"""Score the extraction against gold sets: annotated articles, MEANTIME, PolNeAR, re3d."""
