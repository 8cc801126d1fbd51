"""Numbers out of texts that may be of any length: Python refuses to read one of more than 4,300 digits."""

from __future__ import annotations

# What no number that counts anything comes to. Of two that do, neither is greater.
HUGE = 10**18


def number(digits: str) -> int:
    """The number that some decimal digits are, HUGE for any that is as great."""
    if len(digits) < 19:
        return int(digits)
    digits = digits.strip().lstrip('0')
    return int(digits or 0) if len(digits) < 19 else HUGE
