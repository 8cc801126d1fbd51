"""`COPY --from` of what a stage has and has not: programs that go wrote, files of the context, what steps left."""

from __future__ import annotations

from tests.cases._case import BARE, HELLO, Case, case, lines

TREE = {'go.mod': BARE, 'cmd/shop/main.go': HELLO, 'main.go': HELLO, 'app.toml.sample': '', 'web/a.html': ''}
MADE_BEFORE = 'what makes it runs before the build, which the builder alone does not know'


def _taken(
    name: str,
    steps: tuple[str, ...],
    path: str,
    *,
    lacks: bool,
    why: str = '',
    plus: dict[str, str] | None = None,
    base: str = 'golang:1.21',
) -> Case:
    """A stage of some steps, behind `COPY . .` in /src, and a COPY of a path of it in the next one."""
    text = lines(
        f'FROM {base} AS build', 'WORKDIR /src', 'COPY . .', *steps, 'FROM alpine', f'COPY --from=build {path} /x/'
    )
    finds = '' if why or not lacks else str(len(steps) + 5)
    builds = f'"{path}": not found' if lacks else ''
    return case(f'of a stage: {name}', text, TREE, plus=plus, context='', finds=finds, builds=builds, why=why)


BUILD = 'RUN go build -o /out/shop ./cmd/shop'

PROGRAMS: tuple[Case, ...] = (
    _taken('where -o writes', (BUILD,), '/out/shop', lacks=False),
    _taken('where -o does not write', (BUILD,), '/src/shop', lacks=True),
    _taken('by another name', (BUILD,), '/out/server', lacks=True),
    _taken('without -o, the name of the package', ('RUN go build ./cmd/shop',), '/src/shop', lacks=False),
    _taken('without -o, another name', ('RUN go build ./cmd/shop',), '/src/main', lacks=True),
    _taken('without -o, the name of the module', ('RUN go build',), '/src/app', lacks=False),
    _taken('without -o, the name of the first file', ('RUN go build main.go',), '/src/main', lacks=False),
    _taken('without -o, not the name of the module', ('RUN go build main.go',), '/src/app', lacks=True),
    _taken(
        '-o of a folder that is there', ('RUN mkdir /out', 'RUN go build -o /out ./cmd/shop'), '/out/shop', lacks=False
    ),
    _taken('-o of a folder that is not there', ('RUN go build -o /out ./cmd/shop',), '/out/shop', lacks=True)._replace(
        builds='not a directory'
    ),
    _taken('-o of a folder by its slash', ('RUN go build -o /out/ ./cmd/shop',), '/out/shop', lacks=False),
    _taken('relative to WORKDIR', ('WORKDIR cmd/shop', 'RUN go build -o shop .'), '/src/shop', lacks=True),
    _taken('relative to cd', ('RUN cd cmd/shop && go build -o ../../bin/shop .',), '/src/bin/shop', lacks=False),
    _taken('not relative to cd', ('RUN cd cmd/shop && go build -o bin/shop .',), '/src/bin/shop', lacks=True),
    _taken('relative to -C', ('RUN go build -C cmd/shop -o shop .',), '/src/cmd/shop/shop', lacks=False),
    _taken('not relative to -C', ('RUN go build -C cmd/shop -o shop .',), '/src/shop', lacks=True),
    _taken('go install', ('RUN go install ./cmd/shop',), '/go/bin/shop', lacks=False),
    _taken('go install, by another name', ('RUN go install ./cmd/shop',), '/go/bin/app', lacks=True),
    _taken('go install, elsewhere', ('RUN go install ./cmd/shop',), '/src/shop', lacks=True),
    _taken('GOBIN', ('ENV GOBIN=/out', 'RUN go install ./cmd/shop'), '/out/shop', lacks=False),
    _taken('GOBIN, but taken of GOPATH', ('ENV GOBIN=/out', 'RUN go install ./cmd/shop'), '/go/bin/shop', lacks=True),
    _taken('GOPATH', ('ENV GOPATH=/p', 'RUN go install ./cmd/shop'), '/p/bin/shop', lacks=False),
    _taken('GOPATH, but taken of another', ('ENV GOPATH=/p', 'RUN go install ./cmd/shop'), '/go/bin/shop', lacks=True),
    _taken('moved away', ('RUN go build -o shop ./cmd/shop && mv shop /shop',), '/src/shop', lacks=True),
    _taken('moved there', ('RUN go build -o shop ./cmd/shop && mv shop /shop',), '/shop', lacks=False),
    _taken('copied there', ('RUN mkdir /out && go build -o a ./cmd/shop && cp a /out/b',), '/out/b', lacks=False),
    _taken('removed', ('RUN go build -o shop ./cmd/shop', 'RUN rm shop'), '/src/shop', lacks=True),
    _taken('below a program', ('RUN go build -o /out ./cmd/shop',), '/out/cmd/shop', lacks=True)._replace(
        builds='not a directory'
    ),
    _taken('a program that git ignores', (BUILD,), '/src/shop', lacks=True, plus={'.gitignore': '/shop\n'}),
    _taken(
        'a script writes it',
        ('RUN sh build.sh',),
        '/src/shop',
        lacks=False,
        plus={'build.sh': '#!/bin/sh\ngo build -o shop ./cmd/shop\n'},
    ),
    _taken('in a loop', ('RUN for s in shop; do go build -o /out/$s ./cmd/$s; done',), '/out/shop', lacks=False),
)

FILES: tuple[Case, ...] = (
    _taken('a file of the context', (BUILD,), '/src/web/a.html', lacks=False),
    _taken('a file that is in another folder', (BUILD,), '/src/a.html', lacks=True),
    _taken('a file of which there is a sample', (BUILD,), '/src/app.toml', lacks=True),
    _taken('a folder that is nowhere', (BUILD,), '/src/templates', lacks=True),
    _taken('a folder that is nowhere, by its stage alone', (BUILD,), '/templates', lacks=True),
    _taken(
        'a file that .dockerignore hides',
        (BUILD,),
        '/src/web/a.html',
        lacks=True,
        plus={'.dockerignore': '**/*.html\n'},
    ),
    _taken('a file that git ignores', (BUILD,), '/src/web/b.html', lacks=True, plus={'.gitignore': 'b.html\n'}),
    _taken(
        'a folder that git ignores',
        (BUILD,),
        '/src/web/css',
        lacks=True,
        why=MADE_BEFORE,
        plus={'.gitignore': 'css/\n'},
    ),
    _taken('a folder that a build makes', (BUILD,), '/src/web/dist', lacks=True, why=MADE_BEFORE),
    _taken('a file that a step writes', ('RUN echo a > app.toml',), '/src/app.toml', lacks=False),
    _taken('a folder that a step makes', ('RUN mkdir -p /out/a',), '/out/a', lacks=False),
    _taken('a folder above one that a step makes', ('RUN mkdir -p /out/a',), '/out', lacks=False),
    _taken('what a test may write', ('RUN go test ./... && touch /src/y',), '/src/y', lacks=False),
    _taken('a file of the system', ('RUN true',), '/etc/passwd', lacks=False),
)

CASES = (*PROGRAMS, *FILES)
