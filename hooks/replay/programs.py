"""What the programs of a RUN leave behind in the image: files written, files removed, folders nobody knows any more.

Each function takes the shell before a command and gives the one after it, as if the command had passed.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE, FOLDER, IS_FOLDER, REMOVED, UNKNOWN, WRITTEN, Entry
from hooks.golang import editing
from hooks.golang.commands import BUILDS
from hooks.lean.lazy import regex
from hooks.module import modules
from hooks.replay import bases, packages
from hooks.replay.image import Unknown, Wrote
from hooks.shell import has_glob

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hooks.context.index import Repository
    from hooks.golang.commands import GoCommand
    from hooks.replay.shell import Shell

OK, FAILS, MAYBE = 'ok', 'fails', 'maybe'
# Programs that change nothing of Go's: package managers, and what only prints, looks, or sets rights and users.
HARMLESS = frozenset(
    '[ [[ test : true echo printf ls cat head tail grep egrep fgrep cut sort uniq wc tr seq basename dirname pwd date '
    'file stat du df uname arch nproc id whoami which type env printenv hash sleep wait tty ps kill yes readlink '
    'realpath jq md5sum sha1sum sha256sum sha512sum sum cmp diff getent getconf ulimit umask strip upx chmod '
    'chown chgrp setcap adduser addgroup useradd usermod userdel groupadd groupmod passwd chpasswd apk apt apt-get '
    'apt-key apt-cache add-apt-repository aptitude dpkg dpkg-reconfigure dnf microdnf tdnf yum zypper pacman rpm gem '
    'pip pip3 pipx ldconfig ldd locale-gen update-ca-certificates update-ca-trust update-alternatives fc-cache '
    'localedef c_rehash command alias shopt read local trap history golangci-lint staticcheck govulncheck gosec '
    'errcheck'.split()
)
NEVER_FAIL = frozenset(': true echo printf pwd date umask export set readonly local alias sleep'.split())
# They run the command that follows them, behind flags and assignments of their own.
WRAPPERS = frozenset('time exec command env nice ionice nohup sudo doas stdbuf builtin timeout'.split())
UNPACKERS = frozenset('tar bsdtar unzip'.split())
_GO_RELEASE = regex(r'go1\.[0-9]+(?:\.[0-9]+)?(?:(?:rc|beta)[0-9]+)?|gotip|gvm|goenv')
_VERBS = ('install', 'setup', 'update', 'upgrade', 'get')
_BRINGS_GO = regex(
    r'(?:.*[-_])?(?:(?:install|setup|update|upgrade|get)[-_]?go(?:lang)?'
    r'|go(?:lang)?[-_](?:install|setup|update|upgrade))(?:\.[a-z]+)?'
)
SHELLS = frozenset('sh bash ash dash ksh zsh'.split())
GIT_READS = frozenset('config log rev-parse describe status version show diff tag remote ls-remote'.split())


# Commands that complete go.sum under -mod=mod.
LOADS = BUILDS | {'list'}
# Options of `git clone` that take the next word.
GIT_VALUES = frozenset(
    '-b --branch -c --config -o --origin -u --upload-pack -j --jobs --depth --filter --reference --reference-if-able '
    '--separate-git-dir --server-option --shallow-exclude --shallow-since --template --revision'.split()
)


def written(shell: Shell, path: str, entry: Entry = WRITTEN) -> Shell:
    """A file (or a folder, or nothing any more) at a path of the image."""
    return shell._replace(view=shell.view.change(path, lambda image: Wrote(image, path, entry)))


def opaque(shell: Shell, folders: Iterable[str] | None = None) -> Shell:
    """Anything may lie in the folders now; without them, in the module that the command runs in, and in its folder."""
    if folders is None:
        folders = ('',) if shell.cwd is None else (_module_folder(shell, shell.cwd),)
    for folder in folders:
        shell = shell._replace(view=shell.view.change(folder, lambda image, f=folder: Unknown(image, (f,))))  # type: ignore[misc]
    return shell


def _module_folder(shell: Shell, folder: str) -> str:
    found, entry = modules.find_up(shell.view, folder, 'go.mod')
    return found if entry.kind == FILE else folder


class Effects:
    """What programs do to an image, given the repository whose files it holds."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    def run(self, shell: Shell, words: Sequence[str | None]) -> tuple[Shell, str]:
        """A program other than go: the shell after it, and how it ends."""
        name = (words[0] or '').rpartition('/')[2]
        args = words[1:]
        if name in packages.MANAGERS or '/' in (words[0] or '/') or not (name in HARMLESS or name in BUILTINS):
            shell = packages.installed(shell, words)
        if name in HARMLESS and '/' not in (words[0] or '').removeprefix('/usr').removeprefix('/bin/').removeprefix(
            '/sbin/'
        ):
            return shell, OK if name in NEVER_FAIL else _test(shell, words) if name in ('[', 'test', '[[') else MAYBE
        if name == 'false':
            return shell, FAILS
        known = BUILTINS.get(name)
        if known:
            return known(shell, args)
        paths = [a for a in args if a and not a.startswith('-') and ('/' in a or '.' in a)]
        paths += _attached(args) if name in UNPACKERS else []
        if name in ('make', 'git') or '/' in (words[0] or '/') or name.endswith('.sh'):
            return opaque(shell), MAYBE
        if shell.cwd is None or None in words:
            return opaque(shell, ('',) if shell.cwd is None else None), MAYBE
        return opaque(shell, (_module_folder(shell, shell.cwd), *(normal(path, shell.cwd) for path in paths))), MAYBE

    def go(self, shell: Shell, command: GoCommand) -> Shell:
        """What a go command writes when it passes."""
        if shell.cwd is None:
            return opaque(shell, ('',)) if command.name in _WRITES else shell
        if command.name == 'generate' or command.name in ('run', 'tool'):
            return opaque(shell) if not command.versioned or command.name == 'run' else shell
        if command.name in ('mod init', 'work init'):
            return written(shell, f'{shell.cwd}/{"go.mod" if command.name == "mod init" else "go.work"}')
        if command.name in ('work use', 'work edit', 'work sync'):
            return self._workspace(shell, command)
        if command.name == 'mod vendor':
            return self._vendor(shell, command)
        return self._sums(shell, command)

    def _workspace(self, shell: Shell, command: GoCommand) -> Shell:
        found, entry = modules.find_up(shell.view, shell.cwd or '', 'go.work')
        shell = written(shell, found + '/go.work') if entry.kind == FILE else shell
        return opaque(shell) if command.name == 'work sync' else shell

    def _vendor(self, shell: Shell, command: GoCommand) -> Shell:
        out = command.flags.get('o', 'vendor')
        folder = _module_folder(shell, shell.cwd or '')
        return opaque(shell, ('',) if out is None else (normal(out, folder),))

    def _sums(self, shell: Shell, command: GoCommand) -> Shell:
        """tidy, get and -mod=mod complete go.sum; the go.mod that they leave asks for no more than go.sum has."""
        name, flags = command.name, command.flags
        everything = name == 'mod download' and command.args[:1] == ('all',)
        lists = name == 'list' and 'm' in flags
        completes = name in ('mod tidy', 'get') or (
            name in LOADS and not lists and flags.get('mod', '') in ('mod', None)
        )
        if not (completes or everything or name in ('mod edit', 'mod download')) or 'diff' in flags:
            return shell
        folder, entry = modules.find_up(shell.view, shell.cwd or '', 'go.mod')
        if entry.kind != FILE:
            return opaque(shell) if entry.kind == UNKNOWN else shell
        if name == 'mod edit' and len(command.words) > 2 and not command.args:
            text = entry.read(self.repository)
            text = editing.edited(text, command.words[2:]) if text is not None else None
            shell = written(shell, folder + '/go.mod', WRITTEN if text is None else entry._replace(text=text))
        elif name == 'mod edit' or (name == 'get' and command.args):
            shell = written(shell, folder + '/go.mod')
        return shell if name == 'mod edit' else self._go_sum(shell, folder, command, completes or everything)

    def _go_sum(self, shell: Shell, folder: str, command: GoCommand, completes: bool) -> Shell:
        path, downloads = folder + '/go.sum', command.name == 'mod download'
        now = shell.view.look(path)
        bare = not modules.has_go_files(shell.view, folder)
        if command.name == 'get' and bare and set(command.args) <= {'.', './...'}:
            # It gets what the source imports.
            return shell
        # A tidy without source drops every requirement: what follows from that is not said twice.
        drops = command.name == 'mod tidy' and bare
        if now.kind == UNKNOWN or (now.kind == FILE and not now.partial):
            added = (completes and not drops) or (now.origin and downloads and command.args)
            return written(shell, path) if added else shell
        module = modules.main_module(self.repository, shell.view, folder)
        if downloads and module and module.mod and not module.mod.require:
            return shell
        # Of what a download names it writes the sums, which may be all that is needed.
        named = downloads and not completes and bool(command.args)
        if module is None or module.mod is None or not module.mod.require or drops or named:
            return written(shell, path, Entry(UNKNOWN))
        return written(shell, path, WRITTEN if completes else Entry(FILE, partial=True))


def brings_go(words: Sequence[str | None]) -> bool:
    """Whether a command may bring another Go: `go1.22.3 download`, `./install-go.sh`, `mv X /go/bin/go`."""
    names = [(word or '').rpartition('/')[2] for word in words]
    if names[0] in ('mv', 'cp', 'ln', 'install') and (words[-1] or '').endswith('/bin/go'):
        return True
    if names[0][:2] in ('go', 'gv') and len(names[0]) > 2 and _GO_RELEASE.fullmatch(names[0]):
        return True
    # A look that most names do not pass.
    return any('go' in name and any(verb in name for verb in _VERBS) and _BRINGS_GO.fullmatch(name) for name in names)


def _attached(args: Sequence[str | None]) -> list[str]:
    """The folders of `-C/FOLDER` and `--directory=/FOLDER`."""
    flags = [arg for arg in args if arg and arg.startswith('-') and '/' in arg]
    return ['/' + flag.partition('/')[2] for flag in flags]


_WRITES = frozenset(
    ('mod tidy', 'mod vendor', 'mod init', 'mod edit', 'get', 'generate', 'run', 'work init', 'work use')
)


def _test(shell: Shell, words: Sequence[str | None]) -> str:
    """`[ -f FILE ]`, `test -d FOLDER`: known when the image is."""
    args = [word for word in words[1:] if word not in (']', ']]')]
    negated = args[:1] == ['!']
    args = args[1:] if negated else args
    if len(args) != 2 or args[0] not in ('-f', '-e', '-d', '-s', '-r') or args[1] is None or shell.cwd is None:
        return MAYBE
    entry = shell.view.look(normal(args[1], shell.cwd))
    if entry.kind == UNKNOWN or (args[0] == '-s' and entry.kind == FILE):
        return MAYBE
    wanted = (FILE,) if args[0] == '-f' else (FOLDER,) if args[0] == '-d' else (FILE, FOLDER)
    return OK if (entry.kind in wanted) is not negated else FAILS


def _cd(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    args = [arg for arg in args if arg not in ('--', '-P', '-L')]
    if len(args) != 1 or args[0] is None or args[0].startswith('-') or has_glob(args[0]):
        return shell._replace(cwd=None), MAYBE
    if shell.cwd is None and not args[0].startswith('/'):
        return shell, MAYBE
    path = normal(args[0], shell.cwd or '')
    return shell._replace(cwd=path), OK if shell.view.look(path).kind == FOLDER else MAYBE


def _export(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    if None in args:
        # Which variable it was is not known: `export $(cat .env)`.
        return shell._replace(env=bases.UnknownEnvironment(dict.fromkeys(shell.env))), OK
    env = shell.env.copy()
    for arg in args:
        name, equals, value = (arg or '').partition('=')
        if equals:
            env[name] = value
    return shell._replace(env=env), OK


def _unset(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    env = shell.env.copy()
    env.update({arg: '' for arg in args if arg})
    return shell._replace(env=env), OK


def _set(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    for at, arg in enumerate(args):
        if arg is None or arg in ('--', '-'):
            break
        on = arg.startswith('-')
        if not on and not arg.startswith('+'):
            continue
        option = args[at + 1] if arg.endswith('o') and at + 1 < len(args) else ''
        if 'e' in arg.strip('-+') or option == 'errexit':
            shell = shell._replace(errexit=on)
        if option == 'pipefail':
            shell = shell._replace(pipefail=on)
    return shell, OK


def _rm(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    paths, known = _operands(shell, args)
    if not known:
        folders = [_globbed(shell, arg) for arg in args if arg is None or has_glob(arg)]
        bounded = [*(folder for folder in folders if folder is not None), *paths]
        return opaque(shell, bounded if None not in folders else ('',) if shell.cwd is None else None), MAYBE
    for path in paths:
        shell = written(shell, path, REMOVED)
    return shell, OK if any(arg and arg.startswith('-') and 'f' in arg for arg in args) else MAYBE


def _globbed(shell: Shell, arg: str | None) -> str | None:
    """The folder that a glob does not leave, `/var/lib/apt/lists` of `/var/lib/apt/lists/*`; None when not known."""
    literal = (arg or '').replace('?', '*').replace('[', '*').partition('*')[0]
    if arg is None or '..' in arg[len(literal) :] or (shell.cwd is None and not arg.startswith('/')):
        return None
    return normal(literal.rpartition('/')[0] + '/' * literal.startswith('/'), shell.cwd or '')


def _touch(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    paths, known = _operands(shell, args)
    for path in paths:
        entry = shell.view.look(path)
        if entry.kind != FILE:
            shell = written(shell, path, Entry(FILE, partial=True) if entry.kind == ABSENT else Entry(UNKNOWN))
    return (shell if known else opaque(shell)), MAYBE


def _mkdir(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    for path in _operands(shell, args)[0]:
        if shell.view.look(path).kind == ABSENT:
            shell = written(shell, path, IS_FOLDER)
    return shell, OK if any(arg and arg.startswith('-') and 'p' in arg for arg in args) else MAYBE


def _cp(shell: Shell, args: Sequence[str | None], move: bool = False) -> tuple[Shell, str]:
    """A file with a known text is followed; of anything else the destination becomes unknown."""
    paths, known = _operands(shell, args)
    if not known or len(paths) < 2 or _names_target(args):
        return opaque(shell, ('',)), MAYBE
    *sources, target = paths
    entries = [shell.view.look(path) for path in sources]
    into = shell.view.look(target).kind
    for path, entry in zip(sources, entries):
        to = f'{target}/{path.rpartition("/")[2]}' if into == FOLDER or len(sources) > 1 else target
        followed = entry.kind == FILE and into != UNKNOWN
        shell = written(shell, to, entry) if followed else opaque(shell, (target,))
        if move:
            shell = written(shell, path, REMOVED)
    return shell, MAYBE


def _mv(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    return _cp(shell, args, move=True)


def _link(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    paths, known = _operands(shell, args)
    return opaque(shell, paths[-1:] if known and len(paths) > 1 and not _names_target(args) else ('',)), MAYBE


def _names_target(args: Sequence[str | None]) -> bool:
    """`-t FOLDER` of cp, mv, install and ln."""
    return any(a and a.startswith('-') and ('t' in a if a[1:2] != '-' else a.startswith('--target')) for a in args)


def _edit(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    """`sed -i`, `tee`: the files named are there, with a text nobody knows."""
    if not any(arg is None or arg.startswith(('-i', '--in-place', '-a')) for arg in args) and shell.cwd is not None:
        return shell, MAYBE
    return _rewritten(shell, args)


def _rewritten(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    paths, known = _operands(shell, args)
    for path in paths:
        if shell.view.look(path).kind == FILE or path.rpartition('/')[2] in ('go.mod', 'go.sum', 'go.work'):
            shell = written(shell, path)
    return (shell if known else opaque(shell)), MAYBE


def _git(shell: Shell, args: Sequence[str | None]) -> tuple[Shell, str]:
    verb = next((arg for arg in args if arg is None or not arg.startswith('-')), '')
    if verb in GIT_READS or verb == '':
        return shell, MAYBE
    if verb != 'clone':
        return opaque(shell), MAYBE
    cloned = _cloned(args)
    return opaque(shell, ('',) if cloned is None or shell.cwd is None else (normal(cloned, shell.cwd),)), MAYBE


def _cloned(args: Sequence[str | None]) -> str | None:
    """The folder that a `git clone` makes: the one that it names, or the last name of the URL; None when not known."""
    words = list(args[args.index('clone') + 1 :])
    operands: list[str] = []
    while words:
        word = words.pop(0)
        if word is None:
            return None
        if not word.startswith('-'):
            operands.append(word)
        elif '=' not in word and word in GIT_VALUES:
            words = words[1:]
    if len(operands) > 1:
        return operands[1]
    return operands[0].rstrip('/').removesuffix('.git').rpartition('/')[2].rpartition(':')[2] if operands else None


def _operands(shell: Shell, args: Sequence[str | None]) -> tuple[list[str], bool]:
    """The paths that a command names, and whether these are all."""
    named = [arg for arg in args if arg is not None and not arg.startswith('-')]
    plain = [arg for arg in named if not has_glob(arg)]
    if shell.cwd is None:
        plain = [arg for arg in plain if arg.startswith('/')]
    known = len(plain) == len(named) and None not in args
    return [normal(arg, shell.cwd or '') for arg in plain], known


BUILTINS: dict[str, Callable[[Shell, Sequence[str | None]], tuple[Shell, str]]] = {
    'cd': _cd, 'pushd': _cd, 'export': _export, 'readonly': _export, 'unset': _unset, 'set': _set, 'rm': _rm,
    'touch': _touch, 'mkdir': _mkdir, 'cp': _cp, 'mv': _mv, 'install': _link, 'ln': _link, 'sed': _edit,
    'tee': _rewritten, 'git': _git,
}  # fmt: skip
