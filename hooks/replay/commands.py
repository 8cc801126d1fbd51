"""The commands of a script: assignments and redirections, wrappers, functions, other shells, go, and the programs."""

from __future__ import annotations

from hooks.context.paths import normal, parent
from hooks.lean.memo import memo
from hooks.lean.numbers import number
from hooks.replay import accounts, builtins, files, packages, programs, shells, wrappers
from hooks.replay.gocalls import GoCalls
from hooks.replay.image import GO
from hooks.replay.shell import ANYTHING, FAILS, MAYBE, OK, UNKNOWN_OPTION, Failure
from hooks.replay.systems import OF_BASH, WATCHED
from hooks.replay.walker import Context, Unfollowable
from hooks.replay.writing import opaque, opaque_in, speaks_of_modules, written
from hooks.shell import assigned, expand, expand_value, literal, parse, prefix, sketch, substitutions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hooks.replay.shell import Shell
    from hooks.shell.tree import Redirect, Simple

    Words = tuple[str | None, ...]

# Builtins that read assignments among their arguments as such: no value of theirs is split.
_DECLARING = frozenset(('export', 'readonly', 'declare', 'typeset', 'local'))
# The assignments in front of these stay, in some shells.
_SPECIAL = frozenset(
    ': . break continue eval exec exit export readonly return set shift source times trap unset'.split()
)
_RELEASES = (('/etc/os-release',), ('/usr/lib/os-release',), ('/etc/lsb-release',))
_RELEASE_NAMES = (
    'NAME ID ID_LIKE VERSION VERSION_ID VERSION_CODENAME UBUNTU_CODENAME PRETTY_NAME DISTRIB_ID DISTRIB_RELEASE '
    'DISTRIB_CODENAME DISTRIB_DESCRIPTION'.split()
)
# What is said of an archive that never was; behind it stands its name.
NO_ARCHIVE = 'no archive: '
_UNPACKERS = frozenset(('tar', 'bsdtar'))
_CARRIERS = _UNPACKERS | {'curl', 'wget', 'cat'}
NO_FILE = 'No such file or directory'
_brings_go = memo(programs.brings_go)


class Commands(GoCalls):
    """Runs one command after the other."""

    def redirected(self, redirects: Sequence[Redirect], run: Callable[[], str]) -> str:
        self.stream = '' if redirects else self.stream
        status = run()
        for redirect in redirects:
            self._redirect(redirect)
        return status

    def _redirect(self, redirect: Redirect) -> None:
        if '>' not in redirect.op or redirect.op in ('>&', '<&'):
            return
        target = expand(redirect.target, self.shell.env)
        if target is None or len(target) != 1 or (self.shell.cwd is None and not target[0].startswith('/')):
            raise Unfollowable
        path = normal(target[0], self.shell.cwd or '')
        if path.startswith('/dev/'):
            return
        self.shell = written(self.shell, path)
        if self.stream and redirect.fd in (None, 1):
            from hooks.replay import archives

            self.shell = written(self.shell, path, archives.entry(self.stream))

    def simple(self, node: Simple, context: Context) -> str:
        # Most commands set nothing and take nothing from the environment.
        plain = node.words and not node.assigns and node.words[0] not in _DECLARING
        words: Words = literal(node.words) if plain else ()
        before = self.shell
        self.words = written = node.words
        if not words:
            status = self._substitutions(node, context)
            # What ran in `$(…)` had words of its own.
            self.words = written
            if any('$' in raw or '`' in raw for raw in (*node.words, *(raw for _, raw in node.assigns))):
                # Imported late: most commands ask nothing.
                from hooks.replay.printing import placed

                node = placed(node, self.shell)
            self._assign(node.assigns)
            if not node.words:
                return self.redirected(node.redirects, lambda: self.ended(status, context, _first(node)))
            words = tuple([field for raw in node.words for field in self._fields(raw, node.words[0])])
        for name, _ in node.assigns:
            self.shell = self.shell.export(name)
        status = self.redirected(node.redirects, lambda: self.command(words, context, _fed(node.redirects)))
        for name, _ in node.assigns:
            # For this command alone; of functions and special builtins the shells disagree.
            lasts = words[:1] and (words[0] in _SPECIAL or words[0] in self.shell.functions)
            self.shell = self.shell.assign(name, None) if lasts else _restored(self.shell, before, name)
        return status

    def _assign(self, assigns: Sequence[tuple[str, str]]) -> None:
        for name, raw in assigns:
            self._defaults(raw)
            self.shell = self.shell.assign(name, expand_value(raw, self.shell.env))

    def _defaults(self, raw: str) -> None:
        """What `${NAME:=VALUE}` in a word sets."""
        for name, value in assigned(raw, self.shell.env):
            self.shell = self.shell.assign(name, value)

    def _substitutions(self, node: Simple, context: Context) -> str:
        """What `$(…)` in words runs; how the last of them ends is the status of a command without words."""
        raws = [
            *(raw for _, raw in node.assigns),
            *node.words,
            *(each.target for each in node.redirects if each.op != '<<'),
        ]
        scripts = [script for raw in raws for script in substitutions(raw)]
        status, errexit = OK, self.shell.errexit
        for at, script in enumerate(scripts, 1):
            tree = parse(script)
            if tree is None:
                raise Unfollowable
            failing = self.fatal(context) and at == len(scripts) and not node.words
            # In bash errexit does not reach inside.
            self.shell = self.shell._replace(errexit=None if errexit else errexit)
            own = Context(failing=failing, exits=failing)
            status = self.inside(lambda tree=tree, own=own: self.walk(tree, own))  # type: ignore[misc]
            self.shell = self.shell._replace(errexit=errexit)
        return status

    def _fields(self, raw: str, command: str) -> Words:
        if raw in ('"$@"', '$@', '"${@}"', '${@}'):
            return self._arguments(raw)
        name, equals, value = raw.partition('=')
        if equals and command in _DECLARING and name.isidentifier():
            text = expand_value(value, self.shell.env)
            self._defaults(value)
            if text is not None:
                return (f'{name}={text}',)
            self.shell = self.shell.assign(name, None)
            return (name,)
        fields = expand(raw, self.shell.env)
        if fields is None:
            known = prefix(raw, self.shell.env)
            if known.endswith('.linux-') and raw.rstrip('"').endswith('.tar.gz'):
                # For whichever machine.
                return (f'{known}ARCH.tar.gz',)
            flag, equals, _ = known.partition('=')
            self._defaults(raw)
            text = sketch(raw, self.shell.env) if '-X' in known else None
            if text is not None:
                # `-ldflags "-s -X main.version=$VERSION"`.
                return (text,)
            if known.startswith('-'):
                # `-ldflags="$(…)"`: the flag is known, its value does not matter.
                return (flag + equals,) if equals and flag.strip('-').isalnum() else ANYTHING
            return (None,) if known else ANYTHING
        self._defaults(raw)
        return fields

    def _arguments(self, raw: str) -> Words:
        """`"$@"`, whose number is known where a function or `set` gave them."""
        count = self.shell.env.get('#') if '#' in self.shell.env else '0'
        if count is None or not count.isdecimal() or number(count) > 9:
            return ANYTHING
        values = [self.shell.env.get(str(at)) for at in range(1, int(count) + 1)]
        return tuple(values) if raw[0] == '"' or all(value and value.isalnum() for value in values) else ANYTHING

    def command(self, words: Words, context: Context, script: str | None = None) -> str:
        """Run a command; `script` is the here-document on its standard input."""
        if not words:
            return self.ended(OK, context)
        if words[:2] == ANYTHING:
            words = words[1:]
        name = words[0]
        if name is not None and name in self.aliases:
            return self._alias(name, words, context)
        if _brings_go(words):
            self.shell = opaque_in(self.shell, (parent(GO),))
        if name and name in self.shell.functions:
            return self._function(name, words[1:], context)
        base = (name or '').rpartition('/')[2]
        if base in WATCHED and not (self.shell.bash and base in OF_BASH):
            self.sought(name or '', words, context)
        if base == 'protoc':
            self._plugins(words, context)
        if name in wrappers.WRAPPERS and words[:2] not in (('command', '-v'), ('command', '-V')):
            return self._wrapped(words, context, script)
        own = _BUILTINS.get(name or '')
        if own:
            return own(self, words, context)
        if name in builtins.BUILTINS:
            self.shell, status = builtins.BUILTINS[name](self.shell, words[1:])
            why = builtins.why(self.shell, words) if status == FAILS else ''
            return self.ended(OK if why and self._assumed(words, context, why) else status, context, words, why)
        if base in programs.SHELLS:
            return self.ended(self.nested(words, context, script), context, words)
        # By a path that is not absolute it is a program of the project's own.
        if name and base in ('go', 'xx-go') and (name[0] == '/' or '/' not in name):
            return self.ended(self.go(name, words[1:], self.fatal(context)), context, words)
        return self.program(words, context)

    def program(self, words: Words, context: Context) -> str:
        """Any other program."""
        before = self.shell
        self.shell, status = programs.run(before, words)
        if words[0] in _CARRIERS:
            self._fetched(before, words)
            self._sought_in_vain(words, context)
        why = _why(before, words) if status == FAILS else ''
        return self.ended(OK if why and self.noted(words, context, why) else status, context, words, why)

    def _fetched(self, before: Shell, words: Words) -> None:
        """What fetches a Go, or unpacks one, does nothing else."""
        piped, self.stream = self.stream, ''
        if words[0] not in _UNPACKERS and not any(word and '.linux-' in word for word in words):
            return
        # Imported late: few images unpack anything.
        from hooks.replay import archives

        found = archives.fetched(before, words, piped)
        if found:
            self.shell, self.stream, self.unpacked = found.shell, found.prints, found.brings or self.unpacked

    def _sought_in_vain(self, words: Words, context: Context) -> None:
        """An archive that never was: wget fails, and so does curl -f; else what unpacks the page that says so."""
        if words[0] in _UNPACKERS:
            if self.lost:
                self.noted(words, context, f'{NO_ARCHIVE}{self.lost}')
        elif any(word and '.linux-' in word for word in words):
            from hooks.replay import archives

            self.lost = next((name for word in words if (name := archives.never_was(word or ''))), '')
            fails = words[0] == 'wget' or any(
                word and (word == '--fail' or (word[0] == '-' != word[1:2] and 'f' in word)) for word in words
            )
            if self.lost and fails:
                self.noted(words, context, f'{NO_ARCHIVE}{self.lost}')

    def _alias(self, name: str, words: Words, context: Context) -> str:
        """An alias holds from the next line on, in some shells."""
        if not self.one_line:
            raise Unfollowable
        value, self.aliases = self.aliases[name] or '', {}
        if value.split()[:1] == ['go']:
            return self.ended(FAILS, context, words, 'not found')
        return self.command(words, context)

    def _function(self, name: str, args: Words, context: Context) -> str:
        before, function, outer = self.shell, self.function, self.left
        body = before.functions[name]
        if body is None:
            raise Unfollowable
        self.shell = builtins.positional(before, args)
        self.function = context._replace(revives=context.counts or context.revives, turned=False)
        # Whether a `break` reaches the loop around the call is the shell's own affair.
        self.left = {'exit': outer['exit']}
        shadowed, self.shadowed = self.shadowed, {}
        try:
            status = self.arrive(('return',), lambda: self.walk(body, self.function))
        finally:
            for local, old in self.shadowed.items():
                self.shell = _restored(self.shell, old, local)
            self.function, self.left, self.shadowed = function, outer, shadowed
            for number in ('#', *'123456789'):
                self.shell = _restored(self.shell, before, number)
        return self.ended(status, context, (name, *args))

    def _local(self, words: Words, context: Context) -> str:
        for word in words[1:]:
            self.shadowed.setdefault((word or '').partition('=')[0], self.shell)
        self.shell, status = builtins.BUILTINS['local'](self.shell, words[1:])
        return self.ended(status, context, words)

    def _wrapped(self, words: Words, context: Context, script: str | None) -> str:
        """The command behind `env X=Y`, `sudo` and their like."""
        found = wrappers.unwrap(self.shell, words)
        if found is None:
            self.shell = opaque(self.shell)
            return self.ended(MAYBE, context, words)
        if not found.words:
            return self.ended(OK if words[0] in ('exec', 'command') else MAYBE, context, words)
        if words[0] in ('command', 'builtin', 'time'):
            return self.command(found.words, context, script)
        if words[0] == 'exec':
            own = Context(failing=context.exits, counts=False, exits=context.exits)
            self.leave('exit', self._child(found, own, script), False, ())
        if words[0] == 'xargs':
            return self.branches([lambda: self._child(found, context, script), lambda: MAYBE])
        return self._child(found, context, script)

    def _child(self, found: wrappers.Wrapped, context: Context, script: str | None) -> str:
        """A command in a process of its own."""
        before, self.shell = self.shell, found.shell._replace(functions={})
        try:
            return self.command(found.words, context, script)
        finally:
            self.shell = before._replace(view=self.shell.view, sure=self.shell.sure)

    def nested(self, words: Words, context: Context, script: str | None) -> str:
        """`sh -c SCRIPT`, `sh <<EOF`, `sh FILE`."""
        started = shells.read(words)
        if started is None:
            self.shell = opaque(self.shell)
            return MAYBE
        if started.rest and not started.command:
            return self.file(started, words, context)
        if started.command:
            script = started.rest[0] if started.rest else None
        tree = parse(script) if script is not None else None
        if tree is None:
            # What is piped into it, most likely an installer.
            self.shell = opaque(self.shell, program=script is None and not started.command)
            return MAYBE
        fatal, before = self.fatal(context), self.shell
        own = Context(failing=fatal, passing=context.passing, exits=fatal)
        self.shell, self.last = shells.start(started, before), OK
        try:
            return self.inside(lambda: self.walk(tree, own))
        finally:
            self.shell = before._replace(view=self.shell.view)

    def file(self, started: shells.Started, words: Words, context: Context) -> str:
        """A script in a file."""
        self.shell = opaque(self.shell, program=not speaks_of_modules(word or '' for word in words))
        return MAYBE

    def _exit(self, words: Words, context: Context) -> str:
        return self.leave('exit', self._code(words), context.exits, words)

    def _return(self, words: Words, context: Context) -> str:
        if context.turned:
            # In busybox `! return 1` returns 0.
            return self.leave('return', MAYBE, False, words)
        return self.leave('return', self._code(words), self.fatal(self.function), words)

    def _code(self, words: Words) -> str:
        if len(words) == 1 or self.words[1:] in (('$?',), ('"$?"',)):
            return self.last
        code = words[1] or ''
        return MAYBE if not code.isdecimal() else OK if int(code[:9]) % 256 == 0 else FAILS

    def _break(self, words: Words, context: Context) -> str:
        if words[1:] not in ((), ('1',)):
            raise Unfollowable
        return self.leave(words[0] or '', MAYBE if context.turned else OK, False, words)

    def _eval(self, words: Words, context: Context) -> str:
        texts = [word for word in words[1:] if word is not None]
        tree = parse(' '.join(texts)) if len(texts) == len(words) - 1 and UNKNOWN_OPTION not in words else None
        if tree is None or self.aliases:
            raise Unfollowable
        if context.counts or self.shell.errexit is False:
            status = self.walk(tree, context)
        else:
            # In a pipe, bash forgets in eval that errexit is ignored.
            status = self.branches([lambda: self.walk(tree, context), lambda: MAYBE])
        # Whether a failure inside, on the left of &&, counts out here is the shell's own affair.
        return self.ended(MAYBE if status == FAILS else status, context, words)

    def _define_alias(self, words: Words, context: Context) -> str:
        if None in words:
            raise Unfollowable
        for word in words[1:]:
            name, equals, value = (word or '').partition('=')
            if equals:
                self.aliases[name] = value
        return self.ended(OK, context, words)

    def _assumed(self, words: Words, context: Context, why: str) -> bool:
        """A folder that is not there, and ends the step: the walk goes on as if it were there."""
        if self.shell.cwd is None or not self.noted(words, context, why):
            return False
        self.shell = self.shell._replace(cwd=normal(words[-1] or '', self.shell.cwd))
        return True

    def noted(self, words: Words, context: Context, why: str) -> bool:
        """What is not there, and ends the step, is said once; whether the walk may go on behind it."""
        if not (self.fatal(context) and self.shell.sure) or self.trying or context.passing:
            return False
        failed = tuple([word or '…' for word in words])
        self.missing = self.missing or Failure(failed, why, len(self.calls), self.place())
        return True

    def sought(self, name: str, words: Words, context: Context, said: str = '', says: str = '') -> None:
        """A program that the image comes without, where that ends the step, is said once: it is there from then on.

        `said` is what the shell does not find, where it is another file; `says` the words of who else does not.
        """
        program = name.rpartition('/')[2]
        if self.trying or context.passing or not (self.fatal(context) and self.shell.sure):
            return
        if not packages.lacks(self.shell, name):
            return
        failed = (said or name, *[word or '…' for word in words[1:]])
        if all(each.program != program for each in self.absent):
            self.absent.append(Failure(failed, says, len(self.calls), self.place(), program))
        self.shell = packages.there(self.shell, OF_BASH if program in OF_BASH else (program,))

    def _plugins(self, words: Words, context: Context) -> None:
        """protoc starts a plugin for each `--NAME_out`, where it is not told of one."""
        if None in words or any(word and word.startswith(('--plugin', '@')) for word in words):
            return
        for word in words[1:]:
            option, found, _ = (word or '').partition('_out')
            plugin = f'protoc-gen-{option[2:]}'
            if found and option.startswith('--') and plugin in WATCHED:
                self.sought(plugin, words, context, says=f'{plugin}: program not found or is not executable')

    def _set(self, words: Words, context: Context) -> str:
        noexec = any(word is not None and word.startswith('-') and 'n' in word for word in words[1:])
        if self.turning or noexec or 'noexec' in words:
            # In bash it is in force at once, even under `!`; under -n nothing is run any more.
            raise Unfollowable
        self.shell, status = builtins.BUILTINS['set'](self.shell, words[1:])
        return self.ended(status, context, words)

    def _source(self, words: Words, context: Context) -> str:
        """What a system says of itself sets variables of its own."""
        if words[1:] not in _RELEASES:
            return self.sourced(words, context)
        for name in _RELEASE_NAMES:
            self.shell = self.shell.assign(name, None)
        return self.ended(MAYBE, context, words)

    def sourced(self, words: Words, context: Context) -> str:
        """A file whose commands this shell runs."""
        raise Unfollowable

    def _trap(self, words: Words, context: Context) -> str:
        raise Unfollowable


_BUILTINS: Mapping[str, Callable[[Commands, Words, Context], str]] = {
    'exit': Commands._exit, 'return': Commands._return, 'break': Commands._break, 'continue': Commands._break,
    'eval': Commands._eval, 'set': Commands._set, 'alias': Commands._define_alias, 'local': Commands._local,
    '.': Commands._source, 'source': Commands._source, 'trap': Commands._trap,
}  # fmt: skip


def _restored(shell: Shell, before: Shell, name: str) -> Shell:
    """The shell with a variable as it was before."""
    env = shell.env.copy()
    env.pop(name, None)
    if dict.__contains__(before.env, name):
        env[name] = before.env[name]
    local = shell.local | {name} if name in before.local else shell.local - {name}
    return shell._replace(env=env, local=local)


def _why(before: Shell, words: Words) -> str:
    """What a program says that fails."""
    if words[0] == 'git':
        return programs.NO_REPOSITORY
    return accounts.refused(words) if words[0] in accounts.PROGRAMS else files.lacking_folder(before, words) or NO_FILE


def _first(node: Simple) -> Words:
    return tuple([f'{name}={raw}' for name, raw in node.assigns[:1]])


def _fed(redirects: Sequence[Redirect]) -> str | None:
    """The here-document on standard input, where the shell hands it over as it is written."""
    documents = [each for each in redirects if each.op == '<<' and each.fd in (None, 0)]
    document = documents[-1] if documents else None
    expanded = document is None or any(sign in document.target for sign in ('\\', '`', '$('))
    return document.target if document and (document.literal or not expanded) else None
