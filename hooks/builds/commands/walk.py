"""A walk through what scripts and Makefiles run, in order: the builds on the way, and what may be made before each."""

from __future__ import annotations

import posixpath

from hooks.builds.commands import docker
from hooks.builds.commands.quiet import ends
from hooks.builds.commands.run import Baked
from hooks.builds.commands.run import Env as Env
from hooks.builds.commands.run import Found as Found
from hooks.builds.commands.run import Place as Place
from hooks.builds.commands.substitution import printed
from hooks.builds.commands.sure import asks
from hooks.builds.commands.words import marked
from hooks.builds.commands.writes import ANYTHING, redirected, writes
from hooks.builds.declarations import MARK, TOP, join
from hooks.shell import parse, substitutions
from hooks.shell.tree import (
    And,
    Background,
    Case,
    Function,
    Group,
    If,
    Loop,
    Not,
    Or,
    Pipe,
    Seq,
    Simple,
    Subshell,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from hooks.context.index import Repository
    from hooks.shell.tree import Node, Redirect

_DEEPEST = 12
_LONGEST = 2_000  # commands
MOST_FILES = 25
_MOST = 40  # words of a loop
_WRAPPERS = frozenset(('sudo', 'env', 'time', 'exec', 'command', 'nohup'))
_SHELLS = frozenset(('sh', 'bash', 'dash', 'zsh', 'source', '.'))
_SOURCING = ('source', '.')
_SCRIPTS = (
    '$0',
    '${0}',
    '${BASH_SOURCE[0]}',
    '$BASH_SOURCE',
    '${BASH_SOURCE}',
    '${BASH_SOURCE:-$0}',
    '${BASH_SOURCE[0]:-$0}',
)


class Walk:
    """One run of a shell: `cwd` is None where it is not known, relative to the repository's top otherwise."""

    def __init__(self, repository: Repository, cwd: str | None, env: Mapping[str, str | None] | None = None) -> None:
        self.repository, self.cwd, self.env = repository, cwd, Env(env or {})
        # The folder before, and those that `pushd` left.
        self.left: str | None = None
        self.pushed: list[str | None] = []
        self.functions: dict[str, Node] = {}
        # Those of the scripts that were sourced.
        self.library: dict[str, Node] = {}
        self.made: dict[str, None] = {}
        self.found: list[Found] = []
        # What may be made before `docker compose` builds, and the files or the folder that it builds from.
        self.composed: list[tuple[tuple[str | None, ...], tuple[str, ...]]] = []
        self.baked: list[Baked] = []
        # The scripts, and the targets of Makefiles, that were run on the way.
        self.ran: set[tuple[str, str]] = set()
        self.steps = 0
        # Whether what is followed now runs for sure, and whether the script may have ended before.
        self.sure, self.over = True, False
        # Whether it runs in a clean checkout, as far as nothing is made there.
        self.clean = False
        # Makefiles and scripts, which may start each other twice.
        self.files = 0

    def run(self, text: str, place: Place) -> None:
        """Follow a script; one that is not understood may write anything."""
        tree = parse(text) if place.depth < _DEEPEST else None
        if tree is None:
            self.writes(ANYTHING)
        else:
            self.node(tree, place)

    def writes(self, paths: tuple[str, ...]) -> None:
        self.made.update(dict.fromkeys(paths))

    def node(self, node: Node, place: Place) -> None:
        self.steps += 1
        if self.steps > _LONGEST:
            self.writes(ANYTHING)
            return
        match node:
            case Simple():
                self.simple(node, place)
            case And(left, right):
                self.node(left, place)
                self.perhaps(right, place, asks(left))
            case Or(left, right):
                self.perhaps(left, place)
                self.perhaps(right, place)
            case Not(body) | Background(body):
                self.node(body, place)
            case Seq(parts):
                for part in parts:
                    self.node(part, place)
            case Pipe(parts):
                for part in parts:
                    self.apart([part], place)
            case Subshell(body, redirects):
                self.apart([body], place)
                self.redirects(redirects)
            case Group(body, redirects):
                self.node(body, place)
                self.redirects(redirects)
            case If(branches, orelse, _):
                for condition, _ in branches:
                    self.perhaps(condition, place)
                self.either([body for _, body in branches] + ([orelse] if orelse else []), place)
            case Case(_, branches, _):
                over = self.over
                self.either([body for _, body in branches], place, unsure=False)
                self.over = over
            case Loop():
                self.loop(node, place)
            case Function(name, body):
                self.functions[name] = body

    def perhaps(self, node: Node, place: Place, unsure: bool = True) -> None:
        """What runs or not, or may fail without harm."""
        sure = self.sure
        self.sure = sure and not unsure
        self.node(node, place)
        self.sure = sure

    def redirects(self, redirects: tuple[Redirect, ...]) -> None:
        """What redirections write to; `2>&1` writes to no file."""
        targets = [self.word(each.target) for each in redirects if '>' in each.op]
        self.writes(redirected((target for target in targets if target.strip('0123456789-')), self.cwd))

    def apart(self, nodes: list[Node], place: Place) -> None:
        """In a shell of its own: what it sets does not last."""
        cwd, env, pushed = self.cwd, Env(self.env), [*self.pushed]
        for node in nodes:
            self.node(node, place)
        self.cwd, self.env, self.pushed = cwd, env, pushed

    def either(self, bodies: list[Node], place: Place, unsure: bool = True) -> None:
        """One of some branches, or none: what one of them sets is not known behind it."""
        cwd, env = self.cwd, Env(self.env)
        left: list[tuple[str | None, Env]] = []
        for body in bodies:
            self.cwd, self.env = cwd, Env(env)
            self.perhaps(body, place, unsure)
            left.append((self.cwd, self.env))
        self.cwd = cwd if all(each == cwd for each, _ in left) else None
        names = {name for _, each in left for name in each.keys() | env.keys()}
        same = {name: {each.get(name) for _, each in left} | {env.get(name)} for name in names}
        self.env = Env({name: values.pop() if len(values) == 1 else None for name, values in same.items()})

    def loop(self, loop: Loop, place: Place) -> None:
        words = [self.word(word) for word in loop.words] if loop.kind == 'for' else [MARK]
        if any(MARK in word or '*' in word for word in words) or len(words) > _MOST:
            words = [MARK]
        if loop.condition:
            self.perhaps(loop.condition, place)
        for word in words:
            if loop.name:
                self.env[loop.name] = None if word == MARK else word
            self.perhaps(loop.body, place, words == [MARK])

    # Simple commands

    def simple(self, node: Simple, place: Place) -> None:
        for _, value in node.assigns:
            self.inside(value, place)
        words = [self.word(word) for word in node.words]
        for word in node.words:
            self.inside(word, place)
        self.redirects(node.redirects)
        if not words:
            for name, raw in node.assigns:
                self.env[name] = self.known(raw)
            return
        while words[0] in _WRAPPERS and len(words) > 1:
            words = words[1:]
            while len(words) > 1 and (words[0].startswith('-') or '=' in words[0]):
                words = words[1:]
        self.command(words, node, place)

    def inside(self, word: str, place: Place) -> None:
        """What is run while a word is expanded."""
        for script in substitutions(word) if '$(' in word or '`' in word else ():
            tree = parse(script) if place.depth < _DEEPEST else None
            if tree is not None:
                self.apart([tree], place._replace(depth=place.depth + 1))

    def command(self, words: list[str], node: Simple, place: Place) -> None:
        name, args = words[0], words[1:]
        self.over = self.over or name in ('exit', 'return')
        if name in ('cd', 'pushd', 'popd'):
            self.enter(name, args)
        elif name in ('export', 'local', 'declare', 'readonly', 'typeset'):
            for arg in args:
                variable, equals, value = arg.partition('=')
                if equals:
                    self.env[variable] = None if MARK in value else value
        elif name in ('read', 'unset', 'mapfile', 'getopts'):
            self.env.update(dict.fromkeys(args))
        elif name in self.functions and place.depth < _DEEPEST:
            self.call(name, args, place)
        elif (over := ends(name, self.library)) is not None:
            self.over = self.over or over
        else:
            line = docker.read(words)
            if line is not None:
                made, sure = tuple(self.made), self.sure and not self.over
                clean = self.clean and sure and not made
                where = place.by, place.line, node.words, place.script
                self.found.append(Found(line, self.cwd, made, *where, sure, clean))
            elif (baked := docker.baked(words)) is not None:
                paths = tuple(MARK if (path := self.joined(file)) is None else path for file in baked.files)
                self.baked.append(baked._replace(files=paths, cwd=self.cwd, made=tuple(self.made)))
            elif (files := docker.composed(words)) is not None:
                self.composed.append((tuple(self.joined(file) for file in files or ('.',)), tuple(self.made)))
                # What runs in a container may write into a folder of the machine.
                self.writes(ANYTHING if 'run' in args else ())
            elif name.rpartition('/')[2] in ('make', 'gmake'):
                self.make(args, place)
            elif not self.script(name, args, place):
                self.writes(writes(words, self.cwd, self.module()))

    def enter(self, name: str, args: list[str]) -> None:
        """`cd`, `pushd` and `popd`."""
        left, folder = self.cwd, self.joined(args[-1]) if args else None
        if name == 'popd':
            folder = self.pushed.pop() if self.pushed and not args else None
        elif name == 'pushd':
            self.pushed.append(left)
        elif args == ['-']:
            folder = self.left
        self.cwd, self.left = folder, left

    def call(self, name: str, args: list[str], place: Place) -> None:
        before = Env(self.env)
        self.env.update({str(at): None if MARK in arg else arg for at, arg in enumerate(args[:9], 1)})
        self.node(self.functions[name], place._replace(depth=place.depth + 1))
        for at in range(1, 10):
            self.env[str(at)] = before.get(str(at))

    def script(self, name: str, args: list[str], place: Place) -> bool:
        """Follow a tracked shell script; False where the command is none."""
        sourced = name in _SOURCING
        if name in _SHELLS:
            if '-c' in args[:-1]:
                self.run(args[args.index('-c') + 1], place._replace(depth=place.depth + 1))
                return True
            args = [arg for arg in args if not arg.startswith('-')]
            name, args = (args[0], args[1:]) if args else ('', [])
            path = self.joined(name)
        else:
            path = self.joined(name) if '/' in name else None
        text = self.repository.read(path) if path is not None and path in self.repository.files else None
        if path is None or text is None or not is_shell(path, text) or place.depth >= _DEEPEST:
            return False
        self.ran.add((path, ''))
        run_script(self, path, text, args, place.depth + 1, sourced)
        return True

    def make(self, args: list[str], place: Place) -> None:
        from hooks.builds.commands.make import run_make

        run_make(self, args, place.depth + 1)

    def module(self) -> str:
        """The last element of the main module's path, which `go build` calls its binary."""
        text = self.repository.read(posixpath.join(self.cwd or '', 'go.mod')) or ''
        line = next((line for line in text.split('\n') if line.startswith('module ')), '')
        return line.rstrip().rpartition('/')[2] if '/' in line else line[len('module ') :].strip()

    # Words

    def joined(self, word: str) -> str | None:
        if MARK in word or (self.cwd is None and not word.startswith(TOP)):
            return None
        return join(self.cwd or '', word)

    def known(self, raw: str) -> str | None:
        word = self.word(raw)
        return None if MARK in word else word

    def word(self, raw: str) -> str:
        """A word without its quotes, MARK for what is not known."""
        return marked(raw, self.env, self.substituted)

    def substituted(self, raw: str) -> str:
        """What `$(…)` prints, where it names a folder of the repository."""
        return printed(raw, self.cwd, self.word)


def run_script(walk: Walk, path: str, text: str, args: list[str], depth: int, sourced: bool = False) -> None:
    """Follow a script with its arguments, in a shell of its own unless it is `sourced`."""
    walk.files += 1
    if walk.files > MOST_FILES:
        walk.writes(ANYTHING)
        return
    cwd, env, functions, over = walk.cwd, walk.env, walk.functions, walk.over
    walk.env = Env({**env, **{str(at): None if MARK in arg else arg for at, arg in enumerate(args[:9], 1)}})
    walk.env.update(dict.fromkeys(_SCRIPTS, f'{TOP}/{path}'))
    walk.functions = {}
    walk.run(text, Place(path, 1, depth))
    if sourced:
        # What it sets and defines lasts, but for its arguments and its own name.
        walk.library.update(walk.functions)
        own = (*_SCRIPTS, *map(str, range(1, 10)))
        walk.env.update({name: env.get(name) for name in own if name in env or name in walk.env})
        walk.functions = functions
        return
    walk.cwd, walk.env, walk.functions, walk.over = cwd, env, functions, over


def is_shell(path: str, text: str) -> bool:
    """Whether a file is a script for a shell like sh, by its first line, or without one by its name."""
    first = text.partition('\n')[0]
    if first.startswith('#!'):
        return any(first.rstrip().endswith(shell) or f'{shell} ' in first for shell in ('sh', 'bash', 'dash', 'zsh'))
    return path.endswith(('.sh', '.bash'))
