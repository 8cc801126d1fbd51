"""How the hooks compare: the same small repositories, asked of every tool that is installed; makes docs/comparison.md.

A sample is a pair: files that fail, and nearly the same files that do not. A tool tells a failure when it reports
something of the first that it does not report of the second; what it says of both is about something else. That is a
generous measure: what it says need not be the cause. Tools that are not installed are left out, and named.

Programs are looked for on PATH: hadolint, tally, droast, golangci-lint, and buildctl with a buildkitd (`.ci/builders`).
"""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from demo import precommit
from hooks.builds.subjects import Builds, is_dockerfile
from hooks.context import index
from hooks.lean.version import VERSION
from tools import findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PATH = os.path.join(findings.TOP, 'docs', 'comparison.md')
MODULE = 'module example.com/app\n\ngo 1.23\n'
PLAIN = 'FROM alpine:3.23\nUSER nobody\nHEALTHCHECK CMD true\nENTRYPOINT ["/bin/true"]\n'


class Sample(NamedTuple):
    """A pair of repositories: `path: text`. `about` is what is wrong with the first."""

    about: str
    bad: Mapping[str, str]
    good: Mapping[str, str]


class Tool(NamedTuple):
    """A tool: what it is called in the table, its version, and what it reports of a folder, a rule's name each time."""

    name: str
    version: str
    reports: Callable[[str], Counter[str]]


# The samples


def ours() -> Iterator[Sample]:
    """The failures that the README names, with the examples of the catalogue."""
    with open(os.path.join(findings.TOP, 'README.md'), encoding='utf-8') as file:
        rules = dict.fromkeys(re.findall(r'findings\.md#([a-z-]+)', file.read()))
    pages = {rule: page for _, rule, page in findings.pages()}
    for rule in rules:
        page = pages[rule]
        yield Sample(f'[{rule}](findings.md#{rule})', findings.files(page.bad), findings.files(page.good))


def style(before: str, after: str, about: str) -> Sample:
    """A Dockerfile with a line more, in a bad and in a good form."""
    bad, good = (PLAIN.replace('USER', f'{line}\nUSER') for line in (before, after))
    return Sample(about, {'Dockerfile': bad}, {'Dockerfile': good})


THEIRS = (
    Sample('a base image without a tag', {'Dockerfile': PLAIN.replace(':3.23', '')}, {'Dockerfile': PLAIN}),
    Sample('`:latest`', {'Dockerfile': PLAIN.replace('3.23', 'latest')}, {'Dockerfile': PLAIN}),
    Sample('runs as root', {'Dockerfile': PLAIN.replace('nobody', 'root')}, {'Dockerfile': PLAIN}),
    Sample('two CMD', {'Dockerfile': PLAIN + 'CMD ["a"]\nCMD ["b"]\n'}, {'Dockerfile': PLAIN + 'CMD ["b"]\n'}),
    Sample(
        '`FROM … as`',
        {'Dockerfile': PLAIN.replace('3.23', '3.23 as app')},
        {'Dockerfile': PLAIN.replace('3.23', '3.23 AS app')},
    ),
    style('ENV API_TOKEN=abc', 'ENV API_URL=abc', 'a secret in ENV'),
    style('MAINTAINER somebody', 'LABEL maintainer=somebody', 'MAINTAINER'),
    style('RUN apk add curl', 'RUN apk add --no-cache curl=8.11.0-r2', 'packages without versions'),
    style('RUN cd /srv && touch a', 'WORKDIR /srv\nRUN touch a', '`cd` in place of WORKDIR'),
    style('RUN for f in $(ls); do rm $f; done', 'RUN true', 'a shell word without quotes'),
    style('RUN sudo true', 'RUN true', 'sudo'),
    style('WORKDIR srv', 'WORKDIR /srv', 'a relative WORKDIR'),
    style('ENV A=$UNSET', 'ENV A=b', 'an undefined variable'),
    style('ENV a b', 'ENV a=b', 'the old form of ENV'),
)


# The tools


def tools(kit: Kit | None) -> Iterator[Tool]:
    yield Tool('go-docker', VERSION, _go_docker)
    for name, reports, version in (
        ('hadolint', _hadolint, ('--version',)),
        ('tally', _tally, ('--version',)),
        ('droast', _droast, ('--version',)),
        ('golangci-lint', _golangci, ('version', '--short')),
    ):
        if shutil.which(name):
            yield Tool(name, _version(name, *version), reports)
    if kit:
        yield Tool('docker build --check', kit.version, kit.lint)


def _version(*command: str) -> str:
    found = re.search(r'v?\d+\.\d+[\w.+-]*', _run(os.getcwd(), *command))
    return found[0].lstrip('v') if found else '?'


def _run(top: str, *command: str) -> str:
    return subprocess.run(command, cwd=top, capture_output=True, encoding='utf-8', errors='replace').stdout


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _values(found: object, key: str) -> Iterator[str]:
    """Every text with a key, anywhere in a JSON value."""
    if isinstance(found, dict):
        if isinstance(found.get(key), str):
            yield found[key]
        for value in found.values():
            yield from _values(value, key)
    elif isinstance(found, list):
        for value in found:
            yield from _values(value, key)


def _go_docker(top: str) -> Counter[str]:
    code = 'import sys; from hooks.go_docker import main; sys.exit(main(sys.argv[1:]))'
    environment = {**precommit.environment(), 'PYTHONPATH': findings.TOP}
    command = (sys.executable, '-c', code, '--format', 'json')
    out = subprocess.run(command, cwd=top, env=environment, capture_output=True, encoding='utf-8').stdout
    return Counter(_values(_parsed(out), 'rule'))


def _hadolint(top: str) -> Counter[str]:
    return Counter(_values(_parsed(_run(top, 'hadolint', '--format', 'json', *_dockerfiles(top))), 'code'))


def _tally(top: str) -> Counter[str]:
    # A compose file says what the context is; else it is told.
    names = ['compose.yaml'] if os.path.exists(os.path.join(top, 'compose.yaml')) else _dockerfiles(top)
    context = () if names == ['compose.yaml'] else ('--context', '.')
    out = _run(top, 'tally', 'lint', '--no-config', '--format', 'json', *context, *names)
    return Counter(_values(_parsed(out), 'rule'))


def _droast(top: str) -> Counter[str]:
    return Counter(_values(_parsed(_run(top, 'droast', '--format', 'json', *_dockerfiles(top))), 'rule'))


def _golangci(top: str) -> Counter[str]:
    out = _run(top, 'golangci-lint', 'run', '--output.json.path', 'stdout', '--show-stats=false', './...')
    return Counter(_values(_parsed(out.partition('\n')[0]), 'FromLinter'))


def _dockerfiles(top: str) -> list[str]:
    """Those below a folder, from there."""
    names = (os.path.join(folder, name) for folder, _, files in os.walk(top) for name in files if is_dockerfile(name))
    return sorted(os.path.relpath(name, top) for name in names)


class Kit:
    """BuildKit's own checks, those of `docker build --check`: asked of a buildkitd without any registry."""

    def __init__(self) -> None:
        from tests.judges._builders import BuildKit
        from tests.judges._images import Images

        # A check looks into no image: an empty folder will do for each.
        self._kit = BuildKit(Images('', '', ()))
        self._empty = os.path.join(self._kit.home, 'empty')
        os.mkdir(self._empty)

    @property
    def version(self) -> str:
        """As its go.mod pins it: what is built from that does not know."""
        with open(os.path.join(findings.TOP, 'tests', 'judges', 'buildkit', 'go.mod'), encoding='utf-8') as file:
            found = re.search(r'github\.com/moby/buildkit v(\S+)', file.read())
        return found[1] if found else '?'

    def lint(self, top: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for name in _dockerfiles(top):
            found += self._of(top, name)
        return found

    def _of(self, top: str, name: str) -> Counter[str]:
        dockerfile = os.path.join(top, name)
        with open(dockerfile, encoding='utf-8') as file:
            images = re.findall(r'^FROM (?:--\S+ )?(\S+)', file.read(), re.MULTILINE)
        command = [
            *('buildctl', '--addr', self._kit.socket, 'build', '--frontend=dockerfile.v0'),
            *(f'--local=context={os.path.join(top, _context(top, name))}', f'--local=empty={self._empty}'),
            *(f'--local=dockerfile={os.path.dirname(dockerfile)}', f'--opt=filename={os.path.basename(name)}'),
            *(f'--opt=context:{image}=local:empty' for image in images),
            '--opt=requestid=frontend.lint',
        ]
        done = subprocess.run(command, cwd=top, env=self._kit.env, capture_output=True, encoding='utf-8')
        return Counter(re.findall(r'^WARNING: (\w+)', done.stdout, re.MULTILINE))

    def stop(self) -> None:
        self._kit.stop()


def _context(top: str, name: str) -> str:
    """The folder that a Dockerfile is built from, as the hooks take it."""
    here = os.getcwd()
    try:
        os.chdir(top)
        subject = Builds(index.find()).subject(name)
    finally:
        os.chdir(here)
    context = subject.builds[0].context if subject else None
    return getattr(context, 'folder', '')


# The table


def tells(tool: Tool, sample: Sample) -> tuple[str, ...]:
    """What a tool reports of the bad files and not of the good ones."""
    with tempfile.TemporaryDirectory(prefix='go-docker-hooks-') as folder:
        found = []
        for name, files in (('bad', sample.bad), ('good', sample.good)):
            top = os.path.join(folder, name)
            os.mkdir(top)
            precommit.lay_out(top, files)
            found.append(tool.reports(top))
    return tuple(sorted(found[0] - found[1]))


def table(about: str, samples: list[Sample], asked: list[Tool]) -> str:
    lines = [f'| {about} | {" | ".join(tool.name for tool in asked)} |', '| --- ' * (len(asked) + 1) + '|']
    counts: Counter[str] = Counter()
    for sample in samples:
        said = {tool.name: tells(tool, sample) for tool in asked}
        counts.update(name for name, rules in said.items() if rules)
        print(sample.about, said, flush=True)
        cells = (', '.join(said[tool.name]) or '–' for tool in asked)
        lines.append(f'| {sample.about} | {" | ".join(cells)} |')
    sums = (f'**{counts[tool.name]} of {len(samples)}**' for tool in asked)
    return '\n'.join([*lines, f'| | {" | ".join(sums)} |', ''])


HEAD = """\
<!-- Made by `python -m bench.compare`. -->
# Compared

The same small repositories, asked of every tool; made on {date} by `python -m bench.compare`, with
{versions}.

Each row is a pair: files whose build fails, and nearly the same files whose build does not. A cell holds what the tool
reports of the first and not of the second. That is generous: what it reports need not name the cause.

## Builds that fail

The failures of the [README](../README.md), with the examples of the [catalogue](findings.md). They are ours: the
first column is full by itself. The others show what a team that has one of those tools would learn of such a build.

"""
MIDDLE = """
hadolint and droast read a Dockerfile by itself, `docker build --check` its ignore file, too; tally looks into the build
context as well, and so names a source that is not there. None of them looks into go.mod, Go files or git, and none
knows what an image holds when a command runs. golangci-lint reads Go code on the machine where it runs: it says what a
build there lacks, not what the image does.

## What they see, and we do not

Style and safety of the Dockerfile itself. go-docker says nothing of it: use one of them beside it. hadolint also reads
the shell of a RUN with ShellCheck, tally writes many of its cures, and both know far more than these rows.

"""
TAIL = """
`docker build --check` was asked as BuildKit's own frontend answers it (`frontend.lint`), without a registry; so was
tally, whose slow checks look images up. {absent}
"""


def main() -> int:
    kit = Kit() if shutil.which('buildctl') and shutil.which('buildkitd') else None
    try:
        asked = list(tools(kit))
        failing, plain = table('failure', list(ours()), asked), table('Dockerfile', list(THEIRS), asked)
    finally:
        if kit:
            kit.stop()
    versions = ', '.join(f'{tool.name} {tool.version}' for tool in asked).replace('--check ', '--check (BuildKit) ')
    every = ('hadolint', 'tally', 'droast', 'golangci-lint', 'docker build --check')
    absent = [name for name in every if name not in {tool.name for tool in asked}]
    said = f'Not to be had here: {", ".join(absent)}.' if absent else ''
    head = HEAD.format(date=datetime.date.today().isoformat(), versions=versions)
    with open(PATH, 'w', encoding='utf-8', newline='\n') as file:
        file.write(f'{head}{failing}{MIDDLE}{plain}{TAIL.format(absent=said)}'.rstrip() + '\n')
    return 0


if __name__ == '__main__':
    sys.exit(main())
