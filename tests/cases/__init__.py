"""The table of cases: what the hooks say of a repository, beside what the real builders do with it.

The hooks' tests read it without any builder; the judges build every case. A section of facts.md is a module here.
"""

from __future__ import annotations

from tests.cases import (
    compilers,
    copied,
    copy_forms,
    declarations,
    go_commands,
    go_files,
    idioms,
    missing_files,
    orders,
    programs,
    reach,
    running,
    scripts,
    sources,
    stages,
    static_binary,
    tidy_order,
    versions,
    words,
    workspaces,
    x_versions,
)
from tests.cases._case import MODULES, SUM, TREE, Case, Link, case

__all__ = ['CASES', 'MODULES', 'ON_ANY_GO', 'SUM', 'TREE', 'Case', 'Link', 'case']

CASES: tuple[Case, ...] = (
    *compilers.CASES,
    *copy_forms.CASES,
    *missing_files.CASES,
    *go_commands.CASES,
    *go_files.CASES,
    *idioms.CASES,
    *tidy_order.CASES,
    *orders.CASES,
    *programs.CASES,
    *scripts.CASES,
    *reach.CASES,
    *sources.CASES,
    *static_binary.CASES,
    *running.CASES,
    *copied.CASES,
    *stages.CASES,
    *declarations.CASES,
    *versions.CASES,
    *words.CASES,
    *workspaces.CASES,
    *x_versions.CASES,
)
# Those that a newer Go than their 1.21 is asked, too.
ON_ANY_GO = tuple(case for case in go_commands.ON_ANY_GO if 'golang:1.21' in case.files[case.dockerfile])
