"""Text → the syntax tree of a script."""
