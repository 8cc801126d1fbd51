"""What passes build arguments and is not read any further: of these the names are known, and no Dockerfile.

Other CI systems, just, mage, PowerShell, composite actions, dev containers, and what could not be followed in Makefiles
and scripts.
"""

from __future__ import annotations

from hooks.builds.declarations import MARK, Partly
from hooks.lean.lazy import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hooks.context.index import Repository

# At the top of a repository, and composite actions.
_FILES = tuple(
    'justfile Justfile .justfile Jenkinsfile Rakefile magefile.go build.ps1 .travis.yml .drone.yml'
    ' .circleci/config.yml azure-pipelines.yml bitbucket-pipelines.yml buildspec.yml cloudbuild.yaml'
    ' cloudbuild.yml .devcontainer.json .devcontainer/devcontainer.json'.split()
)
_ACTIONS = '.github/actions'
_FLAG = regex(r"""--build-arg["']?[\s=,]+(?:\\\n\s*)?["']?([A-Za-z_]\w*)""")
_INPUT = regex(r'build[-_]args:[ \t]*[|>]?[-+]?((?:\s+["\']?[A-Za-z_]\w*=[^\n]*)+)')
_OBJECT = regex(r'"args"\s*:\s*\{([^{}]*)\}')
_NAME = regex(r'["\'\s]([A-Za-z_]\w*)["\']?\s*[=:]')
_COMMENT = regex(r'(?m)^\s*(?:#|//).*$')


def partly(repository: Repository) -> Iterator[Partly]:
    """What those files may pass to any Dockerfile."""
    actions = repository.under(_ACTIONS) if repository.has_folder(_ACTIONS) else ()
    for path in (*_FILES, *(path for path in actions if path.endswith(('.yml', '.yaml')))):
        text = repository.read(path) if path in repository.files else None
        names = passed(text) if text else set()
        if names:
            yield Partly(MARK, tuple(sorted(names)))


def passed(text: str) -> set[str]:
    """The names of the arguments that a text passes, comments aside."""
    if 'build-arg' not in text and 'build_arg' not in text and '"args"' not in text:
        return set()
    text = _COMMENT.sub('', text)
    blocks = (*_INPUT.findall(text), *_OBJECT.findall(text))
    return {*_FLAG.findall(text), *(name for block in blocks for name in _NAME.findall(block))}
