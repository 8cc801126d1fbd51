"""One failure a file."""
