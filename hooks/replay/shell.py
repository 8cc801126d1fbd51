"""The state of a shell between two commands: what it sees, where it stands, what its variables hold."""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import Tree
from hooks.lean.record import Record
from hooks.replay.image import either

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hooks.context.tree import Entry
    from hooks.golang.commands import GoCommand
    from hooks.replay.image import Image
    from hooks.shell.tree import Node

# How a command ends: it cannot fail, it always does, or that is not known.
OK, FAILS, MAYBE = 'ok', 'fails', 'maybe'
# What words that nobody knows may be: an option of any kind, and operands.
UNKNOWN_OPTION = '-?'
ANYTHING = (UNKNOWN_OPTION, None)
# What is longer is no path and no flag.
LONGEST_VALUE = 10_000


class View(Tree):
    """What a command sees: the image, and the step's mounts on it."""

    def __init__(self, image: Image, mounts: tuple[tuple[str, Image], ...] = ()) -> None:
        self.image, self.mounts = image, mounts

    def at(self, path: str) -> int:
        """The index of the mount that a path lies in, -1 for the image."""
        for index in reversed(range(len(self.mounts))):
            if within(path, self.mounts[index][0]):
                return index
        return -1

    def look(self, path: str) -> Entry:
        # Many rules ask the same, and most commands leave the image as it is.
        return (self._layer(path) if self.mounts else self.image).remembered(path)

    def names(self, folder: str, leaving: frozenset[str] = frozenset()) -> list[str] | None:
        names = self._layer(folder).names(folder, leaving)
        inner = {path[len(folder) + 1 :].split('/')[0] for path, _ in self.mounts if path.startswith(folder + '/')}
        return None if names is None else sorted(inner.union(names))

    def some_names(self, folder: str) -> list[str]:
        # One that is not known, as a link is not, does not hide the others.
        return sorted(self._layer(folder).names_down_to(None, folder, ()) or ())

    def change(self, path: str, change: Callable[[Image], Image]) -> View:
        """The view after a change at a path: a write to a mount is gone when the step ends."""
        index = self.at(path)
        if index < 0:
            return View(change(self.image), self.mounts)
        folder, image = self.mounts[index]
        return View(self.image, (*self.mounts[:index], (folder, change(image)), *self.mounts[index + 1 :]))

    def everywhere(self, change: Callable[[Image], Image]) -> View:
        """The view after a change that knows no bounds."""
        return View(change(self.image), tuple((folder, change(image)) for folder, image in self.mounts))

    def _layer(self, path: str) -> Image:
        index = self.at(path) if self.mounts else -1
        return self.image if index < 0 else self.mounts[index][1]


class Shell(Record):
    """What one command leaves for the next: `cwd`, a variable's value and an option are None when nobody knows them.

    `env` are the variables, of which programs do not see those in `local`. `sure` says that the next command runs.
    """

    view: View
    cwd: str | None
    env: dict[str, str | None]
    errexit: bool | None = False
    pipefail: bool | None = False
    sure: bool = True
    local: frozenset[str] = frozenset()
    allexport: bool = False
    # The folders of pushd, the last one on top.
    stack: tuple[str | None, ...] = ()
    # None for one that may be defined, or in several ways.
    functions: Mapping[str, Node | None] = {}
    # Whether it is bash.
    bash: bool = False
    # What a script finds in $0, where that is known.
    name: str | None = None

    def assign(self, name: str, value: str | None) -> Shell:
        """The shell after NAME=VALUE, which exports no name that is not exported already."""
        known = name in self.local or (not self.allexport and not dict.__contains__(self.env, name))
        local = self.local | {name} if known else self.local
        return self._replace(env=setting(self.env, name, value), local=local)

    def export(self, name: str) -> Shell:
        """The shell after `export NAME`, which holds for what the name is set to later, too."""
        shell = self._replace(local=self.local - {name})
        # To go an empty variable is an unset one.
        known = dict.__contains__(self.env, name)
        return shell if known else shell._replace(env=setting(self.env, name, self.env.get(name, '')))

    @property
    def exported(self) -> dict[str, str | None]:
        """The variables that programs see."""
        if not self.local:
            return self.env
        env = self.env.copy()
        for name in self.local:
            env.pop(name, None)
            if name in env:
                # Of a base image that nobody knows: it may export the name.
                env[name] = None
        return env


class By(Record):
    """The command of a RUN that makes a command of another file run, and the place of that one in the repository."""

    command: str
    path: str
    line: int


class Call(Record):
    """A go command, the shell in which it runs, and whether its failure is the step's; `by` where a file has it."""

    command: GoCommand
    shell: Shell
    fatal: bool
    by: By | None = None


class Failure(Record):
    """A command that ends the step for sure, with the words of the tool that says so ('' where none does).

    `before` is how many go commands run before it, where the walk goes on behind it; None: it is the last one.
    `program` is the one that is not there, where that is why.
    """

    words: tuple[str, ...]
    says: str
    before: int | None = None
    by: By | None = None
    program: str = ''


def merge(before: Shell, *after: Shell) -> Shell:
    """The shell when any one of several ways may have been taken since `before`."""
    first = after[0]
    if all(shell is first for shell in after):
        return first
    image = either(before.view.image, *(shell.view.image for shell in after))
    mounts = tuple(
        (folder, either(image_before, *(shell.view.mounts[i][1] for shell in after)))
        for i, (folder, image_before) in enumerate(before.view.mounts)
    )
    names = {name for shell in after for name in shell.env}
    env = {n: first.env.get(n, '') if len({s.env.get(n, '') for s in after}) == 1 else None for n in names}
    # What is exported in one way alone is either its value or nothing.
    torn = {n for n in names if len({n in s.local for s in after if n in s.env}) > 1}
    kinds = {type(shell.env) for shell in after}
    return before._replace(
        view=View(image, mounts),
        cwd=first.cwd if all(shell.cwd == first.cwd for shell in after) else None,
        env=max(kinds, key=lambda kind: len(kind.__mro__))({**env, **dict.fromkeys(torn)}),
        errexit=first.errexit if len({shell.errexit for shell in after}) == 1 else None,
        pipefail=first.pipefail if len({shell.pipefail for shell in after}) == 1 else None,
        sure=all(shell.sure for shell in after),
        local=frozenset.intersection(*(shell.local | (names - shell.env.keys()) for shell in after)) - torn,
        stack=first.stack if len({shell.stack for shell in after}) == 1 else (None,),
        functions=_met([shell.functions for shell in after]),
    )


def _met(functions: Sequence[Mapping[str, Node | None]]) -> Mapping[str, Node | None]:
    first = functions[0]
    if all(each is first for each in functions):
        return first
    names = {name for each in functions for name in each}
    return {
        name: first.get(name) if all(each.get(name) is first.get(name) for each in functions) else None
        for name in names
    }


def setting(env: dict[str, str | None], name: str, value: str | None) -> dict[str, str | None]:
    copy = env.copy()
    copy[name] = None if value is not None and len(value) > LONGEST_VALUE else value
    return copy
