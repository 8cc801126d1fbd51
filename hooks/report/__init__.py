"""From a finding to the line on the screen; the table of --explain; writing files."""
