"""Inputs that are meant to take for ever, or all memory: each at three sizes, in a process of its own.

`python -m tests.hostile.bombs [NAME…]` prints the table; `python -m tests.hostile.bombs --one NAME` is one of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Make = Callable[[int], Mapping[str, str]]

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HEAD = 'FROM golang:1.21\nWORKDIR /app\n'
BARE = 'module example.com/app\n\ngo 1.21\n'
MAIN = 'package main\n\nfunc main() {}\n'
# A build that is declared is judged whatever it lacks.
DECLARED: Mapping[str, str] = {'compose.yaml': 'services:\n  a:\n    build: .\n'}
TREE: Mapping[str, str] = {'go.mod': BARE, 'main.go': MAIN}
MAX_SECONDS, MAX_MEGABYTES = 2, 300


class Bomb(NamedTuple):
    """What it is made of at a size, and the sizes."""

    make: Make
    sizes: tuple[int, int, int]


class Outcome(NamedTuple):
    """The processor's seconds of all hooks, the peak of memory, and the exit codes."""

    seconds: float
    megabytes: float
    codes: tuple[int, ...]


def dockerfile(text: str, plus: Mapping[str, str] | None = None) -> Mapping[str, str]:
    return {'Dockerfile': HEAD + text, **TREE, **DECLARED, **(plus or {})}


def lines(count: int, line: str) -> str:
    return ''.join(f'{line}\n'.replace('@', str(at)) for at in range(count))


def run(script: str) -> Mapping[str, str]:
    return dockerfile(f'COPY . .\nRUN {script}\nRUN go build ./x\n')


def _twice(count: int) -> Mapping[str, str]:
    stages = ''.join(f'FROM alpine AS s{at}\n' + f'COPY --from=s{at - 1} / /\n' * 2 * bool(at) for at in range(count))
    return {'Dockerfile': stages + f'FROM golang:1.21\nCOPY --from=s{count - 1} / /\nRUN go build .\n', **DECLARED}


def _alternating(count: int) -> Mapping[str, str]:
    return dockerfile('COPY go.mod ./\nRUN go mod download\n' * count)


def _ignored(patterns: str, files: int = 200, name: str = 'svc/a/b/c/d/e/f/x@.go') -> Mapping[str, str]:
    tracked = {name.replace('@', str(at)): 'package x\n' for at in range(files)}
    return dockerfile('COPY . .\nRUN go build .\n', {'.dockerignore': patterns, **tracked})


def _required(count: int, plus: str = '') -> Mapping[str, str]:
    requires = ''.join(f'require example.com/m{at} v1.0.{at}\n' + plus.replace('@', str(at)) for at in range(count))
    sums = lines(count, f'example.com/m@ v1.0.@ h1:{"A" * 43}=\nexample.com/m@ v1.0.@/go.mod h1:{"A" * 43}=')
    return dockerfile('COPY . .\nRUN go build .\n', {'go.mod': BARE + requires, 'go.sum': sums})


def _vendored(count: int) -> Mapping[str, str]:
    files = dict(_required(count))
    files['vendor/modules.txt'] = lines(count, '# example.com/m@ v1.0.@\n## explicit\nexample.com/m@')
    return files


def _imports(count: int) -> Mapping[str, str]:
    imports = ''.join(f'import "example.com/m{at}"\n' for at in range(count))
    return {**_required(count), 'main.go': f'package main\n{imports}func main() {{}}\n'}


def _packages(count: int) -> Mapping[str, str]:
    own = {f'p{at}/x.go': f'package p{at}\n\nimport "example.com/app/p{at + 1}"\n' for at in range(count)}
    main = 'package main\n\nimport "example.com/app/p0"\n\nfunc main() {}\n'
    return dockerfile('COPY . .\nRUN go build .\n', {'main.go': main, **own})


def _compose(services: str, plus: Mapping[str, str] | None = None) -> Mapping[str, str]:
    return dockerfile('ARG A\nCOPY . .\n', {'compose.yaml': f'services:\n{services}', **(plus or {})})


def _included(count: int) -> Mapping[str, str]:
    def one(at: int) -> str:
        entry = f'  - path: c{at + 1}.yaml\n    env_file: e@.env\n'
        return (
            'include:\n'
            + ''.join(entry.replace('@', f'{at}{side}') for side in 'ab')
            + 'services:\n  a:\n    build: .\n'
        )

    files = {f'c{at}.yaml': one(at) for at in range(count)}
    files.update({f'e{at}{side}.env': f'A{at}={side}\n' for at in range(count) for side in 'ab'})
    return {'Dockerfile': HEAD, **TREE, 'compose.yaml': one(-1), **files}


def _workflow(job: str) -> Mapping[str, str]:
    text = f'on: push\njobs:\n  a:\n{job}'
    return dockerfile('ARG A\nCOPY . .\nRUN go build .\n', {'.github/workflows/ci.yml': text})


STEP = '    steps:\n      - uses: actions/checkout@v4\n      - uses: docker/build-push-action@v6\n        with:\n          context: '


def _made(makefile: str) -> Mapping[str, str]:
    return dockerfile('COPY . .\nRUN make\nRUN go build ./x\n', {'Makefile': makefile})


def _declared_by_make(makefile: str) -> Mapping[str, str]:
    return dockerfile('COPY . .\nRUN go build ./x\n', {'Makefile': makefile + '\ndocker build -f Dockerfile .\n'})


def _config(text: str, plus: Mapping[str, str] | None = None) -> Mapping[str, str]:
    return dockerfile('COPY . .\n', {'.go-docker-hooks.toml': text, **(plus or {})})


def _deep(count: int) -> str:
    return 'd/' * count


def _doubling(count: int, line: str) -> str:
    return ''.join(line.replace('#', str(at)).replace('@', str(at - 1)) + '\n' for at in range(1, count + 1))


K = (1000, 4000, 16_000)
FEW = (100, 200, 400)
LEVELS = (10, 20, 40)

BOMBS: Mapping[str, Bomb] = {
    # The Dockerfile
    'a line of many characters': Bomb(lambda n: run('echo ' + 'a' * n), (625_000, 2_500_000, 10_000_000)),
    'a continued line': Bomb(lambda n: run('echo \\\n' + 'a \\\n' * n), (6_000, 24_000, 96_000)),
    'a big file of comments': Bomb(lambda n: {'Dockerfile': ('#' * 63 + '\n') * (n // 64) + HEAD, **TREE}, (2_500_000, 10_000_000, 100_000_000)),
    'a big go.mod': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'go.mod': BARE + ('/' * 63 + '\n') * (n // 64)}), (2_500_000, 10_000_000, 100_000_000)),
    'a big Go file': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'main.go': MAIN + ('/' * 63 + '\n') * (n // 64)}), (2_500_000, 10_000_000, 100_000_000)),
    'a big go.sum': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'go.sum': f'example.com/a v1.0.0 h1:{"A" * 40}=\n' * (n // 64)}), (2_500_000, 10_000_000, 100_000_000)),
    'a big ignore file': Bomb(lambda n: _ignored(('a' * 63 + '\n') * (n // 64)), (2_500_000, 10_000_000, 100_000_000)),
    'a big compose file': Bomb(lambda n: _compose('  a:\n    build: .\n' + ('  #' + 'x' * 60 + '\n') * (n // 64)), (2_500_000, 10_000_000, 100_000_000)),
    'a big workflow': Bomb(lambda n: _workflow(STEP + '.\n' + ('  #' + 'x' * 60 + '\n') * (n // 64)), (2_500_000, 10_000_000, 100_000_000)),
    'a big Makefile': Bomb(lambda n: _declared_by_make(('#' * 63 + '\n') * (n // 64) + 'all:\n\tdocker build .\n'), (2_500_000, 10_000_000, 100_000_000)),
    'many comments': Bomb(lambda n: {'Dockerfile': '# syntax x\n' * n + HEAD, **TREE}, (25_000, 100_000, 400_000)),
    'many directives': Bomb(lambda n: {'Dockerfile': '#' + ' ' * n + 'escape' + ' ' * n + '=\\\n' + HEAD, **TREE}, (16_000, 64_000, 256_000)),
    'many RUN': Bomb(lambda n: dockerfile('COPY . .\n' + 'RUN true\n' * n + 'RUN go build ./x\n'), (2_500, 10_000, 40_000)),
    'many RUN touch': Bomb(lambda n: dockerfile('COPY . .\n' + lines(n, 'RUN touch f@') + 'RUN go build ./x\n'), (250, 1_000, 4_000)),
    'many RUN go build': Bomb(lambda n: dockerfile('COPY . .\n' + 'RUN go build .\n' * n), (250, 1_000, 4_000)),
    'many COPY': Bomb(lambda n: dockerfile('COPY go.mod a\n' * n + 'RUN go build ./x\n'), (2_500, 10_000, 40_000)),
    'many failing COPY': Bomb(lambda n: dockerfile(lines(n, 'COPY x@ ./') + 'RUN go build .\n'), (250, 1_000, 4_000)),
    'many failing COPY of go.sum': Bomb(lambda n: dockerfile('COPY go.mod go.sum ./\n' * n + 'RUN go mod tidy\n'), FEW),
    'COPY and RUN in turn': Bomb(_alternating, (250, 1_000, 4_000)),
    'many ENV': Bomb(lambda n: dockerfile(lines(n, 'ENV A@=b') + 'RUN go build .\n'), (1_000, 4_000, 16_000)),
    'many WORKDIR': Bomb(lambda n: dockerfile('WORKDIR a\n' * n + 'RUN go build .\n'), (500, 2_000, 8_000)),
    'many sources of one COPY': Bomb(lambda n: dockerfile('COPY ' + 'go.mod ' * n + './\nRUN go build .\n'), (1_000, 4_000, 16_000)),
    'many COPY of all': Bomb(lambda n: dockerfile('COPY . .\n' * n + 'RUN go build ./x\n'), (250, 1_000, 4_000)),
    'many flags': Bomb(lambda n: dockerfile('RUN ' + '--mount=type=cache,target=/x ' * n + 'go build .\n'), (1_000, 4_000, 16_000)),
    'many heredocs of one RUN': Bomb(lambda n: dockerfile('RUN ' + '<<A ' * n + '\n' + 'A\n' * n), (500, 2_000, 8_000)),
    'a heredoc operator of many <': Bomb(lambda n: dockerfile('RUN ' + '<<' * n + 'A\n'), (4_000, 16_000, 64_000)),
    'many digits': Bomb(lambda n: dockerfile(f'COPY --from={"9" * n} / /\n', {'go.mod': f'module x\ngo 1.{"9" * n}\n'}), (2_000, 8_000, 32_000)),
    'stages on stages': Bomb(lambda n: {'Dockerfile': 'FROM golang:1.21 AS s0\n' + ''.join(f'FROM s{at} AS s{at + 1}\n' for at in range(n)) + 'COPY . .\nRUN go build ./x\n', **TREE}, (600, 2_500, 10_000)),
    'stages that copy from stages': Bomb(lambda n: {'Dockerfile': 'FROM golang:1.21 AS s0\nCOPY . /a\n' + ''.join(f'FROM alpine AS s{at + 1}\nCOPY --from=s{at} /a /a\n' for at in range(n)) + 'FROM golang:1.21\nCOPY --from=s1 /a /a\nRUN go build ./x\n', **TREE}, (600, 2_500, 10_000)),
    'stages that copy twice': Bomb(_twice, LEVELS),
    'ENV that doubles': Bomb(lambda n: dockerfile('ENV A0=aa\n' + _doubling(n, 'ENV A#=$A@$A@') + f'COPY $A{n} ./\nRUN go build $A{n}\n'), LEVELS),
    'ARG that doubles': Bomb(lambda n: dockerfile('ARG A0=aa\n' + _doubling(n, 'ARG A#=$A@$A@') + f'RUN go build $A{n}\n'), LEVELS),
    'words of COPY that double': Bomb(lambda n: dockerfile('ENV A="a b"\n' + 'ENV A="$A $A"\n' * n + 'COPY $A ./\nRUN go build .\n'), LEVELS),
    'replacements in ENV': Bomb(lambda n: dockerfile('ENV A=aaaaaaaaaa\n' + 'ENV A=${A//a/$A}\n' * n + 'RUN go build $A\n'), (4, 8, 16)),
    'nested replacements': Bomb(lambda n: dockerfile('ENV A=aaaaaaaaaa\nENV B=' + '${A//?/' * n + 'aaaaaaaaaa' + '}' * n + '\nRUN go build $B\n'), (3, 9, 27)),
    'a suffix pattern of stars': Bomb(lambda n: dockerfile(f'ENV A={"a" * n}\nENV B=${{A%{"*a" * 20}b}}\nRUN go build $B\n'), (250, 1_000, 4_000)),
    'a replacement pattern of stars': Bomb(lambda n: dockerfile(f'ENV A={"a" * n}\nENV B=${{A//{"*a" * 20}b/x}}\nRUN go build $B\n'), (250, 1_000, 4_000)),
    'a glob of stars': Bomb(lambda n: dockerfile(f'COPY {"*a" * 20}b ./\nRUN go build .\n', {'a' * n: ''}), (250, 1_000, 4_000)),
    'an --exclude of stars': Bomb(lambda n: dockerfile(f'COPY --exclude={"*a" * 20}b . .\nRUN go build .\n', {'a' * n: ''}), (250, 1_000, 4_000)),
    'many --exclude': Bomb(lambda n: dockerfile(f'COPY {"--exclude=*x " * n} . .\nRUN go build .\n'), (250, 1_000, 4_000)),
    'a glob over many files': Bomb(lambda n: dockerfile('COPY */x*/*.go ./\nRUN go build .\n', {f's{at}/x/y.go': '' for at in range(n)}), (2_500, 10_000, 40_000)),
    # The scripts of RUN
    'a variable that doubles': Bomb(lambda n: run('A=aa; ' + 'A=$A$A; ' * n + 'cd $A'), LEVELS),
    'replacements in sh': Bomb(lambda n: run('A=aaaaaaaaaa; ' + 'A=${A//a/$A}; ' * n + 'cd $A'), (4, 8, 16)),
    'a suffix pattern in sh': Bomb(lambda n: run(f'A={"a" * n}; cd ${{A%{"*a" * 20}b}}'), (250, 1_000, 4_000)),
    'a case pattern of stars': Bomb(lambda n: run(f'case {"a" * n} in {"*a" * 20}b) exit 1;; esac'), (250, 1_000, 4_000)),
    'loops in loops': Bomb(lambda n: run('for x in 1 2 3 4 5 6 7 8 9; do ' * n + 'cd a' + '; done' * n), (3, 6, 12)),
    'a long loop': Bomb(lambda n: run('for x in ' + 'a ' * n + '; do cd $x; cd ..; done'), (1_000, 4_000, 16_000)),
    'braces': Bomb(lambda n: run('cd ' + '{a,b}' * n), LEVELS),
    'a range of braces': Bomb(lambda n: run(f'touch {{1..{10 ** n}}}'), (3, 6, 12)),
    'many commands': Bomb(lambda n: run('cd /app; ' * n), (1_000, 4_000, 16_000)),
    'many ifs': Bomb(lambda n: run('if [ -f x ]; then cd /; else cd /app; fi; ' * n), (100, 400, 1_600)),
    'many ifs that nobody knows': Bomb(lambda n: run('if curl x; then touch a; else rm b; fi; ' * n), (100, 400, 1_600)),
    'ifs in ifs': Bomb(lambda n: run('if curl x; then touch a; ' * n + 'fi; ' * n), (10, 40, 160)),
    'functions that call twice': Bomb(lambda n: run('f0() { cd .; }; ' + _doubling(n, 'f#() { f@; f@; };').replace('\n', ' ') + f'f{n}'), LEVELS),
    'subshells that double': Bomb(lambda n: run('A=a; ' + 'A=$(echo $A$A); ' * n + 'cd $A'), LEVELS),
    'eval that doubles': Bomb(lambda n: run("A='cd .'; " + 'A="$A; $A"; ' * n + 'eval "$A"'), LEVELS),
    'sh -c in sh -c': Bomb(lambda n: run('sh -c ' * n + 'true'), (10, 40, 160)),
    'many &&': Bomb(lambda n: run('cd . && ' * n + 'true'), (60, 120, 240)),
    'pipes': Bomb(lambda n: run('cat | ' * n + 'cat'), (250, 1_000, 4_000)),
    'a script that calls itself twice': Bomb(lambda n: {**run('./a0.sh'), **{f'a{at}.sh': f'#!/bin/sh\n./a{at + 1}.sh\n./a{at + 1}.sh\n' for at in range(n)}}, LEVELS),
    'loops in loops over what nobody knows': Bomb(lambda n: run(lines(n, 'for a@ in *; do touch f@;').replace('\n', ' ') + 'true' + '; done' * n + '\nRUN go build ./x'), (3, 6, 9)),
    'subshells that may fail': Bomb(lambda n: run(lines(n, '(touch f@ && x@) ||').replace('\n', ' ') + 'true\nRUN go build ./x'), (6, 12, 24)),
    'mv and cp': Bomb(lambda n: run('cp -r . /b && mv /b/b /app; ' * n), (100, 400, 1_600)),
    # Go's files
    'requirements': Bomb(lambda n: _required(n), (1_000, 4_000, 16_000)),
    'requirements and replacements': Bomb(lambda n: _required(n, 'replace example.com/m@ => ./m@\n'), (500, 2_000, 8_000)),
    'x requirements': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'go.mod': BARE + lines(n, 'require golang.org/x/net v1.@.0')}), (1_000, 4_000, 16_000)),
    'retracted intervals': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'go.mod': BARE + 'retract [' * n}), (4_000, 16_000, 64_000)),
    'an interval of spaces': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'go.mod': BARE + 'retract [' + ' ' * n + 'x\n'}), (4_000, 16_000, 64_000)),
    'exclusions': Bomb(lambda n: _required(n, 'exclude example.com/m@ v1.0.0\n'), (1_000, 4_000, 16_000)),
    'members of a workspace': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'go.work': 'go 1.21\n' + lines(n, 'use ./m@'), **{f'm{at}/go.mod': f'module example.com/m{at}\n' for at in range(n)}}), (100, 400, 1_600)),
    'vendored modules': Bomb(_vendored, (1_000, 4_000, 16_000)),
    'imports': Bomb(_imports, (500, 2_000, 8_000)),
    'packages in a row': Bomb(_packages, (500, 2_000, 8_000)),
    'Go files': Bomb(lambda n: dockerfile('COPY . .\nRUN go build ./...\n', {f'p/x{at}.go': 'package p\n' for at in range(n)}), (1_000, 4_000, 16_000)),
    'a build constraint of parentheses': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'x.go': f'//go:build {"(" * n}a{")" * n}\n\npackage main\n'}), (500, 2_000, 8_000)),
    'a build constraint of many words': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'x.go': f'//go:build {"a && " * n}a\n\npackage main\n'}), (1_000, 4_000, 16_000)),
    'embedded patterns': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'main.go': 'package main\n\nimport _ "embed"\n\n//go:embed ' + 'x*y ' * n + '\nvar x string\n\nfunc main() {}\n'}), (500, 2_000, 8_000)),
    'an embedded pattern of stars': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'main.go': 'package main\n\nimport _ "embed"\n\n//go:embed ' + '*a' * 20 + 'b\nvar x string\n\nfunc main() {}\n', 'a' * n: ''}), (250, 1_000, 4_000)),
    'opened comments': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'main.go': 'package main\n' + '/*' * n}), (25_000, 100_000, 400_000)),
    'opened quotes': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {'main.go': 'package main\nimport (\n' + '"\n' * n}), (25_000, 100_000, 400_000)),
    'names that files call': Bomb(lambda n: dockerfile('COPY main.go ./\nRUN go build main.go\n', {'main.go': 'package main\n\nfunc main() {\n' + lines(n, '\tf@()') + '}\n', 'x.go': 'package main\n' + lines(n, 'func f@() {}')}), (500, 2_000, 8_000)),
    # Ignore files
    'plain patterns': Bomb(lambda n: _ignored(lines(n, 'x@')), (60_000, 250_000, 1_000_000)),
    'patterns with a star': Bomb(lambda n: _ignored(lines(n, 'x@*y')), (250, 1_000, 4_000)),
    'patterns with a class': Bomb(lambda n: _ignored(lines(n, '[a-y]@?z')), (250, 1_000, 4_000)),
    'patterns in turn with exceptions': Bomb(lambda n: _ignored('x\n!y\n' * n), (250, 1_000, 4_000)),
    'patterns in turn with exceptions and stars': Bomb(lambda n: _ignored(lines(n, 'x@*y\n!z@*w')), (60, 250, 1_000)),
    'a pattern of stars': Bomb(lambda n: _ignored('*a' * 20 + 'b\n', name='a' * n + '@'), (50, 100, 200)),
    'a pattern of double stars': Bomb(lambda n: _ignored('**/' * 30 + 'b\n', 10, _deep(n) + '@'), (25, 100, 400)),
    'a pattern of stars and double stars': Bomb(lambda n: _ignored('**/*a' * 10 + 'b\n', 10, 'a/' * n + '@'), (25, 100, 400)),
    'a long line of an ignore file': Bomb(lambda n: _ignored('a' * n + '*\n'), (16_000, 64_000, 256_000)),
    # Compose files
    'services': Bomb(lambda n: _compose(lines(n, '  s@:\n    build: .')), (500, 2_000, 8_000)),
    'a chain of extends': Bomb(lambda n: _compose('  s0:\n    build: .\n' + _doubling(n, '  s#:\n    extends: s@')), (100, 400, 1_600)),
    'includes that double': Bomb(_included, LEVELS),
    'an .env that doubles': Bomb(lambda n: _compose(f'  a:\n    build:\n      context: .\n      args: [A=$A{n}]\n', {'.env': 'A0=aa\n' + _doubling(n, 'A#=$A@$A@')}), LEVELS),
    'an interpolation in an interpolation': Bomb(lambda n: _compose('  a:\n    build: "' + '${A:-' * n + '}' * n + '"\n'), (250, 1_000, 4_000)),
    'anchors that multiply': Bomb(lambda n: {**_compose('  a:\n    build: .\n'), 'compose.yaml': 'x0: &x0 {a: b}\n' + _doubling(n, 'x#: &x# {a: [*x@, *x@]}') + f'services:\n  a:\n    build:\n      args: *x{n}\n'}, LEVELS),
    'merges that multiply': Bomb(lambda n: {**_compose('  a:\n    build: .\n'), 'compose.yaml': 'x0: &x0 {a0: b}\n' + _doubling(n, 'x#: &x# {<<: [*x@, *x@], a#: b}') + f'services:\n  a:\n    build:\n      args: *x{n}\n'}, LEVELS),
    'deep YAML': Bomb(lambda n: _compose('  a: ' + '[' * n + ']' * n + '\n    build: .\n'), (1_000, 4_000, 16_000)),
    'args of a build': Bomb(lambda n: _compose('  a:\n    build:\n      context: .\n      args:\n' + lines(n, '        A@: $B')), (1_000, 4_000, 16_000)),
    # Workflows
    'a matrix of many axes': Bomb(lambda n: _workflow('    strategy:\n      matrix:\n' + lines(n, '        k@: [1, 2, 3, 4]') + STEP + '${{ matrix.k0 }}\n'), (5, 10, 20)),
    'an axis of many values': Bomb(lambda n: _workflow('    strategy:\n      matrix:\n        k: [' + 's, ' * n + 's]\n' + STEP + '${{ matrix.k }}\n'), (500, 2_000, 8_000)),
    'an include of many': Bomb(lambda n: _workflow('    strategy:\n      matrix:\n        k: [a, b]\n        include:\n' + lines(n, '        - {k: a, j: "@"}') + STEP + '${{ matrix.k }}\n'), (500, 2_000, 8_000)),
    'an exclude of many': Bomb(lambda n: _workflow('    strategy:\n      matrix:\n        k: [' + ''.join(f's{at}, ' for at in range(n)) + ']\n        exclude:\n' + lines(n, '        - {k: s@}') + STEP + '${{ matrix.k }}\n'), (100, 400, 1_600)),
    'opened expressions': Bomb(lambda n: _workflow(STEP + '"' + '${{' * n + '"\n'), (4_000, 16_000, 64_000)),
    'an expression of spaces': Bomb(lambda n: _workflow(STEP + '"${{' + ' ' * n + 'x"\n'), (4_000, 16_000, 64_000)),
    'many steps': Bomb(lambda n: _workflow('    steps:\n' + '      - run: docker build .\n' * n), (250, 1_000, 4_000)),
    'steps of scripts': Bomb(lambda n: _workflow('    steps:\n      - run: |\n' + '          touch x\n' * n + '      - run: docker build .\n'), (1_000, 4_000, 16_000)),
    # Makefiles
    "make's variables that double": Bomb(lambda n: _made('A0 = aa\n' + _doubling(n, 'A# = $(A@)$(A@)') + f'all:\n\tcd $(A{n})\n'), LEVELS),
    'targets': Bomb(lambda n: _made('all: ' + ' '.join(f't{at}' for at in range(n)) + '\n' + lines(n, 't@:\n\ttrue')), (500, 2_000, 8_000)),
    'targets that need two': Bomb(lambda n: _made('all: t0\n' + ''.join(f't{at}: u{at} v{at}\nu{at} v{at}: t{at + 1}\n' for at in range(n))), LEVELS),
    'a chain of targets': Bomb(lambda n: _made('all: t0\n' + ''.join(f't{at}: t{at + 1}\n' for at in range(n))), (100, 400, 1_600)),
    'foreach in foreach': Bomb(lambda n: _made('A = ' + '$(foreach x,1 2 3 4 5 6 7 8 9,' * n + 'a' + ')' * n + '\nall:\n\tcd $(A)\n'), (3, 6, 12)),
    'patsubst of many': Bomb(lambda n: _made('A = ' + 'a.c ' * n + '\nB = $(patsubst %.c,%.o,$(A))\nall: $(B)\n\ttrue\n'), (1_000, 4_000, 16_000)),
    'opened references': Bomb(lambda n: _made('A = ' + '$(' * n + '\nall:\n\tcd $(A)\n'), (1_000, 4_000, 16_000)),
    'conditions in conditions': Bomb(lambda n: _made('ifdef A\n' * n + 'endif\n' * n + 'all:\n\ttrue\n'), (500, 2_000, 8_000)),
    'a file that includes itself': Bomb(lambda n: _made('include Makefile\n' * n + 'all:\n\ttrue\n'), (10, 20, 40)),
    'appended values': Bomb(lambda n: _made('A += x\n' * n + 'all:\n\tcd $(A)\n'), (1_000, 4_000, 16_000)),
    'a long word beside a build argument': Bomb(lambda n: _declared_by_make(f'# --build-arg\nx:\n\ttrue --build-arg {"x" * n}\n'), (4_000, 16_000, 64_000)),
    'many docker build of make': Bomb(lambda n: _declared_by_make('all:\n' + lines(n, '\tdocker build -t t@ .')), (250, 1_000, 4_000)),
    'make that calls make twice': Bomb(lambda n: _declared_by_make(lines(n, 't@:\n\tmake t@\n\tmake t@') + 'docker build .\n'), LEVELS),
    # The others
    'globs of the config': Bomb(lambda n: _config('[contexts]\n"Dockerfile" = ["' + '**/' * 30 + 'x"]\n', {_deep(n) + 'x/go.mod': BARE}), (25, 100, 400)),
    'a glob of stars in the config': Bomb(lambda n: _config('[contexts]\n"Dockerfile" = ["' + '*a' * 20 + 'b"]\n', {'a' * n + '/go.mod': BARE}), (50, 100, 200)),
    'keys of the config': Bomb(lambda n: _config('[contexts]\n' + lines(n, '"D@" = ["."]')), (250, 1_000, 4_000)),
    'tables of the config': Bomb(lambda n: _config(lines(n, '[a@]\nx = 1')), (250, 1_000, 4_000)),
    'deep tables of the config': Bomb(lambda n: _config('a = ' + '[' * n + ']' * n + '\n'), (250, 1_000, 4_000)),
    'a key of many dots': Bomb(lambda n: _config('a' + '.a' * n + ' = 1\n'), (100, 400, 1_600)),
    'opened braces of bake': Bomb(lambda n: dockerfile('ARG A\nCOPY . .\n', {'docker-bake.hcl': 'target "a" {\n' * n}), (4_000, 16_000, 64_000)),
    'opened braces of JSON': Bomb(lambda n: dockerfile('ARG A\nCOPY . .\n', {'docker-bake.json': '{"target":' * n}), (1_000, 4_000, 16_000)),
    'opened parentheses of Tilt': Bomb(lambda n: dockerfile('ARG A\nCOPY . .\n', {'Tiltfile': 'docker_build(' * n}), (1_000, 4_000, 16_000)),
    'artifacts of skaffold': Bomb(lambda n: dockerfile('ARG A\nCOPY . .\n', {'skaffold.yaml': 'apiVersion: skaffold/v4beta1\nkind: Config\nbuild:\n  artifacts:\n' + lines(n, '  - image: a@\n    context: .')}), (500, 2_000, 8_000)),
    'ignore comments': Bomb(lambda n: dockerfile('# check-tidy-order: ignore\n' * n + 'RUN go build .\n' * n), (1_000, 4_000, 16_000)),
    'a deep folder': Bomb(lambda n: {_deep(n) + 'Dockerfile': HEAD + 'COPY . .\nRUN go build .\n', _deep(n) + 'go.mod': BARE}, (100, 400, 1_600)),
    'a go.mod in every folder': Bomb(lambda n: dockerfile('COPY . .\nRUN go build ./...\n', {_deep(at) + 'go.mod': BARE for at in range(n)}), (25, 100, 400)),
    'many files': Bomb(lambda n: dockerfile('COPY . .\nRUN go build .\n', {f's{at % 1000}/d{at}/x.txt': '' for at in range(n)}), (25_000, 100_000, 400_000)),
}  # fmt: skip


def _peak() -> float:
    """The most memory that this process took, in MB; what the one took that started it does not count."""
    if sys.platform == 'linux':
        with open('/proc/self/status') as file:
            return int(file.read().partition('VmHWM:')[2].split()[0]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def one(name: str) -> list[Outcome]:
    """Every hook on one of them, in this process, at each size."""
    from tests.hostile._fuzzed import RUNS, in_memory

    outcomes = []
    for size in BOMBS[name].sizes:
        files = dict(BOMBS[name].make(size))
        named = [path for path in files if len(files) < 1000 or '/' not in path or path.endswith('Dockerfile')]
        codes, spent = [], 0.0
        for main, options in (RUNS[0], RUNS[5]):
            with in_memory(files):
                start = time.process_time()
                codes.append(main([*options, *named]))
                spent = max(spent, time.process_time() - start)
        outcomes.append(Outcome(spent, _peak(), tuple(codes)))
    return outcomes


def measured(name: str, timeout: float) -> list[Outcome]:
    """One of them in a process of its own."""
    command = (sys.executable, '-m', 'tests.hostile.bombs', '--one', name)
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, timeout=timeout, check=False)
    assert not done.returncode, done.stderr[-2000:]
    return [Outcome(*outcome) for outcome in json.loads(done.stdout.split('\n')[-2])]


def table(names: list[str]) -> None:
    for name in names or BOMBS:
        try:
            outcomes = measured(name, 120)
        except (AssertionError, subprocess.TimeoutExpired) as error:
            print('!!', name, '|', type(error).__name__, flush=True)
            continue
        bad = any(each.seconds > MAX_SECONDS or each.megabytes > MAX_MEGABYTES for each in outcomes)
        sizes = zip(BOMBS[name].sizes, outcomes)
        cells = [f'{size:,}: {each.seconds:.2f} s, {each.megabytes:.0f} MB' for size, each in sizes]
        print('!!' if bad else '  ', name, '|', ' | '.join(cells), flush=True)


if __name__ == '__main__':
    if sys.argv[1:2] == ['--one']:
        sys.stdout.write('\n' + json.dumps(one(sys.argv[2])) + '\n')
    else:
        table(sys.argv[1:])
