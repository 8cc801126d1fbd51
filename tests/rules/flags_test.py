"""Flags that a go command does not have, and those that stand where they are none."""

from __future__ import annotations

import pytest

from tests._memory import app
from tests._tidy import BARE, HELLO, said

FILES = {'go.mod': BARE, 'main.go': HELLO}
UNDEFINED = 'flag provided but not defined: -'
IN_FRONT = 'write the flags in front of the packages'


@pytest.mark.parametrize(
    ('command', 'expected'),
    [
        pytest.param(
            'go build -X main.version=1.0 .',
            f'{UNDEFINED}X at `go build`: write `-ldflags="-X main.version=…"`',
            id='-X and a value',
        ),
        pytest.param('go build -X=main.v=1', f'{UNDEFINED}X at `go build`: write `-ldflags="-X main.v=…"`', id='-X='),
        pytest.param('go install -s -w .', f'{UNDEFINED}s at `go install`: write `-ldflags="-s"`', id='-s'),
        pytest.param('go build -tag x .', f'{UNDEFINED}tag at `go build`: write `-tags`', id='misspelt'),
        pytest.param('go build --frozen .', f'{UNDEFINED}frozen at `go build`: leave it out', id='like no other'),
        pytest.param(
            'go build -i .', f'{UNDEFINED}i at `go build`, since Go 1.20 dropped it: leave it out', id='dropped'
        ),
        pytest.param(
            'go build . -o x -v', f'malformed import path "-o": leading dash at `go build`: {IN_FRONT}', id='behind'
        ),
        pytest.param(
            'go install example.com/tool@v1.2.3 -v',
            '-v: all arguments must refer to packages in the same module at the same version at `go install`: '
            f'{IN_FRONT}',
            id='behind a version',
        ),
        pytest.param(
            'go build -v -C /app .',
            'invalid value "/app" for flag -C: -C flag must be first flag on command line at `go build`: '
            'write `go -C /app build`',
            id='-C',
        ),
        pytest.param('go build $(cat flags) -X .', None, id='behind an unknown word'),
        pytest.param('go build -o $(cat flags) .', None, id='an unknown value'),
        pytest.param('go build $(cat flags) -o x .', None, id='behind what may be flags'),
        pytest.param('GOFLAGS=-X go build .', None, id='of GOFLAGS'),
        pytest.param('go list -X .', None, id='of a command whose flags are not known here'),
        pytest.param('go build -X . || true', None, id='where it may fail'),
    ],
)
def test_a_flag(command: str, expected: str | None) -> None:
    assert said(('COPY . .', f'RUN {command}'), FILES) == ([] if expected is None else [f'4: {expected}'])


@pytest.mark.parametrize(
    ('go', 'command', 'finds'),
    [
        ('1.19', 'build -i .', False),
        ('1.20', 'build -i .', True),
        ('1.23', 'build -json .', True),
        ('1.24', 'build -json .', False),
        ('latest', 'build -json .', False),
        ('latest', 'build -i .', True),
        ('1.22', 'mod tidy -diff', True),
        ('1.16', 'mod download -v', False),
        ('1.21', 'mod download -v', True),
        ('1.16', 'build -X .', True),
        ('1.99', 'build -X .', False),
    ],
)
def test_a_flag_of_one_go_and_not_of_another(go: str, command: str, finds: bool) -> None:
    found = said(app('COPY . .', f'RUN go {command}').replace('1.21', go), FILES)
    assert bool(found) is finds
    assert all(UNDEFINED in each for each in found)


@pytest.mark.parametrize(
    ('setting', 'line', 'finds'),
    [
        pytest.param('local', 'go 1.22', True, id='the Go of the image'),
        pytest.param('auto', 'go 1.22', True, id='it fetches no other'),
        pytest.param('auto', 'go 1.24', False, id='it fetches a newer one'),
        pytest.param('auto', 'go 1.22\n\ntoolchain go1.24.1', False, id='as toolchain says'),
        pytest.param('go1.24.0', 'go 1.22', False, id='or GOTOOLCHAIN'),
    ],
)
def test_a_flag_of_the_go_that_runs(setting: str, line: str, finds: bool) -> None:
    dockerfile = app(f'ENV GOTOOLCHAIN={setting}', 'COPY . .', 'RUN go build -json .').replace('1.21', '1.22')
    found = said(dockerfile, {**FILES, 'go.mod': f'module example.com/app\n\n{line}\n'})
    why = 'since Go 1.24 brought it: leave it out, or build with Go 1.24 or newer'
    assert found == [f'5: {UNDEFINED}json at `go build`, {why}'] * finds


def test_what_follows_from_a_flag_is_not_said() -> None:
    """The word behind it is taken for its value, or for a package."""
    (found,) = said(('COPY . .', 'RUN go build -Z server ./server'), FILES)
    assert found.startswith(f'4: {UNDEFINED}Z')
