"""The module proxy, asked by the go command: the versions that it lists, and those that its list skips.

A proxy need not list all that it serves, nor serve all that was ever tagged, and what it says of a version that it
does not have is what it says of one that never was: an answer adds a version, and no answer takes none away.
"""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_RELEASE = re.compile(r'v(\d+)\.(\d+)\.(\d+)')
_BATCH = 60


class Answer(NamedTuple):
    """What a go command printed; `known` is false where it ended with an error."""

    known: bool
    out: str


@functools.cache
def _environ() -> Mapping[str, str]:
    asked = subprocess.run(('go', 'env', 'GOPROXY'), cwd='/', capture_output=True, text=True, check=True)
    # The proxy that go asks first; not `direct`, which asks the repositories.
    proxy = asked.stdout.strip().partition(',')[0]
    return {**os.environ, 'GOFLAGS': '', 'GOWORK': 'off', 'GOTOOLCHAIN': 'local', 'GOSUMDB': 'off', 'GOPROXY': proxy}


def go(*words: str) -> Answer:
    """Ask the go command; what it says on its way out of an error is not wanted."""
    # A folder without go.mod, so that nothing but the question counts.
    done = subprocess.run(('go', *words), cwd='/', env=_environ(), capture_output=True, text=True, check=False)
    return Answer(done.returncode == 0, done.stdout)


def listed(module: str) -> set[str] | None:
    """The versions that the proxy lists, retracted ones too; None for a module that it does not know."""
    answer = go('list', '-m', '-versions', '-retracted', module)
    return set(answer.out.split()[1:]) if answer.known else None


def served(module: str, versions: Sequence[str]) -> Iterator[Mapping[str, object]]:
    """What `go list -m -json` says of the versions that the proxy serves; the others are passed over."""
    for at in range(0, len(versions), _BATCH):
        names = (f'{module}@{version}' for version in versions[at : at + _BATCH])
        for entry in _decode(go('list', '-e', '-m', '-retracted', '-json', *names).out):
            if 'GoMod' in entry:
                yield entry


def go_mod(entry: Mapping[str, object]) -> str:
    """The text of the go.mod of a version that is served."""
    with open(str(entry['GoMod']), encoding='utf-8') as file:
        return file.read()


def skipped(versions: Iterable[str]) -> list[str]:
    """The releases that a list of versions goes past: `.0` of a minor, and a patch below a listed one.

    Nothing below the lowest minor of a major version, nothing above the highest.
    """
    have = {(int(m[1]), int(m[2]), int(m[3])) for m in map(_RELEASE.fullmatch, versions) if m}
    patches: dict[tuple[int, int], int] = {}
    for major, minor, patch in have:
        patches[major, minor] = max(patch, patches.get((major, minor), 0))
    return [
        f'v{major}.{minor}.{patch}'
        for major in sorted({major for major, _ in patches})
        for minor in _span(minor for each, minor in patches if each == major)
        for patch in range(patches.get((major, minor), 0) + 1)
        if (major, minor, patch) not in have
    ]


def _span(numbers: Iterable[int]) -> range:
    known = sorted(numbers)
    return range(known[0], known[-1] + 1)


def _decode(text: str) -> Iterator[dict[str, object]]:
    """JSON objects that follow one another."""
    decoder, at = json.JSONDecoder(), 0
    while (at := text.find('{', at)) >= 0:
        entry, at = decoder.raw_decode(text, at)
        yield entry
