"""A case's repository, on the disk."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.cases import Link

if TYPE_CHECKING:
    from collections.abc import Container, Mapping


def write(top: str, files: Mapping[str, str], without: Container[str] = ()) -> None:
    """Write a tree below `top`; without the untracked files it is what a clean checkout holds."""
    for name, text in files.items():
        if name in without:
            continue
        path = os.path.join(top, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if isinstance(text, Link):
            os.symlink(text, path)
        else:
            with open(path, 'w', encoding='utf-8', errors='surrogateescape', newline='') as file:
                file.write(text)
