"""How many cases each judge has judged, for the last lines of a run."""

from __future__ import annotations

from collections import Counter

CASES: Counter[str] = Counter()


def tally(judge: str, cases: int = 1) -> None:
    """Count cases in which a judge's answer and ours were compared."""
    CASES[judge] += cases
