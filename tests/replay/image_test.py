"""An image: three values, and who gives way to whom."""

from __future__ import annotations

import pytest

from hooks.context.paths import normal
from hooks.context.tree import ABSENT, FILE, FOLDER, IS_FOLDER, REMOVED, UNKNOWN, WRITTEN, Context, Entry
from hooks.replay.image import DEEPEST, SCRATCH, Base, Copied, Image, Unknown, Wrote, either
from tests._memory import Memory

CONTEXT = Context(Memory({'go.mod': 'm', 'go.sum': 's', 'cmd/main.go': 'c'}), '')
MODULE = Context(Memory({'go.mod': 'm'}), '')
BASE = Base()
PRIVATE = Unknown(None, base=True)


def wrote(image: Image, path: str = '/app/go.sum', entry: Entry = WRITTEN, context: bool = False) -> Wrote:
    return Wrote(image, path, entry, context)


@pytest.mark.parametrize(
    ('image', 'path', 'kind'),
    [
        pytest.param(SCRATCH, '', FOLDER, id='the root is a folder'),
        pytest.param(SCRATCH, '/app', ABSENT, id='scratch is empty'),
        pytest.param(BASE, '/app/go.sum', ABSENT, id="Go's image holds nothing of a project"),
        pytest.param(BASE, '/go/src', FOLDER, id="Go's image has GOPATH"),
        pytest.param(BASE, '/etc/passwd', UNKNOWN, id='what a distribution brings is unknown'),
        pytest.param(BASE, '/usr/local/go/go.mod', UNKNOWN, id='what Go itself brings is unknown'),
        pytest.param(BASE, '/usr/src/app/go.mod', ABSENT, id='/usr/src is where projects lie'),
        pytest.param(PRIVATE, '/app/go.sum', UNKNOWN, id='another image may hold anything'),
        pytest.param(Copied(BASE, '/app', CONTEXT, ''), '/app/go.sum', FILE, id='what is copied is there'),
        pytest.param(Copied(BASE, '/app', CONTEXT, ''), '/app/cmd', FOLDER, id='with its folders'),
        pytest.param(Copied(BASE, '/app/x', CONTEXT, ''), '/app', FOLDER, id='and the folders above'),
        pytest.param(Copied(BASE, '/app', CONTEXT, ''), '/app/none', ABSENT, id='what the source lacks is not'),
        pytest.param(Copied(wrote(BASE), '/app', MODULE, ''), '/app/go.sum', FILE, id='a copy removes nothing'),
        pytest.param(wrote(wrote(BASE), entry=REMOVED), '/app/go.sum', ABSENT, id='what is removed is gone'),
        pytest.param(wrote(wrote(BASE), '/app', REMOVED), '/app/go.sum', ABSENT, id='with all below it'),
        pytest.param(wrote(wrote(BASE, '/app', REMOVED)), '/app/go.sum', FILE, id='until it is written again'),
        pytest.param(wrote(PRIVATE, entry=REMOVED), '/app/go.sum', ABSENT, id='even where nobody knew'),
        pytest.param(Unknown(wrote(BASE), ('/app',)), '/app/go.sum', UNKNOWN, id='an opaque step may have removed it'),
        pytest.param(Unknown(wrote(BASE), ('/other',)), '/app/go.sum', FILE, id='in its own folders only'),
        pytest.param(Unknown(wrote(BASE), ('/app',)), '/app2/go.sum', ABSENT, id='a name that begins alike is another'),
    ],
)
def test_look(image: Image, path: str, kind: str) -> None:
    assert image.look(path).kind == kind


@pytest.mark.parametrize(
    ('image', 'path', 'kind'),
    [
        pytest.param(
            Copied(PRIVATE, '/app', CONTEXT, '/cmd'),
            '/app/go.sum',
            UNKNOWN,
            id='a folder without a module says nothing',
        ),
        pytest.param(
            Copied(PRIVATE, '/app', MODULE, ''), '/app/go.sum', ABSENT, id='a base image fills no folder with a module'
        ),
        pytest.param(Copied(PRIVATE, '/app', MODULE, ''), '/app/x/y.go', ABSENT, id='nor a folder below it'),
        pytest.param(Copied(PRIVATE, '/app', MODULE, ''), '/go.mod', UNKNOWN, id='but any other'),
        pytest.param(
            wrote(PRIVATE, '/app/go.mod', context=True), '/app/go.sum', ABSENT, id='the same where go.mod comes alone'
        ),
        pytest.param(wrote(PRIVATE, '/app/go.mod'), '/app/go.sum', UNKNOWN, id='not where a step wrote go.mod'),
        pytest.param(
            Copied(Unknown(BASE, ('/app',)), '/app', MODULE, ''),
            '/app/go.sum',
            ABSENT,
            id='a step before go.mod has not written its go.sum',
        ),
        pytest.param(
            Copied(Unknown(BASE, ('/app',)), '/app', MODULE, ''), '/app/x.go', UNKNOWN, id='but perhaps other files'
        ),
        pytest.param(
            Unknown(Copied(BASE, '/app', MODULE, ''), ('/app',)), '/app/go.sum', UNKNOWN, id='a step after it may have'
        ),
        pytest.param(
            Copied(Unknown(BASE, ('/app',)), '/app', Copied(BASE, '', MODULE, ''), ''),
            '/app/go.sum',
            UNKNOWN,
            id='a go.mod of another stage says nothing',
        ),
    ],
)
def test_what_the_unknown_gives_way_to(image: Image, path: str, kind: str) -> None:
    assert image.look(path).kind == kind


@pytest.mark.parametrize(
    ('images', 'kind'),
    [
        pytest.param((BASE, BASE), ABSENT, id='both lack it'),
        pytest.param((wrote(BASE), wrote(BASE)), FILE, id='both wrote it'),
        pytest.param((BASE, wrote(BASE)), UNKNOWN, id='one wrote it'),
        pytest.param((wrote(BASE, entry=REMOVED), BASE), UNKNOWN, id='one removed what was not there'),
        pytest.param((BASE, wrote(BASE, '/other')), ABSENT, id='one wrote something else'),
        pytest.param((BASE, Unknown(BASE, ('/app',))), UNKNOWN, id='one did nobody knows what'),
        pytest.param((wrote(BASE), wrote(BASE, entry=Entry(FILE, partial=True))), UNKNOWN, id='both, in two ways'),
    ],
)
def test_known_of_several_histories_is_what_they_agree_on(images: tuple[Image, ...], kind: str) -> None:
    assert either(BASE, *images).look('/app/go.sum').kind == kind


def test_a_history_in_which_nothing_happened_has_what_was_before() -> None:
    before = wrote(BASE)
    assert either(before, before, wrote(before, '/x')).look('/app/go.sum') == WRITTEN
    assert either(before, before, wrote(before, entry=REMOVED)).look('/app/go.sum').kind == UNKNOWN


def test_names() -> None:
    copied = Copied(BASE, '/app', CONTEXT, '')
    assert copied.names('/app') == ['cmd', 'go.mod', 'go.sum']
    assert wrote(wrote(copied, '/app/x'), '/app/go.sum', REMOVED).names('/app') == ['cmd', 'go.mod', 'x']
    assert wrote(copied, '/app/y/z').names('/app') == ['cmd', 'go.mod', 'go.sum', 'y']
    assert Unknown(copied, ('/app/cmd',)).names('/app') is None
    assert Unknown(copied, ('/other',)).names('/app') == ['cmd', 'go.mod', 'go.sum']
    assert wrote(copied, entry=Entry(UNKNOWN)).names('/app') is None
    assert either(copied, copied, wrote(copied, '/app/x')).names('/app') is None
    assert either(copied, copied, wrote(copied, '/x')).names('/app') == ['cmd', 'go.mod', 'go.sum']


def test_what_a_copy_leaves_out() -> None:
    def no_sums(path: str) -> bool | None:
        return {'/go.sum': True, '/go.mod': None}.get(path, False)

    image = Copied(BASE, '/app', CONTEXT, '', no_sums)
    assert [image.look(f'/app/{name}').kind for name in ('go.sum', 'go.mod', 'cmd/main.go', 'cmd')] == [
        ABSENT, UNKNOWN, FILE, FOLDER,
    ]  # fmt: skip


def test_ten_thousand_layers_that_may_not_be_there_end_in_the_unknown() -> None:
    image: Image = BASE
    for _ in range(10_000):
        image = either(image, image, wrote(image))
    assert image.depth <= DEEPEST
    assert image.look('/app/go.sum').kind == UNKNOWN
    assert wrote(image, '/x', IS_FOLDER).look('/x') == IS_FOLDER


@pytest.mark.parametrize(
    ('path', 'workdir', 'expected'),
    [
        ('a', '/app', '/app/a'),
        ('./a//b/', '/app', '/app/a/b'),
        ('/a', '/app', '/a'),
        ('..', '/app', ''),
        ('../../../a', '/app', '/a'),
        ('.', '', ''),
        ('', '/app', '/app'),
    ],
)
def test_normal(path: str, workdir: str, expected: str) -> None:
    assert normal(path, workdir) == expected
