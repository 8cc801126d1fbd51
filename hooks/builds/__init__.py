"""Who builds what from where: compose files, workflows, the config; where nobody says, inference."""
