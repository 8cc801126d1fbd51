"""What go says of a vendor/modules.txt that does not agree with go.mod."""

from __future__ import annotations

import pytest

from hooks.golang.gomod import parse_mod
from hooks.golang.vendoring import inconsistencies

HEAD = 'module example.com/app\n\ngo 1.21\n'
MOD = HEAD + 'require example.com/dep v1.0.0\nrequire example.com/leaf v1.1.0 // indirect\n'
TXT = """# example.com/dep v1.0.0
## explicit; go 1.21
example.com/dep
# example.com/leaf v1.1.0
## explicit
example.com/leaf/p
"""
REPLACED = MOD + 'replace example.com/dep => ./dep\n'
REPLACED_TXT = TXT.replace('dep v1.0.0', 'dep v1.0.0 => ./dep') + '# example.com/dep => ./dep\n'
OLD = MOD.replace('1.21', '1.13')

UNMARKED = 'is explicitly required in go.mod, but not marked as explicit in vendor/modules.txt'
EXTRA = 'is marked as explicit in vendor/modules.txt, but not explicitly required in go.mod'
UNREPLACED = 'is replaced in go.mod, but not marked as replaced in vendor/modules.txt'
UNKNOWN = 'is marked as replaced in vendor/modules.txt, but not replaced in go.mod'


@pytest.mark.parametrize(
    ('mod', 'text'),
    [
        pytest.param(MOD, TXT, id='the same modules and versions'),
        pytest.param(HEAD, None, id='a module without requirements needs no modules.txt'),
        pytest.param(MOD, TXT.replace('\n', '\r\n'), id='carriage returns'),
        pytest.param(MOD, TXT.replace('## explicit; go 1.21', '## go 1.21;explicit'), id='marks in another order'),
        pytest.param(MOD, '## workspace\n' + TXT, id='a mark before any module'),
        pytest.param(MOD, TXT + '# example.com/x v1.0.0\n## explicit\n', id='an explicit module without a package'),
        pytest.param(MOD, TXT + '# example.com/x v1.0.0\n## explicit\nexample.com/con/p\n', id='a path of no package'),
        pytest.param(MOD, TXT + '# example.com/x v1.0.0\nexample.com/x\n', id='a module that go.mod need not name'),
        pytest.param(MOD + 'exclude example.com/dep v0.9.0\n', TXT, id='exclusions do not count'),
        pytest.param(REPLACED, REPLACED_TXT, id='the same replacement'),
        pytest.param(MOD + 'replace example.com/app => ../fork\n', TXT, id='the main module cannot be replaced'),
        pytest.param(OLD, None, id='go 1.13 and no modules.txt'),
        pytest.param(OLD, TXT.replace('## explicit\n', ''), id='go 1.13 needs no marks'),
        pytest.param(OLD + 'replace example.com/dep => ./dep\n', TXT, id='go 1.13 and a replacement of all versions'),
    ],
)
def test_consistent(mod: str, text: str | None) -> None:
    assert inconsistencies(parse_mod(mod), text) == ()


@pytest.mark.parametrize(
    ('mod', 'text', 'lines'),
    [
        pytest.param(
            MOD, None, [f'example.com/dep@v1.0.0: {UNMARKED}', f'example.com/leaf@v1.1.0: {UNMARKED}'], id='no file'
        ),
        pytest.param(MOD, TXT.replace('## explicit\n', ''), [f'example.com/leaf@v1.1.0: {UNMARKED}'], id='a lost mark'),
        pytest.param(
            MOD,
            TXT.replace('v1.0.0', 'v0.9.0'),
            [f'example.com/dep@v1.0.0: {UNMARKED}', f'example.com/dep@v0.9.0: {EXTRA}'],
            id='another version',
        ),
        pytest.param(MOD, TXT.replace('v1.0.0', 'v1'), [f'example.com/dep@v1.0.0: {UNMARKED}',
            f'example.com/dep@v1: {EXTRA}'], id='a version as go never writes it'),
        pytest.param(
            MOD, TXT.replace('v1.0.0', 'master'), [f'example.com/dep@v1.0.0: {UNMARKED}'], id='a word for a version'
        ),
        pytest.param(
            MOD,
            TXT + '# example.com/x v1.0.0\n## explicit\nexample.com/x\n',
            [f'example.com/x@v1.0.0: {EXTRA}'],
            id='a module that go.mod does not require',
        ),
        pytest.param(REPLACED, TXT, [f'example.com/dep: {UNREPLACED}'], id='a replacement that is not marked'),
        pytest.param(
            MOD,
            REPLACED_TXT,
            [f'example.com/dep@v1.0.0: {UNKNOWN}', f'example.com/dep: {UNKNOWN}'],
            id='a replacement that go.mod does not have',
        ),
        pytest.param(
            REPLACED,
            REPLACED_TXT.replace('./dep', 'example.com/fork v1.2.0'),
            [
                'example.com/dep: is replaced by ./dep in go.mod, '
                'but marked as replaced by example.com/fork@v1.2.0 in vendor/modules.txt'
            ],
            id='another replacement',
        ),
        pytest.param(
            REPLACED.replace('./dep', '"./a dep"'),
            REPLACED_TXT.replace('./dep', './a dep'),
            [f'example.com/dep: {UNREPLACED}'],
            id='a folder with a space, which go cannot read back',
        ),
        pytest.param(
            OLD,
            TXT.replace('v1.0.0\n## explicit; go 1.21', 'v0.9.0'),
            [
                'example.com/dep@v1.0.0: is explicitly required in go.mod, '
                'but vendor/modules.txt indicates example.com/dep@v0.9.0'
            ],
            id='go 1.13 and another version',
        ),
        pytest.param(
            OLD + 'replace example.com/dep v1.0.0 => ./dep\n',
            TXT,
            [f'example.com/dep@v1.0.0: {UNREPLACED}'],
            id='go 1.13 and a replacement of the vendored version',
        ),
    ],
)  # fmt: skip
def test_inconsistent(mod: str, text: str | None, lines: list[str]) -> None:
    assert list(inconsistencies(parse_mod(mod), text)) == lines


def test_versions_of_go_differ() -> None:
    both = MOD + 'replace example.com/dep => ./other\n'
    text = TXT.replace('dep v1.0.0', 'dep v1.0.0 => ./dep') + '# example.com/dep => ./other\n'
    marked = 'is marked as replaced by ./dep in vendor/modules.txt, but replaced by ./other in go.mod'
    twice = f'example.com/dep@v1.0.0: {marked}'
    found = [inconsistencies(parse_mod(both), text, minor) for minor in (13, 21, 22, None)]
    assert found == [(), (twice,), (), ()]


@pytest.mark.parametrize('text', ['', '#', '# ', '# a', '## explicit', '\0', '\udcff', '# a v1.0.0 =>', 'a' * 10000])
def test_any_text_is_read(text: str) -> None:
    assert inconsistencies(parse_mod(HEAD), text) == ()
