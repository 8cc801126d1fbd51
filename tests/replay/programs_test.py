"""What programs leave in the image."""

from __future__ import annotations

import pytest

from hooks.context.tree import ABSENT, FILE, FOLDER, UNKNOWN
from tests._memory import GO_MOD, HELLO, MAIN, app, calls, moments

FILES = {'go.mod': GO_MOD, 'go.sum': 's', 'main.go': MAIN}
BARE = {'go.mod': 'module example.com/app\n\ngo 1.21\n', 'main.go': HELLO}


def left(step: str, path: str, files: dict[str, str] | None = None, copied: str = 'go.mod main.go') -> str:
    """What lies at a path after a RUN in /app, into which go.mod and main.go were copied; go.sum lies in /s."""
    steps = (f'COPY {copied} ./', 'COPY go.sum* /s/', f'RUN {step}', 'RUN go version')
    return moments(app(*steps), files or FILES)[-1].view.look(path).kind


@pytest.mark.parametrize(
    ('step', 'kind'),
    [
        pytest.param('apk add --no-cache git gcc', ABSENT, id='package managers'),
        pytest.param(
            'apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*', ABSENT, id='and cleaning up'
        ),
        pytest.param('echo x; ls -l; env; date; which go', ABSENT, id='what only prints'),
        pytest.param('chmod +x /x && chown a:b /app && adduser -D app', ABSENT, id='rights and users'),
        pytest.param('git config --global url.x.insteadOf y', ABSENT, id='git that only reads or sets'),
        pytest.param('go version && go vet ./... && go build .', ABSENT, id='go that writes nothing'),
        pytest.param('go install example.com/tool@v1.2.3', ABSENT, id='a tool'),
        pytest.param('golangci-lint run', ABSENT, id='a linter'),
        pytest.param('mkdir -p a/b', ABSENT, id='mkdir'),
        pytest.param('sed s/a/b/ go.mod', ABSENT, id='sed that prints'),
        pytest.param("sed -e 's/wide/narrow/' -e s,w,x,g /s/x", ABSENT, id='whatever it looks for'),
        pytest.param("sed -n 'wgo.sum' /s/go.sum", UNKNOWN, id='sed that writes'),
        pytest.param("sed -n -e p -e 's/a/b/w go.sum' /s/go.sum", UNKNOWN, id='by a flag'),
        pytest.param("sed -n '/a/w go.sum' /s/go.sum", UNKNOWN, id='behind an address'),
        pytest.param("sed -ne 'wgo.sum' /s/go.sum", UNKNOWN, id='in one word'),
        pytest.param("sed -Ei.bak 's/wide/w/' main.go", ABSENT, id='sed -i of another file'),
        pytest.param('sed -f x.sed /s/go.sum', UNKNOWN, id='sed with a script of its own'),
        pytest.param('sort -u /s/go.sum', ABSENT, id='sort'),
        pytest.param('sort -ogo.sum /s/go.sum', UNKNOWN, id='sort -o'),
        pytest.param('sort -uo go.sum /s/go.sum', UNKNOWN, id='sort -uo'),
        pytest.param('uniq /s/go.sum go.sum', UNKNOWN, id='uniq'),
        pytest.param('git diff --output=go.sum', UNKNOWN, id='git that only reads, and is told where to write'),
        pytest.param('printf x >/usr/local/bin/jq; jq', UNKNOWN, id="a program of one's own by a name that is known"),
        pytest.param('printf x >/go/bin/go; go version', UNKNOWN, id='by the name of go'),
        pytest.param('printf x >/b/go; PATH=/b:$PATH go version', UNKNOWN, id='first on PATH'),
        pytest.param('printf x >/b/go; PATH=$PATH:/b go version', ABSENT, id='last on PATH'),
        pytest.param('cd /s && go test ./...', UNKNOWN, id='tests'),
        pytest.param('go test -c', ABSENT, id='tests that are not run'),
        pytest.param('cp /s/go.sum /proc/self/cwd/', UNKNOWN, id='a link of the system'),
        pytest.param('/bin/echo x', ABSENT, id='a program by its path'),
        pytest.param('unzip x.zip', UNKNOWN, id='any other program, in its folder'),
        pytest.param('curl -sSLO https://example.com/go.sum', UNKNOWN, id='curl, by the name of the URL'),
        pytest.param('curl -o /usr/x https://example.com/x', ABSENT, id='unless it is told where'),
        pytest.param('curl -fsSL https://example.com/x', ABSENT, id='or prints'),
        pytest.param('wget -O /tmp/x https://example.com/x', ABSENT, id='wget that is told where'),
        pytest.param('tar -xzf /s/x.tgz -C /tmp', ABSENT, id='tar that is told where'),
        pytest.param('tar -xzf /s/x.tgz', UNKNOWN, id='tar that is not'),
        pytest.param('tar -xzf /s/x.tgz -C .', UNKNOWN, id='tar that is told here'),
        pytest.param('cd /srv && curl -o /x https://example.com/x', ABSENT, id='and in no other'),
        pytest.param('cd /srv && unzip x.zip -d /app', UNKNOWN, id='but in the paths that it names'),
        pytest.param('git clone https://example.com/x .', UNKNOWN, id='git clone'),
        pytest.param('git checkout main', UNKNOWN, id='git that changes'),
        pytest.param('./generate.sh', UNKNOWN, id='a script'),
        pytest.param('make build', UNKNOWN, id='make'),
        pytest.param('go generate ./...', UNKNOWN, id='go generate'),
        pytest.param('go run ./cmd/gen', UNKNOWN, id='a program of the module'),
        pytest.param('go run example.com/tool@v1', UNKNOWN, id='or of another'),
        pytest.param('go mod tidy', FILE, id='go mod tidy'),
        pytest.param('go mod tidy -diff', ABSENT, id='go mod tidy -diff'),
        pytest.param('go get ./...', FILE, id='go get of the own packages'),
        pytest.param('go get example.com/x', UNKNOWN, id='go get, which rewrites go.mod too'),
        pytest.param('go build -mod=mod .', FILE, id='go build -mod=mod'),
        pytest.param('GOFLAGS=-mod=mod go build .', FILE, id='the same by GOFLAGS'),
        pytest.param('go mod download', FILE, id='go mod download'),
        pytest.param('go mod tidy || true', UNKNOWN, id='what may have failed'),
        pytest.param('cp /s/go.sum .', FILE, id='cp into a folder'),
        pytest.param('cp /s/go.sum ./go.sum', FILE, id='cp as a file'),
        pytest.param('cp -r /s/. .', UNKNOWN, id='cp of a folder'),
        pytest.param('cp -r /s/* .', UNKNOWN, id='cp of a glob'),
        pytest.param('cp -t /app /s/go.sum', UNKNOWN, id='cp -t'),
        pytest.param('cp --target-directory=/app /s/go.sum', UNKNOWN, id='cp --target-directory'),
        pytest.param('cp /s/none .', UNKNOWN, id='cp of what is not there'),
        pytest.param('cp /s/go.sum /other', ABSENT, id='cp elsewhere'),
        pytest.param('mv /s/go.sum .', FILE, id='mv'),
        pytest.param('ln -s /s/go.sum go.sum', UNKNOWN, id='ln'),
        pytest.param('ln -s /s/go.sum', UNKNOWN, id='ln into the folder'),
        pytest.param('install -m 644 /s/go.sum go.sum', UNKNOWN, id='install'),
        pytest.param('install -t /app /s/go.sum', UNKNOWN, id='install -t'),
        pytest.param('tee go.sum', FILE, id='tee'),
        pytest.param('xargs go mod tidy', UNKNOWN, id='xargs'),
        pytest.param('find . -name go.mod -exec go mod tidy \\;', UNKNOWN, id='find'),
        pytest.param('timeout 9 go mod tidy', FILE, id='timeout'),
    ],
)
def test_what_becomes_of_go_sum(step: str, kind: str) -> None:
    assert left(step, '/app/go.sum') == kind


@pytest.mark.parametrize(
    ('step', 'path', 'kind'),
    [
        pytest.param('rm go.mod', '/app/go.mod', ABSENT, id='rm'),
        pytest.param('rm -rf /app', '/app/go.mod', ABSENT, id='rm of a folder'),
        pytest.param('rm -f *.mod', '/app/go.mod', UNKNOWN, id='rm of a glob'),
        pytest.param('rm $(ls)', '/app/go.mod', UNKNOWN, id='rm of nobody knows what'),
        pytest.param('mv go.mod x', '/app/go.mod', ABSENT, id='mv away'),
        pytest.param('mv go.mod x', '/app/x', FILE, id='to where it is'),
        pytest.param('mkdir -p a/b', '/app/a/b', FOLDER, id='mkdir'),
        pytest.param('go mod init x', '/app/go.mod', FILE, id='go mod init'),
        pytest.param('go work init', '/app/go.work', FILE, id='go work init'),
        pytest.param('go mod vendor', '/app/vendor', UNKNOWN, id='go mod vendor'),
        pytest.param('go mod vendor -o x', '/app/x', UNKNOWN, id='go mod vendor -o'),
        pytest.param('cd / && go mod vendor', '/app/vendor', ABSENT, id='go mod vendor elsewhere'),
        pytest.param('cd $(ls) && go mod vendor', '/app/vendor', UNKNOWN, id='go mod vendor nobody knows where'),
    ],
)
def test_what_a_program_leaves(step: str, path: str, kind: str) -> None:
    assert left(step, path) == kind


def test_a_module_that_requires_nothing_gets_no_go_sum_by_a_download() -> None:
    assert left('go mod download', '/app/go.sum', BARE) == ABSENT
    assert left('go mod tidy', '/app/go.sum', BARE) == ABSENT
    assert left('go mod tidy', '/app/go.sum', {**BARE, 'main.go': MAIN}) == UNKNOWN


def test_a_tidy_without_a_go_file_is_not_spoken_of_twice() -> None:
    assert left('go mod tidy', '/app/go.sum', copied='go.mod') == UNKNOWN


@pytest.mark.parametrize(
    ('step', 'partial'),
    [
        pytest.param('touch go.sum', True, id='touch makes an empty one'),
        pytest.param('go mod download', True, id='a download writes the hashes of go.mod files'),
        pytest.param('touch go.sum && go mod tidy', False, id='tidy completes it'),
        pytest.param('go mod download all', False, id='download all writes all'),
        pytest.param('cp /s/go.sum . && touch go.sum', False, id='touch leaves what is there'),
    ],
)
def test_a_go_sum_that_lacks_what_a_build_needs(step: str, partial: bool) -> None:
    steps = ('COPY go.mod main.go ./', 'COPY go.sum /s/', f'RUN {step}', 'RUN go version')
    assert moments(app(*steps), FILES)[-1].view.look('/app/go.sum').partial is partial


@pytest.mark.parametrize(
    ('options', 'errexit', 'pipefail'),
    [
        ('set -e', True, False),
        ('set -eux', True, False),
        ('set -euo pipefail', True, True),
        ('set -o errexit -o pipefail', True, True),
        ('set -e -o pipefail', True, True),
        ('set -x', False, False),
        ('set -o nounset', False, False),
        ('set -e; set +e', False, False),
        ('set -eo pipefail; set +o errexit', False, True),
        ('set -- -e', False, False),
        ('set - -e', False, False),
    ],
)
def test_set(options: str, errexit: bool, pipefail: bool) -> None:
    shell = calls(app(f'RUN {options}; go build'), FILES)[0].shell
    assert (shell.errexit, shell.pipefail) == (errexit, pipefail)
