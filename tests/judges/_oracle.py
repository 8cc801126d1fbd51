"""The oracle: BuildKit's parser, shell lexer and ignore patterns as one program, built from `oracle/` on first use."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import os
import shutil
import subprocess
from typing import Any

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'oracle')
CACHE = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(SOURCE))), '.cache', 'oracle')
MISSING = "judge missing: BuildKit's parser (needs Go)"


@functools.cache
def oracle_binary() -> str | None:
    """The path of the program, built once for each state of its source; None without Go, or if it does not build."""
    digest = hashlib.sha256()
    for name in sorted(os.listdir(SOURCE)):
        with open(os.path.join(SOURCE, name), 'rb') as file:
            digest.update(name.encode() + b'\0' + file.read())
    binary = os.path.join(CACHE, digest.hexdigest()[:16] + ('.exe' if os.name == 'nt' else ''))
    if not os.path.exists(binary) and not _build(binary):
        return None
    return binary


def _build(binary: str) -> bool:
    if shutil.which('go') is None:
        return False
    os.makedirs(CACHE, exist_ok=True)
    unfinished = f'{binary}.{os.getpid()}'
    command = ['go', 'build', '-o', unfinished, '.']
    if subprocess.run(command, cwd=SOURCE, env={**os.environ, 'GOFLAGS': '-mod=readonly'}).returncode:
        return False
    os.replace(unfinished, binary)
    return True


def buildkit_source() -> str | None:
    """The folder of BuildKit's own source, with its test files, in Go's module cache."""
    if shutil.which('go') is None:
        return None
    command = ['go', 'list', '-m', '-f', '{{.Dir}}', 'github.com/moby/buildkit']
    found = subprocess.run(command, cwd=SOURCE, stdout=subprocess.PIPE, text=True)
    return found.stdout.strip() or None


def ask(binary: str, subject: str, questions: list[dict[str, Any]]) -> list[Any]:
    """The answers of the oracle, in order; see `oracle/` for the shapes. Bytes in a question become base64."""
    lines = ''.join(json.dumps(question, default=encode) + '\n' for question in questions)
    done = subprocess.run(
        [binary, subject], input=lines.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    answers = [json.loads(line) for line in done.stdout.split(b'\n') if line]
    assert len(answers) == len(questions)
    return answers


def encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def decode(coded: str | None) -> str:
    """Bytes of an answer as the hooks read text."""
    return base64.b64decode(coded or '').decode('utf-8', 'surrogateescape')
