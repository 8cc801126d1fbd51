"""What the actions of a workflow leave in the repository for the steps behind them."""

from __future__ import annotations

from hooks.builds.commands.writes import ANYTHING
from hooks.builds.declarations import join
from hooks.lean.lazy import regex

# They set up tools, log in, or report.
_NOTHING = regex(
    r'(?i)(?:https://[^/]+/)?(?:'
    r'(?:actions|anchore|arduino|astral-sh|aws-actions|azure|bufbuild|crazy-max|depot|docker|dtolnay|extractions|go-task'
    r'|google-github-actions|gradle|hashicorp|helm|jdx|jfrog|ko-build|magefile|opentofu|oven-sh|pnpm|ruby|sigstore)'
    r'/(?:action-|ghaction-)?setup-[\w-]+'
    r'|actions/(?:checkout|upload-artifact|cache/save|attest[\w-]*|create-github-app-token|labeler|stale)'
    r'|docker/(?:login|metadata|build-push|scout|bake)-action|aws-actions/[\w-]+|google-github-actions/(?:auth|get-[\w-]+)'
    r'|azure/(?:login|docker-login|aks[\w-]*)|sigstore/[\w-]+|golangci/[\w-]+|codecov/[\w-]+|aquasecurity/[\w-]+'
    r'|step-security/harden-runner|anchore/scan-action|redhat-actions/podman-login|hadolint/hadolint-action'
    r'|dorny/(?:paths-filter|test-reporter)|tj-actions/changed-files|jlumbroso/free-disk-space|helm/kind-action'
    r'|crazy-max/ghaction-(?:docker-meta|docker-buildx|github-runtime)|rlespinasse/github-slug-action|pnpm/action-setup'
    r'|github/codeql-action(?:/[\w-]+)?|slackapi/[\w-]+|peter-evans/(?:dockerhub-description|repository-dispatch)'
    r'|softprops/action-gh-release|docker-practice/actions-setup-docker'
    r')@.+'
)
_CHECKOUT = regex(r'(?i)(?:https://[^/]+/)?actions/checkout@.+')
_BRINGS = regex(r'(?i)(?:https://[^/]+/)?actions/(?:download-artifact|cache(?:/restore)?)@.+')


def written(action: str, paths: str | None) -> tuple[str, ...]:
    """What a step of an action may make; `paths` is its input `path`, a line each, None where that is not known."""
    if _CHECKOUT.fullmatch(action) and paths:
        return (join('', paths.strip()) or '',)
    if _NOTHING.fullmatch(action):
        return ()
    if _BRINGS.fullmatch(action) and paths:
        found = (join('', line.strip()) for line in paths.split('\n') if line.strip() and not line.startswith('!'))
        # A home folder, or another absolute one, is not in the repository.
        return tuple(
            path.partition('*')[0].rpartition('/')[0] if '*' in path else path for path in found if path is not None
        )
    return ANYTHING
