"""`--explain`: what each build was taken as, and its replay as a table with what is wrong behind the step.

Imported only where it is asked for.
"""

from __future__ import annotations

from hooks.builds.subjects import CONFIG, is_dockerfile
from hooks.cli import checking
from hooks.context.paths import in_words
from hooks.context.tree import Context
from hooks.lean.record import Record
from hooks.report import explain, printing
from hooks.report.harmless import harmless
from hooks.report.layout import MARK, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hooks.builds.subjects import Builds, Subject
    from hooks.cli.checking import Rules
    from hooks.cli.running import Run
    from hooks.report.finding import Finding

    # Of the findings of a hook, those that no comment and no config ignores.
    Heeded = Callable[[list[Finding], str], list[Finding]]


class Origin(Record):
    """What a Dockerfile is built from, in words; `folders` are those of which one is to be named in the config."""

    dockerfile: str
    text: str
    settled: bool = True
    folders: tuple[str, ...] = ()


def tables(run: Run, asked: Sequence[tuple[str, Rules]]) -> int:
    """Print the replays of the Dockerfiles in question, and what the rules of some hooks say; the exit code."""
    shown = _tables(run, lambda subject: tables_of(subject, asked, run.heeded))
    return _end(run, '\n'.join(shown))


def builds(run: Run, asked: Sequence[tuple[str, Rules]]) -> int:
    """The same of those that build Go, and below the tables what each of all Dockerfiles was taken as built from."""
    from hooks.sync.ignorefiles import is_go

    origins: list[Origin] = []

    def of(subject: Subject) -> str:
        subject = subject.once()
        text = tables_of(subject, asked, run.heeded, named=True)
        goes = is_go(subject) or MARK in text
        origins.append(origin(run.builds, subject) if goes else Origin(subject.path, 'builds no Go'))
        return text if goes else ''

    shown = [*filter(None, _tables(run, of)), *(['\n'.join(_listed(origins))] if origins else [])]
    return _end(run, '\n'.join(shown))


def _tables(run: Run, of: Callable[[Subject], str]) -> list[str]:
    """Of the Dockerfiles among the named files; where none is, of those that these put in question."""
    found: list[str] = []
    named = {*filter(is_dockerfile, run.paths)}

    def show(subject: Subject) -> list[Finding]:
        if not named or subject.path in named:
            found.append(of(subject))
        return []

    run.check(show, alone=True)
    return found


def _end(run: Run, text: str) -> int:
    printing.write(''.join(f'{harmless(line)}\n' for line in text.split('\n')[:-1]), run.hook)
    return run.code(found=MARK in text)


def tables_of(subject: Subject, asked: Sequence[tuple[str, Rules]], heeded: Heeded, named: bool = False) -> str:
    """The replay of each build of a Dockerfile as a table; with `named` a mark ends with its hook and rule."""
    fitting = len(subject.builds)
    note = f' (one of {fitting} folders that fit)' if fitting > 1 and not subject.builds[0].declared else ''
    found = []
    for build, moments in subject.replays():
        marks: dict[int, list[str]] = {}
        for hook, rules in asked:
            for each in heeded(list(checking.of_build(rules, build, moments, subject)), hook):
                # What a rule of a whole build says of another file has no step here.
                if each.path == subject.path:
                    name = f' [{hook}/{each.rule}]' if named else ''
                    marks.setdefault(each.line, []).append(f'{each.fact}{each.why}{name}')
        found.append(explain.explain(build, subject.dockerfile, marks, explain.width(), note))
    return '\n'.join(found)


def origin(builds: Builds, subject: Subject) -> Origin:
    """What a Dockerfile is taken as built from, and why."""
    path, all = subject.path, subject.builds
    if not all:
        return Origin(path, 'switched off by `[contexts]`')
    folders = [build.context.folder for build in all if isinstance(build.context, Context)]
    named = [*map(in_words, folders)]
    if all[0].declared:
        return Origin(path, f'built from {" and ".join(name + build.says() for name, build in zip(named, all))}')
    if not folders:
        why = f'nobody knows from where it is built, since {_why(builds, subject)}'
        return Origin(path, f'{why}: only what hangs on no context is reported', False)
    if len(folders) == 1:
        return Origin(path, f'taken as built from {named[0]}, the only folder that fits')
    why = f'built from {", ".join(named[:-1])} or {named[-1]}, and nothing says which'
    return Origin(path, f'{why}: only what fails from each is reported', False, tuple(folders))


def _why(builds: Builds, subject: Subject) -> str:
    if any(each.whole and each.may_build(subject.path) for each in builds.partly):
        return 'what builds it does not say'
    return 'no folder from its own up to the top has all that it copies'


def _listed(origins: Sequence[Origin]) -> Iterator[str]:
    """A line a Dockerfile, and what to write where its context is not settled."""
    yield from (plain(f'{each.dockerfile}: {each.text}') for each in origins)
    open = [each for each in origins if not each.settled]
    if open:
        yield ''
        yield f'The context of {len(open)} of {len(origins)} Dockerfiles is not sure: name it in {CONFIG}'
        yield ''
        yield '[contexts]'
        yield from (plain(_entry(each)) for each in open)
    yield ''


def _entry(origin: Origin) -> str:
    first, *others = (f'["{folder or "."}"]' for folder in origin.folders or ('FOLDER',))
    return f'"{origin.dockerfile}" = {" # or ".join((first, " or ".join(others))) if others else first}'
