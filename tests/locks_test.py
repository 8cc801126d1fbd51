"""The locks of tests, lint, demo and bench hold all that setup.cfg asks for, and nothing of one machine."""

from __future__ import annotations

import configparser
import glob
import os
import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOCKS = sorted(glob.glob(os.path.join(TOP, 'locks', '*.txt')))
PINNED = re.compile(r'^([a-z0-9-]+)==(\S+)(?: ; ([^\\]+))? \\$')

SETUP = configparser.ConfigParser()
SETUP.read(os.path.join(TOP, 'setup.cfg'))
# From Python 3.10 on, and each of these systems.
PLACES = [
    {'python_full_version': f'{python}.1', 'sys_platform': system, 'platform_machine': 'x86_64'}
    for python in ('3.10', '3.11', '3.12', '3.13', '3.14')
    for system in ('linux', 'darwin', 'win32')
]


def read(path: str) -> str:
    with open(path, encoding='utf-8') as file:
        return file.read()


def name(path: str) -> str:
    return os.path.basename(path).removesuffix('.txt')


def requirements(lock: str) -> list[Requirement]:
    """What setup.cfg wants of a lock."""
    extras = {'lowest': (), 'lint': ('build', 'test', 'lint')}.get(lock, ('build', lock))
    texts = [SETUP['options']['install_requires'], *(SETUP['options.extras_require'][extra] for extra in extras)]
    return [Requirement(line) for text in texts for line in text.split('\n') if line]


def versions(lock: str, place: dict[str, str]) -> dict[str, str]:
    """What a lock installs in a place, package → version."""
    found: dict[str, str] = {}
    for line in read(lock).split('\n'):
        if pinned := PINNED.match(line):
            package, version, marker = pinned.groups()
            if not marker or Requirement(f'x; {marker}').marker.evaluate(place):  # type: ignore[union-attr]
                assert package not in found
                found[package] = version
    return found


@pytest.mark.parametrize('lock', LOCKS, ids=name)
def test_a_lock_holds_what_setup_cfg_asks_for_in_every_place(lock: str) -> None:
    for place in PLACES:
        found = versions(lock, place)
        for wanted in requirements(name(lock)):
            if wanted.marker is None or wanted.marker.evaluate(place):
                assert wanted.specifier.contains(found[canonicalize_name(wanted.name)]), (str(wanted), place)


def test_every_extra_has_its_lock() -> None:
    assert {name(lock) for lock in LOCKS} == {*SETUP['options.extras_require'], 'lowest'} - {'build'}


def test_the_lowest_versions_are_those_that_setup_cfg_promises() -> None:
    (lowest,) = (lock for lock in LOCKS if name(lock) == 'lowest')
    promised = {str(requirement) for requirement in requirements('lowest')}
    assert {f'{package}>={version}' for package, version in versions(lowest, PLACES[0]).items()} == {
        re.sub(r'(>=\d+\.\d+)$', r'\1.0', text).lower() for text in promised
    }


@pytest.mark.parametrize('lock', LOCKS, ids=name)
def test_a_lock_has_a_hash_for_every_package_and_names_no_host(lock: str) -> None:
    text = read(lock)
    entries = re.split(r'\n(?=[a-z])', text.partition('\n#    make lock\n')[2])
    assert entries
    assert all(PINNED.match(entry.split('\n')[0]) and ' --hash=sha256:' in entry for entry in entries)
    assert '://' not in text
    assert not re.search(r'^\s*-(?!-hash)', text, re.MULTILINE)


def test_what_builds_the_project_is_pinned_in_every_lock() -> None:
    (text,) = re.findall(r'^requires = \["(.*)"\]$', read(os.path.join(TOP, 'pyproject.toml')), re.MULTILINE)
    wanted = Requirement(text)
    for lock in LOCKS:
        if name(lock) != 'lowest':
            assert wanted.specifier.contains(versions(lock, PLACES[0])[wanted.name])
