"""What every hook does around its rules: arguments, files in question, exit code."""
