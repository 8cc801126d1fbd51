"""Odd places to run in: what is found is said all the same, and no place ends in a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import MakeRepository

pytestmark = pytest.mark.skipif(os.name == 'nt', reason='the shell of these is not there')
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GO_MOD = 'module x\n\ngo 1.23\n\nrequire golang.org/x/net v1.20.0\n'
FILES = {'Dockerfile': 'FROM golang:1.21\nWORKDIR /app\nCOPY go.mod go.sum ./\nRUN go mod tidy\n', 'go.mod': GO_MOD}
UNPRIVILEGED = (
    'exec'
    if hasattr(os, 'getuid') and os.getuid()
    else shutil.which('setpriv') and ('setpriv --bounding-set=-dac_override,-dac_read_search')
)
HOOK = 'hook() { "$PYTHON" -c "import sys; from hooks.${NAME:-go_docker} import main; sys.exit(main())" "$@"; }; '


def sh(script: str, **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output and error of a script in which `hook` is go-docker."""
    env = {**os.environ, 'PYTHONPATH': TOP, 'PYTHON': sys.executable, **environment}
    done = subprocess.run(('sh', '-c', HOOK + script), env=env, capture_output=True, errors='surrogateescape')
    assert 'Traceback' not in done.stderr, done.stderr
    return done.returncode, done.stdout, done.stderr


UNTRACKED = '`git ls-files` fails here'


@pytest.mark.parametrize(
    ('script', 'code', 'lines', 'error'),
    [
        pytest.param('hook Dockerfile go.mod', 1, 3, '', id='a repository'),
        pytest.param('hook Dockerfile go.mod >&-', 1, 0, 'what was found is lost', id='standard output closed'),
        pytest.param('hook --format json Dockerfile >&-', 1, 0, 'what was found is lost', id='so it is for a format'),
        pytest.param('hook Dockerfile go.mod 2>&-', 1, 3, '', id='standard error closed'),
        pytest.param('hook Dockerfile gone 2>&-', 2, 2, '', id='with a warning'),
        pytest.param('hook Dockerfile go.mod <&- 2>&-', 1, 3, '', id='standard input closed, too'),
        pytest.param('hook Dockerfile go.mod <&- >&- 2>&-', 1, 0, '', id='all closed'),
        pytest.param('hook --help >&-', 0, 0, '', id='help to nobody'),
        pytest.param('hook Dockerfile go.mod | true', 0, 0, '', id='a reader that goes away'),
        pytest.param('mkdir gone; cd gone; rmdir ../gone; hook Dockerfile', 2, 0, 'folder is gone', id='a folder gone'),
        pytest.param('PATH=/nowhere hook Dockerfile go.mod', 1, 3, 'there is no git on PATH', id='no git'),
        pytest.param('unset HOME; hook Dockerfile go.mod', 1, 3, '', id='no HOME'),
        pytest.param('TMPDIR=/nowhere hook --fix Dockerfile go.mod', 1, 3, '', id='no TMPDIR'),
        pytest.param(
            'printf x >.git/index; hook Dockerfile go.mod', 1, 3, UNTRACKED, id='an index that git does not read'
        ),
        pytest.param('touch .git/index.lock; hook Dockerfile go.mod', 1, 3, '', id='a locked index'),
        pytest.param('GIT_DIR=/nowhere hook Dockerfile go.mod', 1, 3, UNTRACKED, id='a GIT_DIR that is none'),
        pytest.param(
            'git rm --quiet --cached -r .; hook Dockerfile go.mod', 1, 3, 'tracks nothing', id='nothing staged'
        ),
        pytest.param('cd .git; hook', 0, 0, '', id="git's own folder"),
        pytest.param('GIT_DIR=.git GIT_INDEX_FILE=.git/index hook Dockerfile go.mod', 1, 3, '', id='as pre-commit'),
    ],
)
def test_a_place(script: str, code: int, lines: int, error: str, repo: MakeRepository) -> None:
    repo(FILES)
    found = sh(script)
    assert (found[0], found[1].count('\n')) == (code, lines), found
    assert (error in found[2]) if error else not found[2]


@pytest.mark.skipif(not os.path.exists('/dev/full'), reason='there is no full device')
@pytest.mark.parametrize(
    ('script', 'code', 'error'),
    [
        ('hook Dockerfile go.mod >/dev/full', 1, 'No space left on device): what was found is lost'),
        ('hook --help >/dev/full', 0, ''),
        ('hook Dockerfile gone 2>/dev/full >/dev/null', 2, ''),
        ('hook Dockerfile gone >/dev/full 2>&1', 2, ''),
    ],
)
def test_no_space_for_what_is_found(script: str, code: int, error: str, repo: MakeRepository) -> None:
    repo(FILES)
    found = sh(script)
    assert (found[0], found[1]) == (code, '')
    assert (error in found[2]) if error else not found[2]


def test_a_work_tree_a_submodule_a_bare_clone_and_a_sparse_checkout(repo: MakeRepository, tmp_path: Path) -> None:
    repo(FILES)
    subprocess.run(('git', 'commit', '--quiet', '--message', 'x'), check=True)
    script = f"""exec 2>/dev/null; git worktree add --quiet {tmp_path}/tree; git clone --quiet --bare . {tmp_path}/bare
    git clone --quiet . {tmp_path}/sparse; git -C {tmp_path}/sparse sparse-checkout set --no-cone /go.mod
    git init --quiet {tmp_path}/super
    git -C {tmp_path}/super -c protocol.file.allow=always submodule add --quiet {tmp_path}/repository sub"""
    sh(script)
    names = 'hook Dockerfile go.mod'
    assert [sh(f'cd {tmp_path}/{place}; {names}')[1].count('\n') for place in ('tree', 'super/sub')] == [3, 3]
    assert sh(f'cd {tmp_path}/super; hook sub/Dockerfile') == (0, '', '')
    code, out, err = sh(f'cd {tmp_path}/bare; hook Dockerfile')
    assert (code, out) == (2, '')
    assert err.splitlines()[1:] == ['go-docker: Dockerfile: no such file in this repository']
    code, out, err = sh(f'cd {tmp_path}/sparse; {names}')
    print(code, out, err)
    assert (code, out.count('\n'), 'Dockerfile cannot be read' in err) == (1, 1, True)


@pytest.mark.skipif(not hasattr(os, 'getuid') or os.getuid() != 0, reason='only root gives a folder away')
def test_a_repository_that_git_takes_for_unsafe(repo: MakeRepository) -> None:
    top = repo(FILES)
    for folder, folders, names in os.walk(top):
        for name in ('.', *folders, *names):
            os.chown(os.path.join(folder, name), 1234, 1234)
    assert sh('hook Dockerfile go.mod')[1].count('\n') == 3


@pytest.mark.skipif(UNPRIVILEGED is None, reason='root reads everything, and there is no setpriv')
@pytest.mark.parametrize(
    ('path', 'code', 'says'),
    [
        ('d', 0, ['d/Dockerfile', 'd/go.mod']),
        ('d/Dockerfile', 1, ['d/Dockerfile']),
        # A Dockerfile is still read.
        ('d/go.mod', 1, ['d/go.mod']),
    ],
)
def test_what_may_not_be_read_is_said_once(path: str, code: int, says: list[str], repo: MakeRepository) -> None:
    repo({f'd/{path}': text for path, text in FILES.items()})
    os.chmod(path, 0)
    found = sh(f"{UNPRIVILEGED} sh -c '{HOOK}hook d/Dockerfile d/go.mod'")
    os.chmod(path, 0o755)
    lines = (f'go-docker: {each} cannot be read: it is left out\n' for each in says)
    assert (found[0], found[1].count('\n'), found[2]) == (code, code, ''.join(lines))


@pytest.mark.parametrize('locale', ['C', 'POSIX'])
@pytest.mark.parametrize('coerced', ['0', '1'])
def test_a_locale_without_utf_8(locale: str, coerced: str, repo: MakeRepository) -> None:
    repo({f'é/{path}': text for path, text in FILES.items()})
    environment = {'LC_ALL': locale, 'PYTHONCOERCECLOCALE': coerced, 'PYTHONUTF8': coerced}
    code, out, err = sh('hook é/Dockerfile é/go.mod', **environment)
    print(code, out, err)
    assert (code, out.count('\n'), err) == (1, 3, '')
    assert sh('cd é; hook --fix go.mod', **environment)[1].startswith('Rewriting Dockerfile\nRewriting go.mod\n')


@pytest.mark.parametrize(
    'name', ['-x', '--source=evil', '--fix', '-h', ':!y', ':(glob)x', '{}', '{0}', 'a b', "a'b", '$x']
)
def test_a_name_is_a_name(name: str, repo: MakeRepository) -> None:
    repo({f'{name}/{path}': text for path, text in FILES.items()})
    code, out, err = sh(f"hook '{name}/Dockerfile'" if "'" not in name else f'hook "{name}/Dockerfile"')
    assert (code, err) == (1, '')
    assert out.startswith(f'{name}/Dockerfile:1: {name}/go.mod:3 requires go >= 1.23')
    assert f'not found in the build context {name}, since' in out


@pytest.mark.parametrize('hook', ['sync_dockerignore', 'check_x_versions', 'check_go_sum_copy'])
def test_it_is_no_option_of_any_hook(hook: str, repo: MakeRepository) -> None:
    repo({f'--source=evil/{path}': text for path, text in FILES.items()})
    code, _, err = sh('hook --source=evil/go.mod --source=evil/Dockerfile', NAME=hook)
    assert (code < 2, err) == (True, '')


@pytest.mark.skipif(sys.platform == 'darwin', reason='its file systems take UTF-8 only')
@pytest.mark.parametrize('style', ['text', 'github', 'json', 'sarif'])
def test_no_name_drives_a_terminal_or_a_log(style: str, repo: MakeRepository) -> None:
    names = (
        '::error::\x1b[31m\n x',
        '##[error]\u202e',
        '##vso[task.setvariable]\x9b1m',
        'caf\udce9\udc9b',
        '\x07\x7f\r',
    )
    repo({f'{name}/{path}': text for name in names for path, text in FILES.items()})
    code, out, err = sh(f'hook --format {style}')
    assert (code, err) == (1, '')
    assert {char for char in out if not char.isprintable()} <= {'\n', '\udce9'}
    assert '##[' not in out
    assert '##vso[' not in out
    commands = [line for line in out.split('\n') if line.lstrip().startswith('::')]
    assert all(line.startswith('::error file=') for line in commands)
    assert bool(commands) == (style == 'github')


def test_a_file_that_is_too_large_is_left_out(repo: MakeRepository) -> None:
    repo({**FILES, 'Dockerfile': FILES['Dockerfile'] + '#' * 11_000_000, 'go.mod': GO_MOD + '\n' * 300_000})
    code, out, err = sh('hook Dockerfile go.mod')
    assert (code, out, 'Dockerfile cannot be read: it is left out' in err) == (0, '', True)


def test_strace_is_there_where_judges_are_required() -> None:
    assert shutil.which('strace') or os.environ.get('GO_DOCKER_HOOKS_JUDGES') != 'required'
