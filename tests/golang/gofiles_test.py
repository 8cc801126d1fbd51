from __future__ import annotations

import pytest

from hooks.golang import gofiles
from hooks.golang.gofiles import GoFile, Target

LINUX = Target(arches=('amd64',), minor=21, cgo=False)


def imports(text: str) -> tuple[str, ...]:
    file = gofiles.parse(text)
    assert file is not None
    return file.imports


def constraint(header: str) -> tuple[str, ...]:
    file = gofiles.parse(header + 'package p\n')
    assert file is not None
    return file.constraint


def go_build(expression: str) -> GoFile:
    return GoFile('p', (), (f'//go:build {expression}',), ())


PLAIN = GoFile('p', (), (), ())
CGO = GoFile('p', ('C',), (), ())


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        pytest.param('package p\n', (), id='none'),
        pytest.param('package p\nimport "fmt"\n', ('fmt',), id='one on a line'),
        pytest.param('package p\nimport "a"\nimport "b"\n', ('a', 'b'), id='two declarations'),
        pytest.param('package p\nimport (\n"a"\n\n"b/c"\n)\nimport "d"\n', ('a', 'b/c', 'd'), id='a block and a line'),
        pytest.param('package p; import "a"; import ("b"; "c")', ('a', 'b', 'c'), id='semicolons'),
        pytest.param('package p\nimport ()\n', (), id='an empty block'),
        pytest.param('package p\nimport x "a"\nimport _ "b"\nimport . "c"\n', ('a', 'b', 'c'), id='names'),
        pytest.param('package p\nimport é "a"\n', ('a',), id='a name beyond ASCII'),
        pytest.param('package p\nimport `a/b`\n', ('a/b',), id='a raw string'),
        pytest.param('package p\nimport "\\x61"\n', ('a',), id='an escape'),
        pytest.param('package p\nimport "C"\n', ('C',), id='cgo'),
        pytest.param('package p\n/* import "a" */ import /* x */ "b" // import "c"\n', ('b',), id='comments'),
        pytest.param('package p\nimport (\n// "a"\n"b" // x\n/* "c" */)\n', ('b',), id='comments in a block'),
        pytest.param('package p\nvar x = 1\nimport "a"\n', (), id='what follows a declaration does not count'),
        pytest.param('package p\nimport "a"\nvar x = `\nimport "b"\n`\n', ('a',), id='a string in the code'),
        pytest.param('package p\nimportant()\n', (), id='a word that starts like import'),
        pytest.param('\ufeffpackage p\r\nimport "a"\r\n', ('a',), id='a byte order mark and CR LF'),
        pytest.param('// x\n/* y\n*/package p\nimport "a"', ('a',), id='comments in front'),
        pytest.param('package p\nimport "a"\n\x00\udcff', ('a',), id='garbage behind the imports'),
    ],
)
def test_imports(text: str, expected: tuple[str, ...]) -> None:
    assert imports(text) == expected


@pytest.mark.parametrize(
    'text',
    [
        pytest.param('', id='nothing'),
        pytest.param('{{ .Package }}', id='a template'),
        pytest.param('package', id='no name'),
        pytest.param('packagep', id='no space'),
        pytest.param('/* package p', id='an open comment'),
        pytest.param('package p\nimport "a\n', id='an open string'),
        pytest.param('package p\nimport (\n"a"\n', id='an open block'),
        pytest.param('package p\nimport a\n', id='no string'),
        pytest.param('package p\nimport ""\n', id='an empty path'),
        pytest.param('package p\nimport "a b"\n', id='a space in a path'),
        pytest.param('package p\nimport "\\q"\n', id='an unknown escape'),
        pytest.param('package p\nimport "\udcff"\n', id='bytes in a path'),
    ],
)
def test_what_is_no_go_file_is_unknown(text: str) -> None:
    assert gofiles.parse(text) is None


def test_the_package_is_named() -> None:
    file = gofiles.parse('// Package doc.\npackage api_test // x\n')
    assert file is not None
    assert file.package == 'api_test'


@pytest.mark.parametrize(
    ('code', 'expected'),
    [
        pytest.param('//go:embed a.sql\nvar x string\n', ('a.sql',), id='one pattern'),
        pytest.param('//go:embed a/*.sql  "b c" `d`\r\nvar x embed.FS\n', ('a/*.sql', 'b c', 'd'), id='several'),
        pytest.param('//go:embed all:static\n//go:embed x\n', ('all:static', 'x'), id='several lines'),
        pytest.param('var x = `\n//go:embed a\n`\n//go:embed b\n', ('b',), id='not in a raw string'),
        pytest.param('var x = "`"\n//go:embed b\n', ('b',), id='behind a string with a backquote'),
        pytest.param("var x = '`'\n//go:embed b\n", ('b',), id='behind a backquote'),
        pytest.param('var x = "\\"//go:embed a"\n//go:embed b\n', ('b',), id='not in a string'),
        pytest.param('/*\n//go:embed a\n*/\n//go:embed b\n', ('b',), id='not in a comment'),
        pytest.param('// go:embed a\n//go:embedded b\n//go:embed\n', (), id='not what only looks like it'),
        pytest.param('//go:embed "a\n//go:embed "b"c\n//go:embed d\n', ('d',), id='not a line that cannot be read'),
    ],
)
def test_embeds(code: str, expected: tuple[str, ...]) -> None:
    file = gofiles.parse(f'package p\nimport _ "embed"\n{code}')
    assert file is not None
    assert file.embeds == expected


def test_without_the_import_nothing_is_embedded() -> None:
    file = gofiles.parse('package p\n//go:embed a.sql\nvar x string\n')
    assert file is not None
    assert file.embeds == ()


@pytest.mark.parametrize(
    ('header', 'expected'),
    [
        pytest.param('', (), id='none'),
        pytest.param('//go:build linux\n\n', ('//go:build linux',), id='a go:build line'),
        pytest.param('//go:build linux\n', ('//go:build linux',), id='a go:build line without an empty line'),
        pytest.param('// +build a b\n// +build c\n\n', ('// +build a b', '// +build c'), id='old lines'),
        pytest.param('// +build a\n', (), id='an old line without an empty line'),
        pytest.param('// +build a\n\n// Package p\n', ('// +build a',), id='an old line before the documentation'),
        pytest.param('//go:build a\n// +build b\n\n', ('//go:build a',), id='both'),
        pytest.param('/*\n//go:build a\n*/\n', (), id='inside of a comment'),
        pytest.param('/* x */\n//go:build a\n', ('//go:build a',), id='behind a comment'),
        pytest.param('/* x */\n// +build a\n\n', (), id='an old line behind a comment'),
        pytest.param('// go:build a\n//go:builder b\n', (), id='what only looks like it'),
        pytest.param('//go:build a\r\n\r\n', ('//go:build a',), id='CR LF'),
    ],
)
def test_constraints(header: str, expected: tuple[str, ...]) -> None:
    assert constraint(header) == expected


@pytest.mark.parametrize(
    ('expression', 'expected'),
    [
        ('linux', True),
        ('windows', False),
        ('!windows', True),
        ('unix', True),
        ('gc', True),
        ('gccgo', False),
        ('cgo', False),
        ('amd64', True),
        ('arm64', False),
        ('go1.21', True),
        ('go1.22', False),
        ('go1.021', False),
        ('integration', False),
        ('ignore', False),
        ('linux && !cgo', True),
        ('windows || linux && amd64', True),
        ('windows && linux || amd64', True),
        ('!(windows || darwin)', True),
        ('!(linux && (amd64 || arm64))', False),
        ('(linux)&&(amd64)', True),
        ('goexperiment.x', None),
        ('boringcrypto', None),
        ('goexperiment.x || linux', True),
        ('goexperiment.x && windows', False),
        ('!goexperiment.x', None),
        ('', None),
        ('linux ||', None),
        ('|| linux', None),
        ('linux windows', None),
        ('(linux', None),
        ('linux)', None),
        ('()', None),
        ('!!linux', None),
        ('linux & amd64', None),
        ('linux-gnu', None),
        ('(' * 5000 + 'linux' + ')' * 5000, True),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else str(value),
)
def test_expressions(expression: str, expected: bool | None) -> None:
    assert gofiles.matches('a.go', go_build(expression), LINUX) is expected


@pytest.mark.parametrize(
    ('lines', 'expected'),
    [
        pytest.param(('// +build linux',), True, id='a term'),
        pytest.param(('// +build windows linux',), True, id='a space is an or'),
        pytest.param(('// +build linux,windows',), False, id='a comma is an and'),
        pytest.param(('// +build linux', '//+build !amd64'), False, id='lines are an and'),
        pytest.param(('// +build !!linux',), False, id='a double negation is the tag ignore'),
        pytest.param(('// +build a-b',), False, id='what is no tag is the tag ignore'),
        pytest.param(('// +build',), False, id='nothing is the tag ignore'),
        pytest.param(('// +build goexperiment.x', '// +build windows'), False, id='unknown and no'),
        pytest.param(('// +build goexperiment.x linux',), True, id='unknown or yes'),
        pytest.param(('// +build ' + 'x ' * 102,), True, id='a line that is too complex for go is ignored'),
    ],
)
def test_old_constraints(lines: tuple[str, ...], expected: bool | None) -> None:
    assert gofiles.matches('a.go', PLAIN._replace(constraint=lines), LINUX) is expected


@pytest.mark.parametrize(
    ('name', 'expected'),
    [
        ('a.go', True),
        ('a_linux.go', True),
        ('a_windows.go', False),
        ('a_unix.go', True),
        ('a_amd64.go', True),
        ('a_arm64.go', False),
        ('a_linux_amd64.go', True),
        ('a_linux_arm64.go', False),
        ('a_windows_amd64.go', False),
        ('a_windows_test.go', False),
        ('a_linux_test.go', True),
        ('a_test.go', True),
        ('windows.go', True),
        ('windows_test.go', True),
        ('_windows.go', False),
        ('a_windows_x.go', True),
        ('a_amd64_linux.go', True),
        ('a_arm64_linux.go', True),
        ('a_windows.pb.go', False),
        ('a.pb_windows.go', True),
        ('_a.go', False),
        ('.a.go', False),
        ('a.txt', False),
    ],
)
def test_names(name: str, expected: bool) -> None:
    assert gofiles.matches(name, PLAIN, LINUX) is expected


@pytest.mark.parametrize(
    ('file', 'target', 'expected'),
    [
        pytest.param(go_build('amd64'), Target(), None, id='one of two architectures'),
        pytest.param(go_build('amd64 || arm64'), Target(), True, id='both architectures'),
        pytest.param(go_build('386'), Target(), False, id='neither architecture'),
        pytest.param(go_build('x'), Target(tags=frozenset(('x',))), True, id='a given tag'),
        pytest.param(go_build('x'), Target(tags=None), None, id='unknown tags'),
        pytest.param(go_build('!x'), Target(tags=None), None, id='not one of unknown tags'),
        pytest.param(go_build('windows'), Target(tags=None), False, id='unknown tags are no system'),
        pytest.param(go_build('go1.18'), Target(), None, id='an unknown release'),
        pytest.param(go_build('go1.18'), Target(minor=18), True, id='the release itself'),
        pytest.param(go_build('go1.18'), Target(minor=17), False, id='an older release'),
        pytest.param(go_build('go1.18'), Target(minor=17, tags=None), None, id='an older release, unknown tags'),
        pytest.param(go_build('cgo'), Target(), None, id='cgo unknown'),
        pytest.param(go_build('!cgo'), Target(cgo=True), False, id='cgo on'),
        pytest.param(CGO, Target(), None, id='a file that needs cgo, which is unknown'),
        pytest.param(CGO, Target(cgo=False), False, id='a file that needs cgo, and it is off'),
        pytest.param(CGO, Target(cgo=True), True, id='a file that needs cgo, and it is on'),
        pytest.param(PLAIN._replace(package='documentation'), Target(), False, id='a file of documentation'),
        pytest.param(go_build('linux'), Target(system='android'), True, id='a parent system'),
        pytest.param(go_build('android'), Target(), False, id='an offspring'),
        pytest.param(
            PLAIN._replace(constraint=('//go:build linux', '//go:build amd64')), LINUX, None, id='two go:build lines'
        ),
    ],
)
def test_targets(file: GoFile, target: Target, expected: bool | None) -> None:
    assert gofiles.matches('a.go', file, target) is expected


@pytest.mark.parametrize(
    ('path', 'expected'),
    [('fmt', True), ('net/http', True), ('C', True), ('a.b/c', False), ('golang.org/x/net', False), ('app/v1.2', True)],
)
def test_standard(path: str, expected: bool) -> None:
    assert gofiles.is_standard(path) is expected
