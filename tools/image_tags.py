"""Make hooks/golang/image-tags.txt: every tag that the official golang image had, as check-go-version reads it.

Asked is the history of library/golang in docker-library/official-images: what that file names is what was built, and a
tag that was pushed is never taken back. Given is a clone of it, as `git clone --filter=blob:none` makes one. Windows
is left out. The date is that of the last commit: made again from the same history, it is the same file.

    python -m tools.image_tags CLONE
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
from typing import TYPE_CHECKING

from hooks.golang.versions import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PATH = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'hooks', 'golang', 'image-tags.txt')
FILE = 'library/golang'
HEADER = (
    '# Tags of the official golang image, from library/golang in docker-library/official-images; '
    'made by `make tables`, as of '
)
# `Tags: 1.21.0, 1.21`, and what the file said until 2016: `1.4.2: git://github.com/…`.
TAGS = re.compile(r'(?:Shared)?Tags:(.*)')
OLD = re.compile(r'([A-Za-z0-9_.-]+): *(?:git|https)://')
TAG = re.compile(r'(1\.\d+(?:\.\d+|rc\d+|beta\d+))(?:-(.+))?')
WINDOWS = ('windowsservercore', 'nanoserver')


def named(text: str) -> Iterator[str]:
    """The tags that one version of the file names."""
    for line in text.split('\n'):
        match = TAGS.match(line)
        old = OLD.match(line)
        if match:
            yield from (tag.strip() for tag in match[1].split(','))
        elif old:
            yield old[1]


def table(tags: Iterable[str]) -> dict[str, set[str]]:
    """Variant ('.' for a plain tag) → the full versions that it came with; a floating tag follows from them."""
    found: dict[str, set[str]] = {}
    for tag in tags:
        match = TAG.fullmatch(tag)
        if match and not any(part in tag for part in WINDOWS):
            found.setdefault(match[2] or '.', set()).add(match[1])
    return found


def written(date: str, variants: dict[str, set[str]]) -> str:
    """The file: a variant a line, its versions in order, patches in a row as `1.21.0-13`."""
    return (
        '\n'.join([HEADER + date, *(f'{name} {" ".join(_runs(variants[name]))}' for name in sorted(variants))]) + '\n'
    )


def _runs(versions: Iterable[str]) -> list[str]:
    runs: list[tuple[str, int, int]] = []
    for version in sorted(versions, key=key):
        start, number = re.fullmatch(r'(.*\D)(\d+)', version).groups()  # type: ignore[union-attr]
        if runs and runs[-1][0] == start and runs[-1][2] == int(number) - 1:
            runs[-1] = (start, runs[-1][1], int(number))
        else:
            runs.append((start, int(number), int(number)))
    return [f'{start}{first}' + f'-{last}' * (last > first) for start, first, last in runs]


def _git(clone: str, *words: str) -> str:
    return subprocess.run(['git', '-C', clone, *words], check=True, capture_output=True, text=True).stdout


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser('image_tags', description=(__doc__ or '').partition('\n\n')[0])
    parser.add_argument('clone', help='a clone of docker-library/official-images')
    clone = parser.parse_args(argv).clone
    commits = _git(clone, 'log', '--format=%H %cs', '--', FILE).split('\n')[:-1]
    tags = {tag for commit in commits for tag in named(_git(clone, 'show', f'{commit.split()[0]}:{FILE}'))}
    variants = table(tags)
    with open(PATH, 'w', encoding='utf-8', newline='\n') as file:
        file.write(written(commits[0].split()[1], variants))
    print(f'{len(variants)} variants, {sum(map(len, variants.values()))} tags, as of {commits[0].split()[1]}')
    return 0


if __name__ == '__main__':
    raise SystemExit(main())
