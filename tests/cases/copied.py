"""Sources of COPY that are none of Go's own files: not in git, hidden, moved; and what is made before the build."""

from __future__ import annotations

from tests.cases._case import HELLO_TREE, TREE, Case, app, case, lines

BUILT = 'RUN go build -o /bin/app .'
MADE_BEFORE = 'what makes it runs before the build, which the builder alone does not know'


def _copied(name: str, source: str, *, finds: bool, made: bool = False, plus: dict[str, str] | None = None) -> Case:
    """A service that copies one more file, as a compose file declares it: it is not in the context."""
    path = source.removeprefix('./').rstrip('/')
    return case(
        name,
        app('COPY go.mod main.go ./', BUILT, f'COPY {source} /etc/app/'),
        HELLO_TREE,
        plus=plus or {},
        context='',
        finds='5' if finds else '',
        builds=f'lstat /{path[:-2]}' if path.endswith('/*') else f'"/{path}": not found',
        why=MADE_BEFORE if made else '',
    )


IGNORED_BY_GIT: tuple[Case, ...] = (
    _copied('git ignores a copied file by its name', 'app.toml', finds=True, plus={'.gitignore': 'app.toml\n'}),
    _copied(
        'git ignores a copied file by its ending',
        'tls/site.pem',
        finds=True,
        plus={'.gitignore': '*.pem\n', 'tls/a': ''},
    ),
    _copied('git ignores a copied .env', '.env', finds=True, plus={'.gitignore': '.env\n', '.env.example': 'A=1\n'}),
    _copied(
        'git ignores a copied .env that compose itself reads',
        '.env',
        finds=False,
        made=True,
        plus={'.gitignore': '.env\n', 'run/compose.yaml': 'services:\n  db:\n    image: db\n    env_file: ../.env\n'},
    ),
    _copied(
        'git ignores the folder of a copied file',
        'conf/app.toml',
        finds=False,
        made=True,
        plus={'.gitignore': 'conf/\n'},
    ),
    _copied('git ignores a copied folder', 'assets', finds=False, made=True, plus={'.gitignore': 'assets/\n'}),
    _copied('git ignores a folder of copied files', 'data/*', finds=False, made=True, plus={'.gitignore': 'data\n'}),
    _copied('git ignores a copied binary', 'helper', finds=False, made=True, plus={'.gitignore': '/helper\n'}),
    _copied(
        'a Makefile makes a copied file that git ignores',
        'app.toml',
        finds=False,
        made=True,
        plus={'.gitignore': 'app.toml\n', 'Makefile': 'conf:\n\tsed s/a/b/ app.in > app.toml\n'},
    ),
    _copied(
        'a README says to make a copied file that git ignores',
        './app.toml',
        finds=False,
        made=True,
        plus={'.gitignore': 'app.toml\n', 'README.md': 'First `cp app.in app.toml`.\n'},
    ),
)

JOB = """on: push
jobs:
  image:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
{}      - uses: docker/build-push-action@v6
        with: {{context: .}}
"""
CLEAN: tuple[Case, ...] = (
    _copied(
        'a job only checks out what has no product',
        'dist',
        finds=True,
        plus={'.gitignore': 'dist\n', '.github/workflows/image.yml': JOB.format('')},
    ),
    _copied(
        'a job makes a product before',
        'dist',
        finds=False,
        made=True,
        plus={'.gitignore': 'dist\n', '.github/workflows/image.yml': JOB.format('      - run: npm run build\n')},
    ),
    _copied('a folder of generated code that nothing generates', 'gen', finds=True),
    _copied(
        'a folder of generated code that a Makefile generates',
        'gen',
        finds=False,
        made=True,
        plus={'Makefile': 'gen:\n\tprotoc --go_out=gen api.proto\n'},
    ),
)

NOWHERE: tuple[Case, ...] = (
    _copied('a copied file that is nowhere', 'app.toml', finds=True),
    _copied('a copied folder that is nowhere', 'templates/', finds=True),
    _copied(
        'a module that is copied from a folder that is nowhere',
        'lib/log',
        finds=True,
        plus={'libs/log/go.mod': 'module example.com/log\n', 'libs/log/log.go': 'package log\n'},
    ),
    _copied(
        'a binary that is called like a module', 'log', finds=False, made=True, plus={'libs/log/go.mod': 'module log\n'}
    ),
    _copied('a copied file whose name is in another case', 'Main.GO', finds=True),
    _copied('a copied folder whose name is in another case', 'Conf', finds=True, plus={'conf/a.yaml': ''}),
    _copied('a folder in front of a glob that is nowhere', 'templates/*.html', finds=True)._replace(
        builds='lstat /templates: no such file or directory', classic='no source files', buildah='no such file'
    ),
    _copied(
        'a copied folder that is nowhere, beside another of its folder', 'web/css', finds=True, plus={'web/a.html': ''}
    ),
    _copied('a copied folder that a build makes', 'web/dist', finds=False, made=True, plus={'web/a.html': ''}),
    _copied('a copied binary that is called like the module', 'app', finds=False, made=True),
    _copied('a copied archive that is nowhere', 'data.tar.gz', finds=False, made=True),
    _copied(
        'a script makes a copied file',
        'app.toml',
        finds=False,
        made=True,
        plus={'hack/setup.sh': 'envsubst < app.in > app.toml\n'},
    ),
    _copied('a README names a copied file that is nowhere', 'app.toml', finds=True, plus={'README.md': 'app.toml\n'}),
    _copied('a copied file that was moved', 'app.toml', finds=True, plus={'conf/app.toml': ''}),
    _copied(
        'a copied file of that name in two other folders',
        'app.toml',
        finds=True,
        plus={'a/app.toml': '', 'b/app.toml': ''},
    ),
    _copied('a copied file of a folder that was moved', 'conf/app.toml', finds=True, plus={'deploy/conf/app.toml': ''}),
    case(
        'a bind mount of a file that is nowhere',
        app('COPY go.mod main.go ./', 'RUN --mount=type=bind,source=build.env,target=build.env go build -o /bin/app .'),
        HELLO_TREE,
        context='',
        finds='4',
        builds='"/build.env": not found',
    ),
    case(
        'a file that is nowhere, copied by an image that builds no Go',
        lines('FROM alpine', 'COPY app.toml /etc/'),
        HELLO_TREE,
        context='',
        builds='"/app.toml": not found',
        why='Dockerfiles of other languages are not ours',
    ),
    case(
        'a file that is nowhere, copied in a stage that is not built',
        lines(
            'FROM golang:1.21 AS build',
            'WORKDIR /app',
            'COPY . .',
            BUILT,
            'FROM alpine AS other',
            'COPY app.toml /etc/',
            'FROM alpine',
            'COPY --from=build /bin/app /bin/app',
        ),
        TREE,
        context='',
        classic='COPY failed',
    ),
)

HIDDEN: tuple[Case, ...] = (
    _copied(
        '.dockerignore hides a copied file', 'app.toml', finds=True, plus={'app.toml': '', '.dockerignore': '*.toml\n'}
    ),
    _copied(
        '.dockerignore hides a copied folder', 'conf', finds=True, plus={'conf/app.toml': '', '.dockerignore': 'conf\n'}
    ),
    _copied(
        '.dockerignore hides a copied folder, but for a file in it',
        'conf',
        finds=False,
        plus={'conf/app.toml': '', 'conf/b': '', '.dockerignore': 'conf\n!conf/app.toml\n'},
    )._replace(builds='', classic='', buildah=''),
    _copied(
        '.dockerignore hides what the build makes',
        'dist/app.js',
        finds=True,
        plus={'.gitignore': 'dist/\n', '.dockerignore': 'dist\n'},
    ),
    _copied(
        '.dockerignore shows what the build may make',
        'dist/app.js',
        finds=False,
        made=True,
        plus={'.gitignore': 'dist/\n', '.dockerignore': '**\n!go.mod\n!main.go\n!dist\n'},
    ),
)

PRUNED = app('COPY go.mod main.go ./', BUILT, 'COPY conf/app.toml LICENSE /etc/')

UNDECLARED: tuple[Case, ...] = (
    case(
        'nothing declares the build of a Dockerfile at the top, and a copied file was moved',
        app('COPY . .', BUILT, 'COPY app.toml /etc/'),
        HELLO_TREE,
        plus={'conf/app.toml': ''},
        finds='5',
        builds='"/app.toml": not found',
    ),
    case(
        'nothing declares the build, and a copied file is nowhere',
        PRUNED,
        HELLO_TREE,
        plus={'LICENSE': ''},
        at='build/Dockerfile',
        finds='5',
        builds='"/conf/app.toml": not found',
    ),
    case(
        'nothing declares the build, and a copied file was moved',
        PRUNED,
        HELLO_TREE,
        plus={'LICENSE': '', 'deploy/conf/app.toml': ''},
        at='build/Dockerfile',
        finds='5',
        builds='"/conf/app.toml": not found',
    ),
    case(
        'nothing declares the build, and what it copies is in two folders',
        PRUNED,
        HELLO_TREE,
        plus={'build/LICENSE': '', 'build/conf/app.toml': ''},
        at='build/Dockerfile',
        builds='not found',
        why='which of the folders is the context is not certain',
    ),
)

CASES = (*IGNORED_BY_GIT, *CLEAN, *NOWHERE, *HIDDEN, *UNDECLARED)
