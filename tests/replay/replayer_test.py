"""A build in memory: stages, arguments, environments and folders."""

from __future__ import annotations

import pytest

from hooks.context.tree import ABSENT, FILE, UNKNOWN, Context, Tree
from hooks.dockerfile import parser
from hooks.replay import replayer
from hooks.replay.build import Build
from tests._memory import Memory, app, calls, moments


def text(*lines: str) -> str:
    return ''.join(f'{line}\n' for line in lines)


BUILDER = ('FROM golang:1.21 AS base', 'WORKDIR /app')
STAGES = text(
    *BUILDER, 'FROM base AS dev', 'COPY a /a', 'FROM base AS tool', 'COPY b /b', 'FROM base', 'COPY --from=tool /b /b'
)


@pytest.mark.parametrize(
    ('target', 'lines'),
    [
        pytest.param('', [6, 8], id='the last stage, and those that it uses'),
        pytest.param('dev', [4], id='a target by its name'),
        pytest.param('DEV', [4], id='in any case'),
        pytest.param('base', [], id='a target without steps'),
        pytest.param('none', [], id='a target that is not there'),
    ],
)
def test_only_the_stages_that_the_target_needs_are_built(target: str, lines: list[int]) -> None:
    assert [moment.step.line for moment in moments(STAGES, {'a': '', 'b': ''}, target)] == lines


@pytest.mark.parametrize(
    ('dockerfile', 'expected'),
    [
        pytest.param(text('FROM golang', 'RUN go build'), '/go', id="Go's own WORKDIR"),
        pytest.param(text('FROM alpine', 'RUN go build'), '', id="a distribution's is the root"),
        pytest.param(text('FROM golang', 'WORKDIR src', 'WORKDIR a/../b', 'RUN go build'), '/go/src/b', id='relative'),
        pytest.param(text('FROM golang', 'WORKDIR "/a b"', 'RUN go build'), '/a b', id='quoted'),
        pytest.param(text('FROM golang', 'WORKDIR $GOPATH/src', 'RUN go build'), '/go/src', id='from ENV of the image'),
        pytest.param(
            text('FROM golang', 'ARG D', 'WORKDIR $D', 'RUN go build'), None, id='from an ARG without a value'
        ),
        pytest.param(text('FROM golang', 'ARG D', 'WORKDIR $D', 'WORKDIR x', 'RUN go build'), None, id='and below'),
        pytest.param(
            text('FROM golang', 'ARG D', 'WORKDIR $D', 'WORKDIR /x', 'RUN go build'), '/x', id='until absolute'
        ),
        pytest.param(text(*BUILDER, 'FROM base', 'RUN go build'), '/app', id='of the stage below'),
        pytest.param(text(*BUILDER, 'FROM BASE', 'RUN go build'), '/app', id='whose name is written in another case'),
        pytest.param(text('ARG B=base', *BUILDER, 'FROM $B', 'RUN go build'), '/app', id='or comes from an ARG'),
        pytest.param(text(*BUILDER, 'FROM 0', 'RUN go build'), '/?', id='a number is an image'),
        pytest.param(text('FROM golang', 'WORKDIR /a', 'RUN cd /b', 'RUN go build'), '/a', id='cd ends with its step'),
    ],
)
def test_the_folder_in_which_a_command_runs(dockerfile: str, expected: str | None) -> None:
    assert calls(dockerfile)[-1].shell.cwd == expected


@pytest.mark.parametrize(
    ('dockerfile', 'args', 'expected'),
    [
        pytest.param(('ENV X=a',), (), 'a', id='ENV'),
        pytest.param(('ENV X a b',), (), 'a b', id='the old form of ENV'),
        pytest.param(('ENV A=1', 'ENV A=2 X=$A'), (), '1', id='the values of before the instruction'),
        pytest.param(('ARG X=a',), (), 'a', id='an ARG with a default'),
        pytest.param(('ARG X=a',), (('X', 'b'),), 'b', id='an ARG that is given'),
        pytest.param(('ARG X=a',), (('X', None),), None, id='an ARG that is given nobody knows what'),
        pytest.param(('ARG X',), (), None, id='an ARG without a value'),
        pytest.param(('ARG X=a', 'ENV X=b'), (('X', 'c'),), 'b', id='ENV goes before ARG'),
        pytest.param(('ENV X=b', 'ARG X=a'), (('X', 'c'),), 'c', id='unless ARG comes later'),
        pytest.param(('ARG A=1 X=$A',), (), '1', id='an ARG from another of the same line'),
        pytest.param(('ARG X=a', 'ARG X'), (), 'a', id='an ARG that is said again without a value'),
        pytest.param((), (('X', 'b'),), '', id='what is given but not declared'),
        pytest.param(('ARG TARGETOS', 'ENV X=$TARGETOS'), (), None, id='what BuildKit itself sets'),
        pytest.param(('ENV X=' + '$A' * 3, 'ENV A=b'), (), '', id='what is set later'),
        pytest.param(('RUN export X=a',), (), '', id="a step's own variables end with it"),
    ],
)
def test_the_value_of_a_variable(
    dockerfile: tuple[str, ...], args: tuple[tuple[str, str | None], ...], expected: str | None
) -> None:
    call = moments(app(*dockerfile, 'RUN go version'), args=args)[-1].call
    assert call
    assert call.shell.env.get('X', '') == expected


@pytest.mark.parametrize(
    ('dockerfile', 'expected'),
    [
        pytest.param(('RUN go env -w GOWORK=off',), 'off', id='go env -w'),
        pytest.param(('RUN go env -w GOWORK=off', 'RUN go env -w GOWORK=/go.work'), '/go.work', id='twice'),
        pytest.param(('RUN go env -w GOWORK=off && go env -u GOWORK',), '', id='go env -u'),
        pytest.param(('ENV GOWORK=b', 'RUN go env -w GOWORK=a'), 'b', id='the environment goes first'),
        pytest.param(('RUN go env -w GOWORK=a || true',), None, id='it may have failed'),
        pytest.param(('RUN if y; then go env -w GOWORK=a; fi',), None, id='or may not have run'),
        pytest.param(('RUN go env -w GOOS=a || true',), '', id='of another name'),
        pytest.param(('RUN go env -w $(x)',), None, id='nobody knows which'),
        pytest.param(('ENV GOENV=/e', 'RUN go env -w GOWORK=off'), 'off', id='in a file that GOENV names'),
        pytest.param(('RUN go env -w GOWORK=off', 'ENV GOENV=/e'), '', id='which is read instead'),
        pytest.param(('RUN go env -w GOWORK=off', 'ENV GOENV=off'), '', id='GOENV=off'),
        pytest.param(('COPY go.env /e', 'ENV GOENV=/e'), 'auto', id='a file that is copied'),
        pytest.param(('COPY go.env /root/.config/go/env',), 'auto', id='to where go looks for it'),
        pytest.param(('ENV XDG_CONFIG_HOME=/x', 'COPY go.env /x/go/env'), 'auto', id='or by XDG_CONFIG_HOME'),
        pytest.param(('ENV HOME=/h', 'COPY go.env /h/.config/go/env'), 'auto', id='or by HOME'),
        pytest.param(('COPY go.env /usr/local/go/',), 'auto', id="the Go's own"),
        pytest.param(('COPY go.env /usr/local/go/', 'RUN go env -w GOWORK=off'), 'off', id='which goes last'),
        pytest.param(('RUN echo GOWORK=off >/root/.config/go/env',), None, id='what a shell wrote'),
        pytest.param(('RUN ./x',), '', id='no program of which nobody knows'),
    ],
)
def test_the_settings_of_go(dockerfile: tuple[str, ...], expected: str | None) -> None:
    call = moments(app(*dockerfile, 'RUN go version'), {'go.env': '# ours\nGOWORK=auto\n'})[-1].call
    assert call
    assert call.shell.env.get('GOWORK', '') == expected


def test_the_settings_of_go_in_a_stage_are_copied_with_their_file() -> None:
    steps = (
        'FROM golang:1.21 AS a\nRUN go env -w GOWORK=off\nFROM golang:1.21\nCOPY --from=a /root /root\nRUN go version\n'
    )
    call = moments(steps)[-1].call
    assert call
    assert call.shell.env.get('GOWORK') == 'off'


@pytest.mark.parametrize(
    ('dockerfile', 'expected'),
    [
        pytest.param(text('ARG X=a', 'FROM golang', 'RUN go version'), '', id='an ARG before FROM is for FROM alone'),
        pytest.param(text('ARG X=a', 'FROM golang', 'ARG X', 'RUN go version'), 'a', id='unless it is declared again'),
        pytest.param(text('ARG X=a', 'FROM golang', 'ARG X=b', 'RUN go version'), 'b', id='with a default of its own'),
        pytest.param(text(*BUILDER, 'ARG X=a', 'FROM golang', 'RUN go version'), '', id='of another stage'),
        pytest.param(text(*BUILDER, 'ENV X=a', 'FROM base', 'RUN go version'), 'a', id='ENV of the stage below'),
        pytest.param(text(*BUILDER, 'ARG X=a', 'FROM base', 'RUN go version'), 'a', id='and its ARG'),
        pytest.param(text('FROM example.com/x', 'RUN go version'), None, id='of an image that nobody knows'),
        pytest.param(text('FROM example.com/x', 'ENV X=a', 'RUN go version'), 'a', id='which the Dockerfile sets'),
    ],
)
def test_what_a_stage_knows_of_variables(dockerfile: str, expected: str | None) -> None:
    assert calls(dockerfile)[-1].shell.env.get('X', '') == expected


def test_a_value_that_doubles_and_doubles_is_soon_unknown() -> None:
    steps = [f'ENV A{i + 1}=$A{i}$A{i}' for i in range(64)]
    call = calls(app('ENV A0=xx', *steps, 'RUN export B=$A9$A9; ' + 'B=$B$B; ' * 64 + 'go version'))[-1]
    assert call.shell.env['A5'] == 'x' * 64
    assert (call.shell.env['A64'], call.shell.env['B']) == (None, None)


@pytest.mark.parametrize(
    ('lines', 'kind'),
    [
        pytest.param(('FROM golang', 'COPY --from=0 /app/go.sum /s/'), FILE, id='a stage by its number'),
        pytest.param(('FROM golang', 'COPY --from=A /app/go.sum /s/'), FILE, id='by its name, in any case'),
        pytest.param(('FROM golang', 'COPY --from=a /app/ /s/'), FILE, id='a folder of a stage'),
        pytest.param(('FROM golang', 'COPY --from=a / /s/'), ABSENT, id='its root'),
        pytest.param(('FROM golang', 'COPY --from=b /app/ /s/'), UNKNOWN, id='an image that nobody knows'),
        pytest.param(('FROM golang', 'COPY --from=2 /app/ /s/'), UNKNOWN, id='a stage that does not come before'),
        pytest.param(('FROM golang', 'COPY --from=alpine /app/go.sum /s/x'), ABSENT, id='a distribution'),
        pytest.param(
            ('FROM golang AS a', 'WORKDIR /app', 'FROM golang', 'COPY --from=a /app/ /s/'),
            ABSENT,
            id='the later of two',
        ),
        pytest.param(('FROM golang', 'COPY --from=local / /s/'), FILE, id='a named context'),
        pytest.param(('FROM golang', 'COPY --from=other / /s/'), UNKNOWN, id='a named context that is an image'),
        pytest.param(('FROM golang AS local', 'FROM golang', 'COPY --from=local / /s/'), FILE, id='it goes first'),
    ],
)
def test_what_from_names(lines: tuple[str, ...], kind: str) -> None:
    repository = Memory({'go.mod': '', 'go.sum': '', 'sub/go.sum': ''})
    named = {'local': Context(repository, 'sub'), 'other': Tree()}
    build = Build(repository, 'Dockerfile', Context(repository, ''), contexts=named)
    dockerfile = parser.parse(text('FROM golang AS a', 'COPY go.* /app/', *lines, 'RUN go version'))
    assert dockerfile
    assert replayer.replay(build, dockerfile)[-1].view.look('/s/go.sum').kind == kind


def test_onbuild_runs_in_the_stage_on_top_at_its_from_and_in_no_other() -> None:
    dockerfile = text(
        'FROM golang AS a', 'ONBUILD COPY go.mod /app/', 'FROM a AS b', 'RUN go list', 'FROM b', 'RUN go build'
    )
    found = [(m.step.line, m.view.look('/app/go.mod').kind) for m in moments(dockerfile)]
    assert found == [(3, ABSENT), (4, FILE), (6, FILE)]


@pytest.mark.parametrize(
    ('steps', 'fatal'),
    [
        pytest.param(('RUN go build; true',), False, id='sh goes on'),
        pytest.param(('SHELL ["/bin/sh", "-ec"]', 'RUN go build; true'), True, id='-e ends it'),
        pytest.param(('SHELL ["/bin/bash", "-o", "errexit", "-c"]', 'RUN go build; true'), True, id='errexit'),
        pytest.param(('SHELL ["/bin/bash", "-c"]', 'RUN go build | cat'), False, id='a pipe ends as its last command'),
        pytest.param(
            ('SHELL ["/bin/bash", "-o", "pipefail", "-c"]', 'RUN go build | cat'), True, id='or any, with pipefail'
        ),
        pytest.param(('RUN ["go", "build"]',), True, id='the exec form'),
        pytest.param(('RUN ["sh", "-c", "go build; true"]',), False, id='the exec form of a shell'),
        pytest.param(('RUN <<EOF', 'go build', 'true', 'EOF'), False, id='a heredoc goes on'),
        pytest.param(('RUN <<EOF', 'set -e', 'go build', 'true', 'EOF'), True, id='unless told'),
        pytest.param(('RUN <<EOF', '#!/bin/sh -ex', 'go build', 'true', 'EOF'), True, id='by its first line'),
        pytest.param(('RUN <<EOF', 'go build', 'EOF'), True, id='and ends as its last command'),
    ],
)
def test_whose_failure_is_the_steps(steps: tuple[str, ...], fatal: bool) -> None:
    assert [call.fatal for call in calls(app(*steps))] == [fatal]


@pytest.mark.parametrize(
    'steps',
    [
        pytest.param(
            ('SHELL ["powershell", "-Command"]', 'RUN go build', 'SHELL ["/bin/sh", "-c"]'), id='another shell'
        ),
        pytest.param(('RUN <<EOF', '#!/usr/bin/env python3', 'go build', 'EOF'), id='another language'),
        pytest.param(('RUN python3 <<EOF', 'go build', 'EOF'), id='a heredoc for another program'),
        pytest.param(('RUN if go build',), id='no script'),
    ],
)
def test_what_cannot_be_followed_has_no_commands_and_leaves_the_unknown(steps: tuple[str, ...]) -> None:
    found = moments(app('COPY go.mod ./', *steps, 'RUN go version'))
    assert [str(m.call.command) for m in found if m.call] == ['go version']
    assert found[-1].view.look('/app/go.sum').kind == UNKNOWN


def test_a_long_chain_of_stages_ends_in_silence() -> None:
    assert moments(text('FROM golang AS s0', *(f'FROM s{i} AS s{i + 1}\nCOPY go.mod /x' for i in range(5000)))) == []
    assert len(moments(text('FROM golang AS s0', *(f'FROM s{i} AS s{i + 1}\nCOPY go.mod /x' for i in range(90))))) == 90
