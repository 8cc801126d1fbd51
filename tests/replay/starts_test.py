"""What a container of the image starts, and which programs of go's lie in the image."""

from __future__ import annotations

import pytest

from hooks.context.tree import Program
from tests._memory import HELLO, moments

BUILD = 'FROM golang:1.21 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/server ./cmd/server\n'
FILES = {'go.mod': 'module example.com/app\n\ngo 1.21\n', 'cmd/server/main.go': HELLO, 'main.go': HELLO}


def program(steps: str, path: str) -> Program | None:
    """The program at a path of the image that the steps behind BUILD make."""
    end = moments(f'{BUILD}{steps}CMD ["x"]\n', FILES)[-1]
    assert end.end
    return end.view.look(path).program


@pytest.mark.parametrize(
    ('steps', 'path'),
    [
        pytest.param('', '/out/server', id='where go writes it'),
        pytest.param('RUN mv /out/server /usr/local/bin/app\n', '/usr/local/bin/app', id='moved'),
        pytest.param('RUN cp /out/server /app && chmod +x /app && strip /app\n', '/app', id='copied'),
        pytest.param('FROM alpine\nCOPY --from=build /out/server /app\n', '/app', id='from the stage'),
        pytest.param('FROM scratch\nCOPY --from=build /out/ /bin/\n', '/bin/server', id='with its folder'),
        pytest.param('FROM scratch\nCOPY --from=build /out/s* /bin/\n', '/bin/server', id='by a glob'),
        pytest.param(
            'RUN go build -o /usr/local/bin/app .\n', '/usr/local/bin/app', id='among the programs of a system'
        ),
        pytest.param('RUN go install .\n', '/go/bin/app', id='installed'),
        pytest.param('RUN go build -o /out/server .\n', '/out/server', id='linked again'),
    ],
)
def test_a_program_is_followed(steps: str, path: str) -> None:
    found = program(steps, path)
    assert found is not None
    assert found.args == (('/src',) if 'install' in steps else ('.',) if 'RUN go' in steps else ('./cmd/server',))


@pytest.mark.parametrize(
    ('steps', 'path'),
    [
        pytest.param('RUN rm /out/server\n', '/out/server', id='removed'),
        pytest.param('RUN pack /out/server\n', '/out/server', id='a program that may have changed it'),
        pytest.param('RUN go build -o /x . || true\n', '/x', id='a build that may fail'),
        pytest.param('RUN xx-go build -o /x .\n', '/x', id='for a platform that nobody knows'),
        pytest.param('FROM alpine\nCOPY --from=build /out/server /app\nCOPY main.go /app\n', '/app', id='overwritten'),
    ],
)
def test_what_is_not_followed(steps: str, path: str) -> None:
    assert program(steps, path) is None


@pytest.mark.parametrize(
    ('steps', 'words', 'orders'),
    [
        pytest.param('CMD ["/a", "b"]', ('/a', 'b'), ['CMD'], id='a CMD'),
        pytest.param('CMD /a b', ('/a b',), ['CMD'], id='in shell form'),
        pytest.param('ENTRYPOINT ["/a"]\nCMD ["b"]', ('/a', 'b'), ['ENTRYPOINT'], id='a CMD gives arguments'),
        pytest.param('CMD ["/a"]\nCMD ["/b"]', ('/b',), ['CMD'], id='the last one counts'),
        pytest.param('ENTRYPOINT ["/a"]\nENTRYPOINT []\nCMD ["/b"]', ('/b',), ['CMD'], id='an empty ENTRYPOINT'),
        pytest.param('HEALTHCHECK CMD /h\nCMD ["/a"]', ('/a',), ['CMD', 'HEALTHCHECK'], id='a HEALTHCHECK'),
        pytest.param('HEALTHCHECK CMD /h\nHEALTHCHECK NONE\nCMD ["/a"]', ('/a',), ['CMD'], id='none any more'),
    ],
)
def test_what_is_started(steps: str, words: tuple[str, ...], orders: list[str]) -> None:
    end = moments(f'FROM alpine\n{steps}\n')[-1].end
    assert end is not None
    assert end.starts.words == words
    assert [each.step.name for each in end.starts.orders] == orders


def test_what_an_unknown_image_starts_is_not_known() -> None:
    end = moments('FROM example.com/base\nCMD ["/a"]\n')
    assert [moment for moment in end if moment.end] == []
    assert moments('FROM example.com/base\nENTRYPOINT ["/a"]\n')[-1].end


def test_a_stage_hands_on_what_it_starts() -> None:
    end = moments('FROM alpine AS base\nENTRYPOINT ["/a"]\nFROM base\nRUN true\n')[-1].end
    assert end is not None
    assert end.starts.words == ('/a',)
