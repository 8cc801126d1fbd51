"""Which files start a hook: the manifest's `files`, as pre-commit applies it."""

from __future__ import annotations

import os
import re

import pytest
import yaml
from pre_commit.clientlib import load_manifest

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MANIFEST = os.path.join(TOP, '.pre-commit-hooks.yaml')

with open(MANIFEST, encoding='utf-8') as file:
    HOOKS = {hook['id']: hook for hook in yaml.safe_load(file)}

TRIGGERS = """
Dockerfile  services/api/Dockerfile  dockerfile  DockerFile  DOCKERFILE  Containerfile  containerfile.dev
Dockerfile.api  Dockerfile-api  Dockerfile_api  build/Dockerfile.prod.arm64  Dockerfile.md5
api.dockerfile  infrastructure/docker/base-go.dockerfile  api.Dockerfile  api.containerfile  api.v2.dockerfile
go.mod  go.sum  go.work  go.work.sum  services/api/go.mod  services/api/go.sum
vendor/modules.txt  services/api/vendor/modules.txt
.dockerignore  services/api/.dockerignore  Dockerfile.dockerignore  api.dockerfile.dockerignore  docker/api.DockerIgnore
.gitignore  services/.gitignore
compose.yaml  compose.yml  docker-compose.yml  docker-compose.yaml  deploy/docker-compose.prod.yml
docker-compose-dev.yaml  docker-compose.override.yml  dev.compose.yml  Docker-Compose.yml  compose_test.yaml
Makefile  services/api/makefile  GNUmakefile  docker.mk  scripts/image.sh  build.bash
docker-bake.hcl  docker-bake.override.json  skaffold.yaml  skaffold-dev.yml  .goreleaser.yaml  goreleaser.yml  Tiltfile
.github/workflows/release.yml  .github/workflows/release.yaml
.go-docker-hooks.toml
"""

SOURCES = 'main.go  services/api/cmd/main.go  Dockerfile.go  dockerfile_parser.go  bakery.go  vendors/x.go'
NO_SOURCES = 'main_test.go  vendor/example.com/dep/dep.go  svc/vendor/x.go  svc/testdata/x.go  main.go.orig  go'
# Those that look into what go builds.
READERS = ('go-docker', 'check-static-binary', 'check-tidy-order')

NO_TRIGGERS = """
Dockerfiles  mydockerfile  Dockerfile/README  Dockerfile.md  dockerfile-notes.md
Dockerfile.tmpl  Dockerfile.tpl  Dockerfile.template  Dockerfile.j2  Dockerfile.jinja  Dockerfile.api.jinja2
Dockerfile.gotmpl  Dockerfile.erb  api.dockerfile.tmpl  Dockerfile.in/notes  dockerfile.d/README  containerfiles/api
go.mod.bak  xgo.mod  go.modx  cargo.mod  go.sum.orig  GO.MOD
modules.txt  vendor/modules.txt.orig  myvendor/modules.txt
dockerignore  .gitignore_global  my.gitignore
Makefile.am  Makefile/notes  image.shx  main.hcl  Tiltfile.md
compose.json  compose.yaml.md  docker-compose.yml.j2  values.yaml
.github/workflows/nested/release.yml  sub/.github/workflows/release.yml  .github/workflows/notes.md
sub/.go-docker-hooks.toml  go-docker-hooks.toml
"""


@pytest.mark.parametrize('hook', HOOKS)
@pytest.mark.parametrize('path', TRIGGERS.split())
def test_a_file_that_a_build_reads_is_a_trigger(hook: str, path: str) -> None:
    assert re.search(HOOKS[hook]['files'], path)


@pytest.mark.parametrize('hook', HOOKS)
@pytest.mark.parametrize('path', SOURCES.split())
def test_what_go_builds_starts_those_that_read_it(hook: str, path: str) -> None:
    assert bool(re.search(HOOKS[hook]['files'], path)) is (hook in READERS)


def test_the_two_patterns_differ_in_that_alone() -> None:
    first, second = (HOOKS[hook]['files'].split('\n') for hook in ('go-docker', 'check-go-sum-copy'))
    assert [first[0], first[2].removeprefix('|'), *first[3:]] == second


@pytest.mark.parametrize('hook', HOOKS)
@pytest.mark.parametrize('path', NO_SOURCES.split())
def test_tests_and_what_is_vendored_start_none(hook: str, path: str) -> None:
    assert not re.search(HOOKS[hook]['files'], path)


@pytest.mark.parametrize('hook', HOOKS)
@pytest.mark.parametrize('path', NO_TRIGGERS.split())
def test_any_other_file_is_none(hook: str, path: str) -> None:
    assert not re.search(HOOKS[hook]['files'], path)


@pytest.mark.parametrize('hook', HOOKS)
def test_all_names_go_to_one_process_and_links_among_them(hook: str) -> None:
    loaded = {loaded['id']: loaded for loaded in load_manifest(MANIFEST)}[hook]
    assert (loaded['language'], loaded['entry'], loaded['require_serial']) == ('python', hook, True)
    assert (loaded['types'], loaded['types_or']) == ([], ['file', 'symlink'])
