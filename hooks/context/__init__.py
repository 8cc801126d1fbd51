"""What a builder is sent: git's index, ignore files, and the trees that both make."""
