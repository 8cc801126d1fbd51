"""What the programs of a RUN leave behind in the image: files written, files removed, what nobody knows any more.

Each function takes the shell before a command and gives the one after it, as if the command had passed, and how it
ends. A program that is not known here may write wherever it likes.
"""

from __future__ import annotations

from hooks.context.paths import normal, upwards
from hooks.context.tree import ABSENT, FILE
from hooks.lean.lazy import regex
from hooks.replay import accounts, packages
from hooks.replay.files import FILES
from hooks.replay.shell import FAILS, MAYBE, OK
from hooks.replay.writing import module_folder, named, opaque, opaque_in, perhaps, speaks_of_modules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hooks.replay.shell import Shell

    Words = Sequence[str | None]

# Programs that change nothing of Go's: package managers, and what only prints, looks, or sets rights and users.
HARMLESS = frozenset(
    'echo printf ls cat head tail grep egrep fgrep cut sort wc tr seq basename dirname pwd date '
    'file stat du df uname arch nproc id whoami which type printenv hash sleep wait tty ps kill yes readlink '
    'realpath jq md5sum sha1sum sha256sum sha512sum sum cmp diff getent getconf ulimit umask strip upx chmod '
    'chown chgrp setcap useradd usermod userdel groupadd groupmod passwd chpasswd apk apt apt-get '
    'apt-key apt-cache add-apt-repository aptitude dpkg dpkg-reconfigure dnf microdnf tdnf yum zypper pacman rpm gem '
    'pip pip3 pipx ldconfig ldd locale-gen update-ca-certificates update-ca-trust fc-cache '
    'localedef c_rehash command shopt history golangci-lint staticcheck govulncheck gosec errcheck'.split()
)
_ROOTS = ('--root', '--installroot')
NEVER_FAIL = frozenset('echo printf pwd date umask sleep'.split())
# They write in the folder in which they run, in the module around it, and in what they are told.
BOUNDED = frozenset(
    'curl wget tar bsdtar unzip gunzip gzip bunzip2 bzip2 xz unxz zip dd rsync patch openssl ssh-keyscan '
    'ssh-keygen gpg base64 cpio truncate split uniq shuf'.split()
)
# So do these of the harmless ones that are told where to write.
_OUTPUT = frozenset('sort strip upx diff'.split())
# Of these those that bring no source that others have packed.
FETCHERS = frozenset('curl wget openssl ssh-keyscan ssh-keygen gpg base64 truncate'.split())
# And these put no file of Go's there.
_TOLD = packages.MANAGERS | frozenset('errcheck golangci-lint gosec govulncheck staticcheck'.split())
_PLACES = tuple('-o --o --out -t --target --root --prefix --installroot -x --extract -i -d --dir -b -p'.split())
_GO_RELEASE = regex(r'go1\.[0-9]+(?:\.[0-9]+)?(?:(?:rc|beta)[0-9]+)?|gotip|gvm|goenv')
_VERBS = ('install', 'setup', 'update', 'upgrade', 'get')
_BRINGS_GO = regex(
    r'(?:.*[-_])?(?:(?:install|setup|update|upgrade|get)[-_]?go(?:lang)?'
    r'|go(?:lang)?[-_](?:install|setup|update|upgrade))(?:\.[a-z]+)?'
)
SHELLS = frozenset('sh bash ash dash ksh zsh'.split())
GIT_READS = frozenset('config log rev-parse describe status version show diff tag remote ls-remote ls-files'.split())
# These of them fail without a repository.
_GIT_ASKS = frozenset('log rev-parse describe status show'.split())
NO_REPOSITORY = 'fatal: not a git repository (or any of the parent directories): .git'
# Options of `git` itself, without and with a value in the next word.
_GIT_PLAIN = frozenset(('--no-pager', '--paginate', '-p', '-P', '--no-optional-locks', '--no-replace-objects'))
_GIT_READ_ONLY = frozenset(('--version', '-v', '--help', '-h', '--exec-path'))
# Options of `git clone` that take the next word.
GIT_VALUES = frozenset(
    '-b --branch -c --config -o --origin -u --upload-pack -j --jobs --depth --filter --reference --reference-if-able '
    '--separate-git-dir --server-option --shallow-exclude --shallow-since --template --revision'.split()
)


def run(shell: Shell, words: Words) -> tuple[Shell, str]:
    """A program other than go: the shell after it, and how it ends."""
    program = words[0] or ''
    name = program.rpartition('/')[2]
    systems = '/' not in _bare(program) and not is_brought(shell, name)
    if name in packages.MANAGERS or not systems or not is_known(name):
        shell = packages.installed(shell, words)
    elif name in BOUNDED:
        shell = packages.loaded(shell, words)
    about = speaks_of_modules(words[:1]) or speaks_of_modules(word for word in words if word)
    if not systems or words[0] is None:
        return opaque(shell, program=not about), MAYBE
    told = name in _OUTPUT and any(word is None or (word[:1] == '-' and 'o' in word) for word in words)
    if name in packages.MANAGERS and _is_elsewhere(name, words):
        return opaque(shell), MAYBE
    if name in HARMLESS and not told:
        shell = _told(shell, words[1:]) if name in _TOLD else shell
        return shell, OK if name in NEVER_FAIL else MAYBE
    known = _KNOWN.get(name)
    if known:
        return known(shell, words[1:])
    if name not in BOUNDED and not told:
        return opaque(shell, program=not about), MAYBE
    fetches = name in FETCHERS and not about
    paths = named(shell, words[1:])
    if paths is None or shell.cwd is None:
        return opaque(shell, program=fetches), MAYBE
    own = () if _says_where(name, words[1:]) else (module_folder(shell, shell.cwd),)
    folders = dict.fromkeys((*own, *paths))
    return opaque_in(shell, folders, program=fetches), MAYBE


def _says_where(name: str, words: Words) -> bool:
    """Whether a program is told where it writes all that it writes."""
    options = [word for word in words if word is not None and word.startswith('-')]
    match name:
        case 'tar' | 'bsdtar':
            return any(option.startswith(('-C', '--directory')) for option in options)
        case 'unzip':
            return '-d' in options
        case 'curl':
            # Else it prints.
            letters = ''.join(option for option in options if option[:2] != '--')
            return 'O' not in letters and 'J' not in letters and not any('--remote' in each for each in options)
        case 'wget':
            return any(option.startswith(('-O', '--output-document', '-P', '--directory-prefix')) for option in options)
    return False


def _is_elsewhere(name: str, words: Words) -> bool:
    """Whether a package manager is told another root: `apk --root /rootfs add busybox`."""
    options = (*_ROOTS, *{'apk': ('-p',), 'dpkg': ('-x', '--extract', '--instdir')}.get(name, ()))
    return any(word is not None and word.startswith(options) for word in words[1:])


def is_known(name: str) -> bool:
    """Whether a program of this name is a system's."""
    return name in HARMLESS or name in BOUNDED or name in _KNOWN


def _told(shell: Shell, args: Words) -> Shell:
    """The shell after a program that puts nothing of Go's, but other files, where an option says."""
    if not any(arg is None or arg.startswith(_PLACES) for arg in args):
        return shell
    paths = named(shell, args)
    return perhaps(shell, ('',) if paths is None else dict.fromkeys(paths))


def _bare(program: str) -> str:
    """The name of a system's program that is called by its path."""
    return program.removeprefix('/usr').removeprefix('/bin/').removeprefix('/sbin/')


def is_brought(shell: Shell, name: str) -> bool:
    """Whether a step put a program of that name where PATH finds it."""
    folders = (shell.env.get('PATH') or '').split(':')
    found = (shell.view.look(f'{folder}/{name}') for folder in folders if folder)
    # A linter of that name is what go was told to install.
    return any(entry.kind == FILE and not (entry.program and name in _TOLD) for entry in found)


def brings_go(words: Words) -> bool:
    """Whether a command may bring another Go: `go1.22.3 download`, `./install-go.sh`, `mv X /go/bin/go`."""
    names = [(word or '').rpartition('/')[2] for word in words]
    if names[0] in ('mv', 'cp', 'ln', 'install') and (words[-1] or '').endswith('/bin/go'):
        return True
    if names[0][:2] in ('go', 'gv') and len(names[0]) > 2 and _GO_RELEASE.fullmatch(names[0]):
        return True
    # A look that most names do not pass.
    return any('go' in name and any(verb in name for verb in _VERBS) and _BRINGS_GO.fullmatch(name) for name in names)


def _git(shell: Shell, args: Words) -> tuple[Shell, str]:
    rest = list(args)
    cwd = shell.cwd
    while rest and rest[0] is not None and rest[0].startswith('-'):
        option = rest.pop(0)
        if option in _GIT_READ_ONLY:
            return shell, MAYBE
        value = rest.pop(0) if option in ('-c', '-C') and rest else None
        if option == '-C' and value is not None and (cwd is not None or value.startswith('/')):
            cwd = normal(value, cwd or '')
        elif option != '-c' and option not in _GIT_PLAIN:
            # Whatever it is told: --git-dir, --work-tree.
            return opaque(shell), MAYBE
    writes = any(word is None or word.startswith('--output') for word in rest)
    if not rest or (rest[0] in GIT_READS and not writes):
        return shell, FAILS if rest and rest[0] in _GIT_ASKS and _is_outside(shell, cwd) else MAYBE
    cloned = _cloned(rest[1:]) if rest[0] == 'clone' else None
    if cloned is None or (cwd is None and not cloned.startswith('/')):
        return opaque(shell), MAYBE
    return opaque_in(shell, (normal(cloned, cwd or ''),)), MAYBE


def _is_outside(shell: Shell, cwd: str | None) -> bool:
    """Whether there is no repository of git around a folder, for certain."""
    if cwd is None or any(name.startswith('GIT_') for name in dict.keys(shell.env)):
        return False
    return all(shell.view.look(f'{folder}/.git').kind == ABSENT for folder in upwards(f'{cwd}/x'))


def _account(shell: Shell, args: Words) -> tuple[Shell, str]:
    """adduser and addgroup: an image that surely comes without apk is a Debian."""
    return shell, FAILS if packages.lacks(shell, 'apk') and accounts.refused(args) else MAYBE


def _alternatives(shell: Shell, args: Words) -> tuple[Shell, str]:
    """Links to a program by the names that are given."""
    if None in args:
        return opaque(shell), MAYBE
    return opaque_in(shell, [arg for arg in args if arg and arg.startswith('/')]), MAYBE


def _cloned(args: Words) -> str | None:
    """The folder that a `git clone` makes: the one that it names, or the last name of the URL; None when not known."""
    words = list(args)
    found: list[str] = []
    while words:
        word = words.pop(0)
        if word is None:
            return None
        if not word.startswith('-'):
            found.append(word)
        elif '=' not in word and word in GIT_VALUES:
            words = words[1:]
    if len(found) > 1:
        return found[1]
    return found[0].rstrip('/').removesuffix('.git').rpartition('/')[2].rpartition(':')[2] if found else None


_KNOWN: dict[str, Callable[[Shell, Words], tuple[Shell, str]]] = {
    **FILES,
    'git': _git,
    **dict.fromkeys(accounts.PROGRAMS, _account),
    **dict.fromkeys(('alternatives', 'update-alternatives'), _alternatives),
}
