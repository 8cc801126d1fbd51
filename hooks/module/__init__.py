"""The questions that go asks of a tree: which module, which packages, what a command needs."""
