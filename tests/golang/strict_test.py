"""What go refuses to read of go.mod, go.work and go.sum; each was asked of Go 1.21, 1.24 and 1.27."""

from __future__ import annotations

import pytest

from hooks.golang import editing, strict, toolnames
from hooks.golang.commands import parse
from hooks.golang.gomod import parse_mod

MOD = 'module example.com/app\n\ngo 1.21\n'


@pytest.mark.parametrize(
    ('text', 'line', 'says'),
    [
        (MOD + 'foo bar\n', 4, 'unknown directive: foo'),
        (MOD + '# x\n', 4, 'unknown directive: #'),
        (MOD + 'go 1.21\n', 4, 'repeated go statement'),
        (MOD + 'require a.b/c\n', 4, 'usage: require module/path v1.2.3'),
        (MOD + 'require (\n\ta.b/c v1.0.0\n', 4, 'syntax error (unterminated block)'),
        (MOD + 'require (\n) x\n', 5, 'syntax error (expected newline after closing paren)'),
        (MOD + 'requires (\n)\n', 4, 'unknown block type: requires'),
        (MOD + '/* x */\n', 4, 'mod files must use // comments (not /* */ comments)'),
        (MOD + 'require "a.b/c v1.0.0\n', 4, 'unexpected newline in string'),
        (MOD + 'require `a.b/c` v1.0.0\n', 4, 'invalid quoted string: unquoted string cannot contain quote'),
        ('\ufeff' + MOD, 1, "unexpected input character '\\ufeff'"),
        (MOD + 'require a.b/c/v2 v1.0.0\n', 4, 'require a.b/c/v2: version "v1.0.0" invalid: should be v2, not v1'),
        (
            MOD + 'require gopkg.in/y.v2 v3.0.0\n',
            4,
            'require gopkg.in/y.v2: version "v3.0.0" invalid: should be v2, not v3',
        ),
        (
            MOD + 'replace a.b/c => ..\\c\n',
            4,
            'replacement directory appears to be Windows path (on a non-windows system)',
        ),
        (
            MOD + 'replace a.b/c => a.b/d@v1\n',
            4,
            "replacement module must match format 'path version', not 'path@version'",
        ),
        (MOD + 'retract [v1.0.0 v1.1.0]\n', 4, "expected ',' after version"),
        ('go 1.21\n', 0, 'missing module declaration'),
        ('module https://a.b/c\n', 1, 'malformed module path "https:": invalid char \':\''),
        ('module /app\n', 1, 'malformed module path "/app": empty path element'),
    ],
)
def test_a_go_mod_that_go_refuses(text: str, line: int, says: str) -> None:
    fault = strict.of_mod(text)
    assert fault
    assert (fault.line, fault.says) == (line, says)


@pytest.mark.parametrize(
    'text',
    [
        MOD + 'require ()\nreplace ( )\nexclude (\n)\n',
        MOD + 'retract v1.0.0 // x\nretract [v1.0.0, v1.1.0]\nretract (\n\tv1.0.0\n)\n',
        MOD + 'require a.b/c v2.0.0+incompatible\nrequire gopkg.in/y.v3 v3.0.1\nrequire a.b/d/v2 v2.0.1-0.2020-abc\n',
        MOD + 'godebug default=go1.21\ntool a.b/c\nignore ./x\ntoolchain go1.22.1\n',
        MOD + 'require a.b/c master\nrequire a.b/d v1.2\n',
        MOD.replace('\n', ' // x\r\n'),
        'module "example.com/app"\n',
        'module app\n// go\n',
        'module example.com/{{ name }}\nuse {{ x }}\n',
    ],
)
def test_a_go_mod_that_go_reads_or_has_to_ask_about(text: str) -> None:
    assert strict.of_mod(text) is None


@pytest.mark.parametrize(
    ('text', 'line'),
    [
        ('', 0),
        ('a v1.0.0 h1:x\n\n \n', 0),
        ('a v1.0.0 h1:x\r\na\tv1.0.0/go.mod h1:y', 0),
        ('a v1.0.0 h1:x\n=======\n', 2),
    ],
)
def test_go_sum(text: str, line: int) -> None:
    fault = strict.of_sum(text)
    assert (fault.line if fault else 0) == line


def test_go_work() -> None:
    assert strict.of_work('go 1.21\nuse (\n\t.\n)\nreplace a.b/c => ./c\n') is None
    assert strict.of_work('go 1.21\nrequire a.b/c v1.0.0\n') == (2, 'unknown directive: require', 'require')


@pytest.mark.parametrize(
    ('words', 'says'),
    [
        ('-go=1.23', '1.23'),
        ('-fmt', '1.21'),
        ('-go=1.22 -require=a.b/c@v1.0.0', '1.22 a.b/c v1.0.0'),
        ('-droprequire=a.b/c', None),
        ('-go 1.23', None),
    ],
)
def test_go_mod_edit(words: str, says: str | None) -> None:
    text = editing.edited(MOD, words.split())
    mod = parse_mod(text) if text is not None else None
    assert (' '.join((mod.go, *(f'{r.path} {r.version}' for r in mod.require))) if mod else None) == says


@pytest.mark.parametrize(
    ('words', 'args'),
    [
        ('tool x', ('a.b/x',)),
        ('tool a.b/x', ('a.b/x',)),
        ('tool y -flag', ('a.b/y/v2',)),
        ('tool vet', ()),
        ('tool', ()),
        ('install tool', ('a.b/x', 'a.b/y/v2', 'a.b/vet')),
        ('build ./... tool', ('./...', 'a.b/x', 'a.b/y/v2', 'a.b/vet')),
    ],
)
def test_tools(words: str, args: tuple[str, ...]) -> None:
    command = parse(words.split(), '')
    assert command
    assert toolnames.named(command, parse_mod(MOD + 'tool a.b/x\ntool a.b/y/v2\ntool a.b/vet\n')).args == args
