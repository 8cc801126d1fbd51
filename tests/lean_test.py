"""The faces of the packages: each name is there, and a face imports nothing by itself."""

from __future__ import annotations

import ast
import glob
import importlib
import os
import subprocess
import sys

import pytest

import hooks

TOP = os.path.dirname(os.path.abspath(hooks.__file__))
PACKAGES = sorted(os.path.basename(os.path.dirname(path)) for path in glob.glob(f'{TOP}/*/__init__.py'))


def promised(package: str) -> list[tuple[str, str]]:
    """What a type checker is told: (module, name)."""
    with open(f'{TOP}/{package}/__init__.py', encoding='utf-8') as file:
        nodes = list(ast.walk(ast.parse(file.read())))
    imports = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    own = [node for node in imports if (node.module or '').startswith(f'hooks.{package}.')]
    return [(node.module or '', alias.name) for node in own for alias in node.names if alias.asname]


FACES = [package for package in PACKAGES if promised(package)]


def test_most_packages_have_a_face() -> None:
    assert len(FACES) >= 8


@pytest.mark.parametrize('package', FACES)
def test_a_face_offers_what_it_promises(package: str) -> None:
    face = importlib.import_module(f'hooks.{package}')
    for module, name in promised(package):
        assert getattr(face, name) is getattr(importlib.import_module(module), name)
    with pytest.raises(AttributeError):
        face.nothing  # noqa: B018


@pytest.mark.parametrize('package', FACES)
def test_a_face_imports_nothing_by_itself(package: str) -> None:
    code = f'import hooks.{package}, sys; print(*(name for name in sys.modules if name.startswith("hooks.")))'
    done = subprocess.run((sys.executable, '-c', code), cwd=os.path.dirname(TOP), capture_output=True, text=True)
    assert set(done.stdout.split()) <= {f'hooks.{package}', 'hooks.lean'}, done.stderr
