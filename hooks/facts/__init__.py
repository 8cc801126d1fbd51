"""What rules share, found once: where a command runs, why a file is not there, which Go an image has."""
