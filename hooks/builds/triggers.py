"""Which files put a build in question: what is a Dockerfile, what declares builds, what a context is made of."""

from __future__ import annotations

from hooks.context.paths import within
from hooks.context.tree import Context
from hooks.lean.memo import memo

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.replay.build import Build, Declared

_NO_DOCKERFILE = ('.dockerignore', '.md', '.go', '.tmpl', '.tpl', '.template', '.gotmpl', '.j2', '.jinja', '.jinja2',
                  '.in', '.erb', '.mustache', '.hbs')  # fmt: skip
_GO_FILES = ('go.mod', 'go.sum', 'go.work', 'go.work.sum')
_TRIGGERS = frozenset((*_GO_FILES, 'modules.txt', '.gitignore', '.dockerignore'))
# Ends of the names of files that may declare builds, besides the config; and names at the top of a repository.
DECLARING = ('.yml', '.yaml', 'akefile', 'sh', '.hcl', 'Tiltfile')
AT_TOP = frozenset(
    'justfile Justfile .justfile Jenkinsfile Rakefile magefile.go build.ps1 package.json docker-bake.json'
    ' docker-bake.override.json .devcontainer .devcontainer.json'.split()
)
_NO_SUBJECTS = frozenset(('vendor', 'node_modules', 'testdata'))


def is_dockerfile(path: str) -> bool:
    """By its name alone; a Dockerfile of a dependency or of a test is none of the project's."""
    folder, _, name = path.rpartition('/')
    return _names_dockerfile(name) and _NO_SUBJECTS.isdisjoint(folder.split('/'))


@memo  # most files of a repository share their names
def _names_dockerfile(name: str) -> bool:
    lowered = name.lower()
    if lowered.endswith(_NO_DOCKERFILE):
        return False
    rests = (lowered.partition(word)[2] for word in ('dockerfile', 'containerfile') if lowered.startswith(word))
    return lowered.endswith(('.dockerfile', '.containerfile')) or any(rest[:1] in ('', '.', '_', '-') for rest in rests)


def is_trigger(path: str) -> bool:
    """Whether a file may put a build in question that it is not the Dockerfile of."""
    name = path.rpartition('/')[2]
    return name in _TRIGGERS or declares(name) or is_source(path)


def is_source(path: str) -> bool:
    """Whether go may build a file: tests are in no image, and what is vendored changes with vendor/modules.txt."""
    return path.endswith('.go') and not path.endswith('_test.go') and _NO_SUBJECTS.isdisjoint(path.split('/'))


def may_hold(folder: str, name: str) -> bool:
    """Whether a file in a context, or one that says what is in it, may be this one."""
    if name.endswith('.gitignore'):
        above = name.rpartition('/')[0]
        return within(folder, above) or within(above, folder)
    return within(name, folder)


def says(declared: Declared, name: str) -> bool:
    """Whether a file has a say in a declared build."""
    return name == declared.by or name in declared.beside


def declares(name: str) -> bool:
    """Whether a file may declare builds, by its name."""
    return name in AT_TOP or name.endswith((*DECLARING, '.toml', '.mk', '.json'))


def touches(build: Build, name: str) -> bool:
    """Whether a build depends on a file that is no Dockerfile."""
    folder, _, base = name.rpartition('/')
    if any(says(each, name) for each in build.declared):
        return True
    if not isinstance(build.context, Context):
        return False
    if base in _GO_FILES or base == 'modules.txt' or base.endswith('.go'):
        return within(name, build.context.folder)
    if base == '.gitignore':
        return may_hold(build.context.folder, name)
    return base == '.dockerignore' and folder == build.context.folder
