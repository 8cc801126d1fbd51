"""Where the console scripts start: `from go_docker_hooks import check_go_sum_copy` is that hook's command.

A user's own folder `hooks` that comes first on the path (PYTHONPATH) must not be taken for ours. What lies beside this
module is, and everything below it is found through the package from then on.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

# Modules are no garbage: to look for some while they are imported would be a twentieth of a run on one file.
gc.set_threshold(100_000)


def __getattr__(name: str) -> Callable[[], NoReturn]:
    if name.startswith('_'):
        raise AttributeError(name)
    # Only for this import: the modules beside this one must not go before Python's own.
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        import hooks  # noqa: F401
    finally:
        del sys.path[0]

    def command() -> NoReturn:
        from hooks.context import index

        # To import a hook takes as long as git does to list some thousand files.
        index.begin()
        main: Callable[[], int] = __import__(f'hooks.{name}', fromlist=('main',)).main
        code = main()
        # What is printed is flushed, and to take the interpreter apart would be an eighth of a run on one file.
        os._exit(code)

    return command
