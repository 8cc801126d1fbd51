"""Text → what go.mod, go.sum, go.work and Go files say; versions, go commands, and the tables of what is published."""
