"""What passes build arguments and is not read any further: of these the names are known, and no Dockerfile.

Other CI systems, just, mage, PowerShell, composite actions, dev containers, a README, parts of Makefiles, scripts
without an ending, steps of workflows that are not read, and what could not be followed in Makefiles and scripts.
"""

from __future__ import annotations

from hooks.builds.declarations import MARK, Partly
from hooks.lean.lazy import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.index import Repository

# At the top of a repository; by their endings, too.
_FILES = tuple(
    'justfile Justfile .justfile Jenkinsfile Rakefile Earthfile magefile.go BUILD BUILD.bazel .travis.yml .drone.yml'
    ' .gitlab-ci.yml .circleci/config.yml azure-pipelines.yml bitbucket-pipelines.yml buildspec.yml cloudbuild.yaml'
    ' cloudbuild.yml fly.toml werf.yaml garden.yml garden.yaml .devcontainer.json'
    ' .devcontainer/devcontainer.json'.split()
)
_ENDINGS = ('.md', '.mk', '.ps1', '.py')
# Where scripts without an ending lie, and parts of Makefiles.
_FOLDERS = ('bin', 'build', 'ci', 'hack', 'make', 'scripts', 'tools')
_WORKFLOWS = '.github/workflows'
# Steps of a workflow that build, and are not read.
_UNREAD = regex(r'(?i)kaniko|buildah|docker-build|bake-action|publish-docker|/\.github/workflows/[^\s@]+@')
_ACTIONS = '.github/actions'
_FLAG = regex(r"""--build-arg["']?[\s=,]+(?:\\\n\s*)?["']?([A-Za-z_]\w*)""")
_INPUT = regex(
    r'(?i)(?:build[-_.]?)?args\]?:?[ \t]*[|>]?[-+]?((?:\s+(?:-[ \t]+)?["\']?[A-Za-z_]\w*["\']?[ \t]*[=:][^\n]*)+)'
)
# On one line: a list, a mapping, or names alone.
_INLINE = regex(r'(?i)build[-_.]?args["\']?[ \t]*[:=][ \t]*([^\n]*)')
_WORD = regex(r'(?:^|[\s,"\'\[{])([A-Za-z_]\w*)')
# The attributes of a bake file that a step overrides.
_SET = regex(r'[\w*.-]\.args\.([A-Za-z_]\w*)=')
_OBJECT = regex(r'"args"\s*:\s*\{([^{}]*)\}')
_NAME = regex(r'["\'\s]([A-Za-z_]\w*)["\']?\s*[=:]')
_COMMENT = regex(r'(?m)^[ \t]*(?:#|//).*$')


def partly(repository: Repository) -> Iterator[Partly]:
    """What those files may pass to any Dockerfile."""
    for path in _paths(repository):
        text = repository.read(path) if path in repository.files else None
        names = passed(text) if text else set()
        if names:
            yield Partly(MARK, tuple(sorted(names)))


def _paths(repository: Repository) -> Iterator[str]:
    yield from _FILES
    yield from (name for name in repository.names('') if name.endswith(_ENDINGS))
    for folder in _FOLDERS:
        names = repository.names(folder) if repository.has_folder(folder) else ()
        yield from (f'{folder}/{name}' for name in names if '.' not in name or name.endswith(_ENDINGS))
    actions = repository.under(_ACTIONS) if repository.has_folder(_ACTIONS) else ()
    yield from (path for path in actions if path.endswith(('.yml', '.yaml')))
    workflows = repository.names(_WORKFLOWS) if repository.has_folder(_WORKFLOWS) else ()
    for path in (f'{_WORKFLOWS}/{name}' for name in workflows):
        if _UNREAD.search(repository.read(path) or ''):
            yield path


def passed(text: str) -> set[str]:
    """The names of the arguments that a text passes, comments aside."""
    if 'args' not in text.lower() and '--build-arg' not in text:
        return set()
    text = _COMMENT.sub('', text)
    blocks = (*_INPUT.findall(text), *_OBJECT.findall(text))
    inline = (name for line in _INLINE.findall(text) for name in _WORD.findall(line))
    return {
        *_FLAG.findall(text),
        *_SET.findall(text),
        *inline,
        *(name for block in blocks for name in _NAME.findall(block)),
    }
