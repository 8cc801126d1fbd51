"""What `--fix` writes: text → text, byte-preserving, and only where it is the whole cure."""
