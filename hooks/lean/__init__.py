"""What keeps a run short: records, late regular expressions, work shared by processes."""
