"""The picture of a commit shows what the README's example shows."""

from __future__ import annotations

import html
import os
import re

from tools import findings, recording


def read(path: str) -> str:
    with open(path, encoding='utf-8') as file:
        return file.read()


def bare(text: str) -> str:
    """Without anything that breaking lines changes."""
    return ''.join(text.split())


def test_the_picture_shows_the_findings_and_the_cure_of_the_readme() -> None:
    lines = re.findall(r'<text [^>]*>(.*?)</text>', read(recording.PATH))
    shown = bare(html.unescape(''.join(lines)))
    readme = read(os.path.join(findings.TOP, 'README.md'))
    console, diff = (re.findall(rf'^```{kind}\n(.*?)^```$', readme, re.M | re.S)[0] for kind in ('console', 'diff'))
    for line in console.split('\n')[1:]:
        assert bare(line) in shown
    assert bare(diff) in shown
    assert 'https://' not in re.sub(r'xmlns="\S+"', '', read(recording.PATH))
