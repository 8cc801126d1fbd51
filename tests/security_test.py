"""What SECURITY.md promises: nothing is sent, and git alone is run."""

from __future__ import annotations

import ast
import glob
import os

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What may reach a network, or run a program.
NETWORK = {
    'asyncio',
    'ftplib',
    'http',
    'imaplib',
    'poplib',
    'requests',
    'smtplib',
    'socket',
    'ssl',
    'urllib',
    'urllib3',
}
RUNNING = {'multiprocessing', 'pty', 'subprocess'}
CALLS = {'eval', 'exec', 'popen', 'system', 'posix_spawn', 'posix_spawnp', 'execv', 'execve', 'execvp', 'startfile'}


def modules() -> dict[str, ast.AST]:
    found: dict[str, ast.AST] = {}
    for path in glob.glob(os.path.join(TOP, 'hooks', '**', '*.py'), recursive=True):
        with open(path, encoding='utf-8') as file:
            found[os.path.relpath(path, TOP).replace(os.sep, '/')] = ast.parse(file.read())
    return found


def imported(tree: ast.AST) -> set[str]:
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or '' for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def called(tree: ast.AST) -> set[str]:
    """The names of built-in functions, and of functions of `os`, that are called."""
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    plain = {each.id for each in functions if isinstance(each, ast.Name)}
    of_os = (each for each in functions if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name))
    return plain | {each.attr for each in of_os if getattr(each.value, 'id', '') == 'os'}


def test_no_module_can_reach_a_network() -> None:
    for path, tree in modules().items():
        assert not {name.split('.')[0] for name in imported(tree) - {'urllib.parse'}} & NETWORK, path


def test_one_module_alone_runs_a_program() -> None:
    """Another starts the hook itself anew, in UTF-8."""
    running = {path for path, tree in modules().items() if imported(tree) & RUNNING or called(tree) & CALLS}
    assert running == {'hooks/context/git.py', 'hooks/cli/net.py'}
