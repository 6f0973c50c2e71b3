"""What docs/quality.md is made from: scores, why something was lost, and examples."""
