"""Text → the stages and steps of a Dockerfile."""
