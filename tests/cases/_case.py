"""What a case is, and the small module that nearly all of them build."""

from __future__ import annotations

import base64
import hashlib
import inspect
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Link(str):
    """A symbolic link in a case's tree; the text is its target."""


class Case(NamedTuple):
    """A repository, a build of it, what the hooks say of it and what the real builders do with it.

    Paths are relative to the top of the repository, with '/'. A finding is 'path:line'. What a builder does is '' when
    the build passes, a piece of the error when it fails, and 'skip: REASON' when it cannot be asked.
    """

    name: str  # a sentence
    files: Mapping[str, str]  # path → text, or Link
    untracked: tuple[str, ...] = ()  # paths of `files` that are on the disk and not in git
    dockerfile: str = 'Dockerfile'
    context: str = ''  # folder; '' is the top
    target: str = ''
    args: tuple[tuple[str, str], ...] = ()  # --build-arg
    finds: tuple[str, ...] = ()  # by check-go-sum-copy
    strict: tuple[str, ...] = ()  # by check-go-sum-copy --builder any, in addition
    other: tuple[tuple[str, str], ...] = ()  # (hook, finding), by the other hooks
    builds: str = ''  # BuildKit
    classic: str = ''  # Docker's classic builder
    buildah: str = ''
    why: str = ''  # why findings and builds disagree, where they do
    newer: tuple[tuple[str, str], ...] = ()  # (Go, what BuildKit says from that one on), where it is not `builds`

    def findings(self, hook: str) -> tuple[str, ...]:
        """The findings expected of one hook."""
        others = (finding for name, finding in self.other if name == hook)
        return self.finds if hook == 'check-go-sum-copy' else tuple(others)

    def on(self, go: str) -> Case:
        """The case with `golang:GO` ('1.27') for `golang:1.21`; whether there are findings follows from `builds`."""
        text = self.files[self.dockerfile].replace('golang:1.21', f'golang:{go}')
        later = [builds for since, builds in self.newer if int(since[2:]) <= int(go[2:])]
        return self._replace(
            name=f'{self.name}, Go {go}',
            files={**self.files, self.dockerfile: text},
            builds=later[-1] if later else self.builds,
        )


# The modules that the judges' proxy serves: (path, version) → file → text. They import nothing of the standard library,
# so that they compile and link at once.
MODULES = {
    ('example.com/leaf', 'v1.0.0'): {
        'go.mod': 'module example.com/leaf\n\ngo 1.21\n',
        'leaf.go': 'package leaf\n\nfunc Name() string { return "leaf" }\n',
    },
    ('example.com/dep', 'v1.0.0'): {
        'go.mod': 'module example.com/dep\n\ngo 1.21\n\nrequire example.com/leaf v1.0.0\n',
        'dep.go': 'package dep\n\nimport "example.com/leaf"\n\nfunc Name() string { return "dep of " + leaf.Name() }\n',
    },
    ('example.com/tool', 'v1.2.3'): {
        'go.mod': 'module example.com/tool\n\ngo 1.21\n',
        'main.go': 'package main\n\nfunc main() { println("tool") }\n',
    },
    ('golang.org/x/net', 'v0.20.0'): {
        'go.mod': 'module golang.org/x/net\n\ngo 1.18\n',
        'html/html.go': 'package html\n',
    },
    ('golang.org/x/tools', 'v0.20.0'): {
        'go.mod': 'module golang.org/x/tools\n\ngo 1.18\n',
        'cmd/goimports/main.go': 'package main\n\nfunc main() {}\n',
    },
}


def sums(*modules: str) -> str:
    """The go.sum lines of modules 'path@version', both of each: the zip's and the go.mod's."""
    lines = []
    for module in modules:
        path, version = module.split('@')
        files = MODULES[path, version]
        whole = _hash({f'{module}/{name}': text for name, text in files.items()})
        lines += [f'{path} {version} {whole}\n', f'{path} {version}/go.mod {_hash({"go.mod": files["go.mod"]})}\n']
    return ''.join(lines)


def _hash(files: Mapping[str, str]) -> str:
    """Hash1 of golang.org/x/mod/sumdb/dirhash."""
    lines = ''.join(f'{hashlib.sha256(files[name].encode()).hexdigest()}  {name}\n' for name in sorted(files))
    return 'h1:' + base64.b64encode(hashlib.sha256(lines.encode()).digest()).decode()


MOD = """module example.com/app

go 1.21

require example.com/dep v1.0.0

require example.com/leaf v1.0.0 // indirect
"""
BARE = 'module example.com/app\n\ngo 1.21\n'  # a module without requirements
SUM = sums('example.com/dep@v1.0.0', 'example.com/leaf@v1.0.0')
MAIN = 'package main\n\nimport "example.com/dep"\n\nfunc main() { println(dep.Name()) }\n'
HELLO = 'package main\n\nfunc main() { println("hello") }\n'
TREE: Mapping[str, str] = {'go.mod': MOD, 'go.sum': SUM, 'main.go': MAIN}
HELLO_TREE: Mapping[str, str] = {'go.mod': BARE, 'main.go': HELLO}

# What the builders say.
NOT_FOUND = '"/go.sum": not found'
MISSING = 'missing go.sum entry'
NO_MOD = 'go.mod file not found in current directory or any parent directory'
INCONSISTENT = 'inconsistent vendoring'
# What the older builders say where BuildKit says that a source is not found.
CLASSIC_COPY = 'COPY failed'
BUILDAH_COPY = 'no such file or directory'
CLASSIC_NONE = 'no source files were specified'
# What the older builders do not know.
CLASSIC_LACKS = ('--mount', '--link', '--exclude', '--parents', '--chmod', '<<')
BUILDAH_LACKS = ('--link', '--exclude', '--parents', '<<', '--mount=target', '--mount=source', '--mount=type=bind')


def app(*steps: str, base: str = 'golang:1.21') -> str:
    """A Dockerfile whose steps begin at line 3, in /app."""
    return lines(f'FROM {base}', 'WORKDIR /app', *steps)


def lines(*texts: str) -> str:
    """A text of these lines."""
    return ''.join(text + '\n' for text in texts)


def case(
    name: str,
    dockerfile: str,
    tree: Mapping[str, str] = TREE,
    *,
    without: str = '',
    plus: Mapping[str, str] | None = None,
    untracked: str = '',
    at: str = 'Dockerfile',
    context: str | None = None,
    target: str = '',
    args: Mapping[str, str] | None = None,
    finds: str = '',
    strict: str = '',
    other: str = '',
    builds: str = '',
    classic: str | None = None,
    buildah: str | None = None,
    why: str = '',
    newer: tuple[tuple[str, str], ...] = (),
    declared: bool = True,
) -> Case:
    """A case, in as few words as it takes.

    `dockerfile` is the text, indented as its surroundings; `without` names files of the tree that the repository
    lacks, `plus` adds some. `finds` and `strict` are lines of the Dockerfile ('3', '3 7'), or findings as 'path:line';
    `other` the same after a hook's name ('check-tidy-order 4, check-go-version 1'). A build with a context, a target or
    arguments is declared in a compose file unless `declared` is False. `classic` and `buildah` follow from `builds`
    unless given.
    """
    files = {path: text for path, text in tree.items() if path not in without.split()}
    files.update(plus or {})
    files[at] = text = inspect.cleandoc(dockerfile) + '\n'
    if declared and (context is not None or target or args):
        files['compose.yaml'] = _compose(at, context or '', target, args or {})
    hooks = [entry.split() for entry in other.split(',') if entry]
    return Case(
        name,
        files,
        tuple(untracked.split()),
        at,
        context or '',
        target,
        tuple((args or {}).items()),
        _findings(at, finds),
        _findings(at, strict),
        tuple((hook, _finding(at, word)) for hook, *words in hooks for word in words),
        builds,
        _older(builds, text, CLASSIC_LACKS, CLASSIC_COPY) if classic is None else classic,
        _older(builds, text, BUILDAH_LACKS, BUILDAH_COPY) if buildah is None else buildah,
        why,
        newer,
    )


def _older(builds: str, dockerfile: str, lacks: tuple[str, ...], copy: str) -> str:
    """What an older builder does, where a case does not say so."""
    unknown = [word for word in lacks if word in dockerfile]
    if unknown:
        return f'skip: it knows no {unknown[0]}'
    # BuildKit quotes the path of a source, and lists the folder of a glob; a shell says as much of a program.
    return copy if builds == 'not found' or builds.endswith('": not found') or builds.startswith('lstat /') else builds


def _findings(dockerfile: str, words: str) -> tuple[str, ...]:
    return tuple(_finding(dockerfile, word) for word in words.split())


def _finding(dockerfile: str, word: str) -> str:
    return word if ':' in word else f'{dockerfile}:{word}'


def _compose(dockerfile: str, context: str, target: str, args: Mapping[str, str]) -> str:
    up = '../' * (context.count('/') + 1) if context else ''
    inside = dockerfile[len(context) + 1 :] if context and dockerfile.startswith(context + '/') else up + dockerfile
    lines = ['services:', '  app:', '    build:', f'      context: ./{context}', f'      dockerfile: {inside}']
    lines += [f'      target: {target}'] if target else []
    lines += ['      args:'] if args else []
    lines += [f'        {name}: "{value}"' for name, value in args.items()]
    return '\n'.join(lines) + '\n'
