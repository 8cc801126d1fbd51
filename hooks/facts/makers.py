"""What may be made in a repository before an image is built, where no declaration of the build says so.

A product of a build is recognised by its name, its folder or its ending. Anything else may be made where a Makefile, a
script, a workflow or the like names it at all, or a README does so in the words of making. That is a guess on the safe
side: what is named there is not proven absent, and nothing is said of it.
"""

from __future__ import annotations

from hooks.context.paths import normal
from hooks.lean.lazy import re, regex
from hooks.lean.memo import memo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.index import Repository

# Folders that builds and generators write.
_FOLDERS = frozenset(
    'artifacts bin build certs coverage dist docs gen generated mocks node_modules obj out output release releases '
    'target tmp _build _output .build .cache .next .output .bin .dist .tmp'.split()
)
# Of these, folders of source: who makes them by hand and means to leave them out of git has a line of a .gitignore.
_CODE = frozenset('gen generated mocks'.split())
# Endings of what compilers, generators and packers write.
_ENDS = (
    '.a .apk .bin .deb .dll .exe .gen.go .gz .jar .linux .map .min.css .min.js .o .pb.go .pb.gw.go .rpm .run .so '
    '.swagger.json .tar .tgz .tmp .war .wasm .whl .xz .zip .zst _gen.go _generated.go _string.go _templ.go'
).split()
_QUOTES = str.maketrans('"\'[],', '     ')
_PLATFORM = regex(r'(?i)(?:^|[-_.])(?:linux|darwin|windows|amd64|arm64|armv[67]|x86_64|i386)(?:[-_.]|$)')
# What is told a project and nobody else: it is written by hand in each checkout.
_PRIVATE = ('.env', '.pem', '.key', '.p12', '.pfx', '.jks', '.keystore', 'id_rsa', 'id_ed25519', '.netrc', 'kubeconfig')
# Files that say what is run: at the top or anywhere.
_SAYING = (
    'akefile', '.mk', '.sh', '.bash', '.bat', '.ps1', '.py', '.rb', '.hcl', '.bzl', '.nix', 'BUILD', 'BUILD.bazel',
    'Earthfile', 'Jenkinsfile', 'Procfile', 'Rakefile', 'Tiltfile', 'Vagrantfile', '/justfile', '/Justfile',
    'magefile.go', 'mage.go', 'package.json', 'project.json', 'angular.json', '.config.js', '.config.ts', '.config.mjs',
    '.config.cjs', 'Taskfile.yml', 'Taskfile.yaml', 'Taskfile.dist.yml', '-ci.yml', 'skaffold.yaml', '.goreleaser.yml',
    '.goreleaser.yaml', 'cloudbuild.yaml', 'buf.gen.yaml', 'sqlc.yaml', 'gqlgen.yml', '.drone.yml', '.travis.yml',
    'azure-pipelines.yml', 'bitbucket-pipelines.yml', 'appveyor.yml', 'dependabot.yml', 'install', 'configure',
)  # fmt: skip
_AT_TOP = ('justfile', 'Justfile', '.justfile', 'build', 'make')
_FLOWS = ('.github', '.gitea', '.forgejo', '.circleci', '.buildkite', '.gitlab', '.ci', 'ci', '.azure-pipelines')
_TELLING = ('.md', '.rst', '.adoc', '.txt', 'README', 'INSTALL')
_MAKING = regex(
    r'(?i)\b(?:cp|mv|ln|touch|mkdir|cat|echo|tee|curl|wget|openssl|sops|vault|scp|unzip|tar|make|sed|envsubst|copy|rename'
    r'|create|generate|add|write|download|build|save|put|place|provide|edit|fill|set ?up|configure|need|require|export)'
    r'|>|\s-o\b|--out'
)
_CLONING = regex(
    r'(?i)\b(?:clone|submodule|mkdir|cp|mv|ln|unzip|tar|npx|init|create[-\w]*|generate|download|checkout)\b'
)
# What writes a file, in any language of scripts.
_WRITING = regex(r'(?i)>|\btee\b|\s-o\b|--out|\b(?:sed|envsubst|gomplate|jinja\w*|render\w*|templat\w*|write\w*|ln)\b')
_VENDORED = ('vendor/', 'node_modules/', 'third_party/')
_LONGEST = 500_000


def is_product(repository: Repository, path: str) -> bool:
    """Whether a path of the repository is that of what a build makes: a binary, an archive, generated code."""
    *folders, name = path.split('/')
    if not _FOLDERS.isdisjoint((*folders, name)) or name.endswith(tuple(_ENDS)) or _PLATFORM.search(name):
        return True
    # A binary is left in a folder that is there; one for binaries has such a name.
    return '.' not in name and repository.has_folder('/'.join(folders)) and name in programs(repository)


def generates(repository: Repository, path: str) -> bool | None:
    """Whether a generator may make a folder of source: what it reads names that; None for other paths."""
    *folders, name = path.split('/')
    if name not in _CODE or not _FOLDERS.isdisjoint(folders):
        return None
    word = regex(rf'(?<![\w.-]){re.escape(name)}(?!\.?[\w-])')
    texts = (
        repository.read(each) or '' for each in repository.files.ending('.proto', '.yaml', '.yml', '.toml', '.json')
    )
    sources = (repository.read(each) or '' for each in repository.files.ending('.go'))
    directives = (
        line for text in sources if '//go:generate' in text for line in text.split('\n') if line[:4] == '//go'
    )
    return any(name in text and word.search(text) for each in (texts, directives) for text in each)


@memo  # a thousand Dockerfiles may ask
def programs(repository: Repository) -> set[str]:
    """The names that a project's binaries go by: its modules', its commands', its own."""
    found = {repository.top.replace('\\', '/').rpartition('/')[2]}
    for path in repository.files.ending('go.mod'):
        folder = path.rpartition('/')[0]
        text = repository.read(path) or ''
        line = next((line for line in text.split('\n') if line.startswith('module')), '')
        found.update(line.strip().strip('"').rpartition('/')[2:], [folder.rpartition('/')[2]])
    for path in repository.files.ending('.go'):
        folder, _, name = path.rpartition('/')
        if name == 'main.go' or '/cmd/' in f'/{path}':
            found.update((folder.rpartition('/')[2], name[: -len('.go')]))
    return found


def is_private(path: str) -> bool:
    """Whether a file is one of secrets, by its name."""
    name = path.rpartition('/')[2]
    return name.endswith(_PRIVATE) or name.startswith('.env.')


def names(repository: Repository, path: str) -> bool:
    """Whether something tells that a path of the repository is made, or by hand."""
    name = path.rpartition('/')[2]
    word = regex(rf'(?<![\w.-]){re.escape(name)}(?!\.?[\w-])')
    for text in _texts(repository, saying=True):
        if name in text and word.search(text):
            return True
    if is_private(path) and _is_given(repository, path):
        return True
    lines = (line for text in _texts(repository, saying=False) if name in text for line in text.split('\n'))
    return any(name in line and _MAKING.search(line) and word.search(line) for line in lines)


def _is_given(repository: Repository, path: str) -> bool:
    """Whether a compose file reads a file, without which it starts nothing: `env_file: ./api/.env`."""
    for file in repository.files.mentioning('compose'):
        text = (repository.read(file) or '') if file.endswith(('.yml', '.yaml')) else ''
        above = f'/{file}'.rpartition('/')[0]
        words = text.translate(_QUOTES).split() if 'env_file' in text else ()
        if any(normal(word, above) == f'/{path}' for word in words):
            return True
    return False


def makes(repository: Repository, path: str, file: bool = False) -> bool:
    """Whether something tells that a folder of the repository is cloned, or made, or that a file is written."""
    name = path.rpartition('/')[2]
    word = regex(rf'(?<![\w.-]){re.escape(name)}(?!\.?[\w-])')
    texts = (text for saying in (True, False) for text in _texts(repository, saying))
    lines = (line for text in texts if name in text for line in text.split('\n') if name in line)
    making = (_CLONING, _WRITING) if file else (_CLONING,)
    return any(word.search(line) and any(each.search(line) for each in making) for line in lines)


def tags(repository: Repository, name: str) -> bool:
    """Whether something tells that an image of a name is built here, or that a build is given a context of it."""
    word = rf'["\']?{re.escape(name)}(?![\w/.-])'
    given = regex(rf'(?m)(?:-t[ =]|--tag[ =]|-context[ =]|\bimage:|\btags?["\s:=\[]+)\s*{word}')
    files = (repository.read(path) or '' for path in repository.files.ending('.yml', '.yaml', '.json', '.hcl'))
    texts = (*files, *_texts(repository, saying=True), *_texts(repository, saying=False))
    return any(name in text and given.search(text) for text in texts)


def _texts(repository: Repository, saying: bool) -> Iterator[str]:
    """The texts of the files that say what is run, or else of those that tell it to a reader."""
    for path in _paths(repository, saying):
        text = repository.read(path)
        if text is not None and len(text) < _LONGEST:
            yield text


@memo
def _paths(repository: Repository, saying: bool) -> list[str]:
    paths = repository.files.ending(*(_SAYING if saying else _TELLING))
    if saying:
        paths += [path for path in _AT_TOP if path in repository.files]
        paths += [path for folder in _FLOWS if repository.has_folder(folder) for path in repository.under(folder)]
    return [
        path
        for path in dict.fromkeys(paths)
        if not path.startswith(_VENDORED) and not any(f'/{folder}' in path for folder in _VENDORED)
    ]
