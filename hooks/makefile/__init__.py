"""Makefile → rules and variables, as GNU make reads them, as far as text, environment and folder say.

A text in which something is not known has MARK for each such part: a string of any kind, blanks included. FILES stands
for names of files that are there, of which nobody knows which. What a Makefile does that is not understood makes it
`Lost`, or one of its rules unsure, and no more.

Reference: the manual of GNU make 4.3.
"""

from __future__ import annotations

MARK = '\1'
FILES = '\2'


class Lost(Exception):
    """What is read can do anything from here on."""


def is_known(text: str) -> bool:
    """Whether nothing is missing from a text."""
    return MARK not in text and FILES not in text
