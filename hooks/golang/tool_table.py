"""What each version of a tool's module needs of Go. Written by tools/tool_versions.py: run it, don't edit this.

Module → its commands (folders below it, `.` the module itself), and a line `NEED FIRST LAST` for each run of versions,
in semantic order, that need the same: the go line, then `+DIRECTIVE` for what an older Go does not read; `=PATH` where
go.mod declares another path, as that of a module which has moved does.
"""

DATE = '2026-11-29'
TOOLS: dict[str, tuple[str, str]] = {
    'entgo.io/ent': (
        'cmd/ent cmd/entc',
        '''\
1.21+toolchain v0.13.0 v0.14.0
1.23.0 v0.14.1 v0.14.1
1.23 v0.14.2 v0.14.5
''',
    ),
    'github.com/99designs/gqlgen': (
        '.',
        '''\
1.16 v0.4.4 v0.9.3
1.12 v0.10.0 v0.14.0
1.16 v0.15.0 v0.17.24
1.18 v0.17.25 v0.17.43
1.20 v0.17.44 v0.17.49
1.22.5 v0.17.50 v0.17.64
1.22.12 v0.17.65 v0.17.66
1.23.0+toolchain v0.17.67 v0.17.70
1.23.8+toolchain v0.17.71 v0.17.71
1.23.8 v0.17.72 v0.17.72
1.23.0 v0.17.73 v0.17.78
1.24.0 v0.17.79 v0.17.86
1.25 v0.17.87 v0.17.88
1.25.0 v0.17.89 v0.17.94
1.26 v0.17.95 v0.17.95
1.26.0 v0.17.96 v0.17.98
''',
    ),
    'github.com/a-h/templ': (
        'cmd/templ',
        '''\
1.16 v0.0.80 v0.2.186
1.19 v0.2.194 v0.2.202
1.20 v0.2.208 v0.2.590
1.21 v0.2.598 v0.2.793
1.23+toolchain v0.3.819 v0.3.833
1.23.0+toolchain v0.3.850 v0.3.1001
1.25.0 v0.3.1020 v0.3.1020
1.26.0 v0.3.1100 v0.3.1118
''',
    ),
    'github.com/air-verse/air': (
        '.',
        '''\
=github.com/cosmtrek/air v1.49.0 v1.49.0
1.22 v1.52.3 v1.52.3
1.23 v1.60.0 v1.61.7
1.24 v1.62.0 v1.62.0
1.25 v1.63.0 v1.67.1
1.26.0 v1.67.2 v1.67.4
''',
    ),
    'github.com/bufbuild/buf': (
        'cmd/buf cmd/protoc-gen-buf-breaking cmd/protoc-gen-buf-lint',
        '''\
1.13 v0.3.0 v0.6.0
1.14 v0.11.0 v0.33.0
1.15 v0.34.0 v0.38.0
1.16 v0.40.0 v1.1.0
1.18 v1.2.0 v1.14.0
1.19 v1.15.0 v1.29.0
1.20 v1.30.0 v1.36.0
1.21.0+toolchain v1.37.0 v1.39.0
1.22.0+toolchain v1.40.0 v1.46.0
1.22.7+toolchain v1.47.0 v1.47.2
1.22.0+toolchain v1.48.0 v1.50.0
1.23.0+toolchain v1.50.1 v1.51.0
1.23.4+toolchain v1.52.0 v1.53.0
1.23.0+toolchain v1.54.0 v1.54.0
1.24+toolchain v1.55.0 v1.56.0
1.24.0 v1.57.0 v1.65.0
1.25.6 v1.66.0 v1.66.1
1.25.7 v1.67.0 v1.67.0
1.25.6 v1.68.0 v1.69.0
1.25.10 v1.70.0 v1.72.0
1.26.7 v1.73.0 v1.75.0
''',
    ),
    'github.com/cosmtrek/air': (
        '.',
        '''\
1.16 v1.0.2 v1.0.2
1.13 v1.12.0 v1.12.4
1.15 v1.15.1 v1.15.1
1.16 v1.26.0 v1.27.8
1.17 v1.27.9 v1.40.4
1.19 v1.41.0 v1.41.0
1.20 v1.42.0 v1.44.0
1.21 v1.45.0 v1.49.0
1.22 v1.50.0 v1.51.0
=github.com/air-verse/air v1.52.3 v1.67.4
''',
    ),
    'github.com/deepmap/oapi-codegen': (
        'cmd/oapi-codegen',
        '''\
1.13 v1.3.6 v1.3.6
1.14 v1.6.0 v1.8.2
1.16 v1.9.1 v1.11.0
''',
    ),
    'github.com/deepmap/oapi-codegen/v2': (
        'cmd/oapi-codegen',
        '''\
1.20 v2.1.0 v2.1.0
=github.com/oapi-codegen/oapi-codegen/v2 v2.3.0 v2.8.2
''',
    ),
    'github.com/go-delve/delve': (
        'cmd/dlv',
        '''\
1.16 v0.7.0-alpha v1.2.0
1.10 v1.3.0 v1.3.2
1.11 v1.4.0 v1.7.0
1.16 v1.7.1 v1.21.0
1.17 v1.21.1 v1.21.2
1.21 v1.22.0 v1.25.0
1.22.0 v1.25.1 v1.25.2
1.24 v1.26.0 v1.26.3
1.25 v1.27.0 v1.27.0
1.25.0 v1.27.1 v1.27.2
''',
    ),
    'github.com/go-task/task/v3': (
        'cmd/task',
        '''\
1.13 v3.0.0 v3.0.0
1.23.0 v3.44.1 v3.44.1
1.24.0 v3.45.4 v3.46.4
1.24.6+toolchain v3.47.0 v3.49.1
1.25.10 v3.51.0 v3.53.1
1.26.4 v3.54.0 v3.54.0
''',
    ),
    'github.com/golang-migrate/migrate/v4': (
        'cmd/migrate',
        '''\
1.16 v4.0.0 v4.6.2
1.12 v4.7.0 v4.9.1
1.13 v4.10.0 v4.14.1
1.16 v4.15.0-beta.1 v4.15.2
1.18 v4.16.0 v4.17.1
1.21+toolchain v4.18.0 v4.18.0
1.22.0+toolchain v4.18.1 v4.18.2
1.23.0 v4.18.3 v4.19.0
1.24.0 v4.19.1 v4.19.1
1.25.11 v4.20.0 v4.20.1
''',
    ),
    'github.com/golang/mock': (
        'mockgen',
        '''\
1.16 v1.0.0 v1.3.1
1.11 v1.4.0 v1.6.0
1.15 v1.7.0-rc.1 v1.7.0-rc.1
''',
    ),
    'github.com/golangci/golangci-lint': (
        'cmd/golangci-lint',
        '''\
1.16 v1.6.1 v1.17.1
1.11 v1.18.0 v1.18.0
1.12 v1.19.0 v1.33.0
1.13 v1.33.1 v1.37.1
1.14 v1.38.0 v1.39.0
1.15 v1.40.0 v1.42.1
1.16 v1.43.0 v1.44.2
1.18 v1.45.0 v1.47.3
1.19 v1.48.0 v1.53.3
1.20 v1.54.0 v1.55.2
1.21 v1.56.0 v1.59.1
1.22.1 v1.60.0 v1.63.4
1.23.0 v1.64.0 v1.64.8
''',
    ),
    'github.com/golangci/golangci-lint/v2': (
        'cmd/golangci-lint',
        '''\
1.23.0 v2.0.0 v2.3.1
1.24.0 v2.4.0 v2.8.0
1.25.0+ignore v2.9.0 v2.12.2
1.26.0+ignore v2.13.0 v2.15.0
''',
    ),
    'github.com/google/ko': (
        '.',
        '''\
1.21 v0.15.0 v0.15.0
1.22.3 v0.16.0 v0.16.0
1.24.0 v0.18.0 v0.18.0
1.25.0 v0.18.1 v0.18.1
1.26.3 v0.19.0 v0.19.1
''',
    ),
    'github.com/google/wire': (
        'cmd/wire',
        '''\
1.16 v0.3.0 v0.3.0
1.12 v0.4.0 v0.6.0
1.19 v0.7.0 v0.7.0
''',
    ),
    'github.com/goreleaser/goreleaser': (
        '.',
        '''\
1.14 v0.134.0 v0.134.0
1.22+toolchain v1.26.2 v1.26.2
''',
    ),
    'github.com/goreleaser/goreleaser/v2': (
        '.',
        '''\
1.24 v2.8.0 v2.9.0
1.24.0 v2.10.0 v2.10.0
1.25.0 v2.12.0 v2.12.0
1.25.1 v2.12.5 v2.12.5
1.25.4 v2.13.0 v2.13.0
1.26.0 v2.14.0 v2.14.0
1.26.1 v2.14.3 v2.15.1
1.26.3 v2.16.0 v2.16.0
1.26.4 v2.17.0 v2.18.0-742ae5fc-nightly
1.27.1 v2.18.2 v2.19.0-048a5869-nightly
1.27.0 v2.19.0-1c45861e-nightly v2.19.0-1c45861e-nightly
1.27.1 v2.19.0-2ab31000-nightly v2.19.0-2ab31000-nightly
1.27.0 v2.19.0-315a4fdf-nightly v2.19.0-33cc3630-nightly
1.27.1 v2.19.0-6e408712-nightly v2.19.0-6e408712-nightly
1.27.0 v2.19.0-8afe0bba-nightly v2.19.0-8afe0bba-nightly
1.27.1 v2.19.0-9fa2a655-nightly v2.19.0-a95c9a0d-nightly
1.27.0 v2.19.0-b37d5bb6-nightly v2.19.0-b37d5bb6-nightly
1.27.1 v2.19.0-b428c4cb-nightly v2.19.0-b428c4cb-nightly
1.26.2 v2.19.0-bb9062f5-nightly v2.19.0-bb9062f5-nightly
1.27.1 v2.19.0-d2f775e6-nightly v2.19.0-f5edd739-nightly
''',
    ),
    'github.com/grpc-ecosystem/grpc-gateway': (
        'protoc-gen-grpc-gateway protoc-gen-swagger',
        '''\
1.16 v1.2.2 v1.11.3
1.13 v1.12.1 v1.12.1
1.14 v1.14.4 v1.16.0
''',
    ),
    'github.com/grpc-ecosystem/grpc-gateway/v2': (
        'protoc-gen-grpc-gateway protoc-gen-openapiv2',
        '''\
1.14 v2.5.0 v2.7.0
1.17 v2.7.3 v2.18.0
1.19 v2.18.1 v2.19.1
1.20 v2.20.0 v2.20.0
1.21 v2.22.0 v2.23.0
1.22.7+toolchain v2.24.0 v2.24.0
1.22.0 v2.25.1 v2.25.1
1.22 v2.26.0 v2.26.1
1.23.0 v2.26.3 v2.26.3
1.24.0 v2.26.7 v2.26.7
1.23.0 v2.27.1 v2.27.2
1.24.0 v2.27.3 v2.28.0
1.25.0 v2.29.0 v2.30.0
1.26.0+tool v2.31.0 v2.33.0
''',
    ),
    'github.com/kyleconroy/sqlc': (
        'cmd/sqlc',
        '''\
=github.com/sqlc-dev/sqlc v1.20.0 v1.31.1
''',
    ),
    'github.com/magefile/mage': (
        '.',
        '''\
1.12 v1.11.0 v1.16.1
1.18 v1.17.0 v1.17.2
''',
    ),
    'github.com/oapi-codegen/oapi-codegen/v2': (
        'cmd/oapi-codegen',
        '''\
1.20 v2.3.0 v2.3.0
1.22.5 v2.5.0 v2.5.1
1.24.3+toolchain v2.7.0 v2.7.2
1.25.0 v2.8.0 v2.8.2
''',
    ),
    'github.com/onsi/ginkgo': (
        'ginkgo',
        '''\
1.16 v1.6.0 v1.11.0
1.12 v1.12.0 v1.12.1
1.13 v1.13.0 v1.15.0
1.15 v1.15.2 v1.16.4
1.16 v1.16.5 v1.16.5
''',
    ),
    'github.com/onsi/ginkgo/v2': (
        'ginkgo',
        '''\
1.16 v2.0.0 v2.1.3
1.18 v2.1.4 v2.14.0
1.20 v2.15.0 v2.19.1
1.22 v2.20.2 v2.20.2
1.22.0+toolchain v2.21.0 v2.22.2
1.23.0 v2.23.0 v2.28.0
1.24.0 v2.28.1 v2.28.2
1.25.0 v2.28.3 v2.34.0
''',
    ),
    'github.com/pressly/goose/v3': (
        'cmd/goose',
        '''\
1.14 v3.0.0 v3.0.1
1.16 v3.1.0 v3.5.3
1.17 v3.6.0 v3.9.0
1.18 v3.10.0 v3.14.0
1.19 v3.15.0 v3.17.0
1.20 v3.18.0 v3.21.1
1.21.0 v3.22.0 v3.24.1
1.23.0+toolchain v3.24.2 v3.26.0
1.25.0 v3.27.0 v3.27.0
1.25.7 v3.27.1 v3.27.3
1.26.0 v3.28.0 v3.30.1
''',
    ),
    'github.com/sqlc-dev/sqlc': (
        'cmd/sqlc',
        '''\
=github.com/kyleconroy/sqlc v1.13.0 v1.18.0
1.20 v1.20.0 v1.20.0
1.21 v1.21.0 v1.26.0
1.22+toolchain v1.27.0 v1.27.0
1.22.9 v1.28.0 v1.28.0
1.23.0+toolchain v1.29.0 v1.30.0
1.26.0+toolchain v1.31.0 v1.31.1
''',
    ),
    'github.com/swaggo/swag': (
        'cmd/swag',
        '''\
1.16 v1.0.0 v1.6.3
1.13 v1.6.4 v1.7.6
1.17 v1.7.8 v1.8.0
1.18 v1.8.1 v1.16.6
''',
    ),
    'github.com/swaggo/swag/v2': (
        'cmd/swag',
        '''\
1.18 v2.0.0-rc5 v2.0.0-rc6
''',
    ),
    'github.com/vektra/mockery/v2': (
        '.',
        '''\
1.14 v2.1.0 v2.6.0
1.16 v2.7.4 v2.9.4
1.18 v2.9.6 v2.9.6
1.16 v2.10.0 v2.12.3
1.18 v2.13.0 v2.14.1
1.19 v2.15.0 v2.16.0
1.20 v2.18.0 v2.20.0
1.19 v2.20.2 v2.38.0
1.21+toolchain v2.39.0 v2.40.3
1.22+toolchain v2.41.0 v2.46.0
1.23+toolchain v2.46.1 v2.52.1
1.24+toolchain v2.52.2 v2.53.0
1.23 v2.53.2 v2.53.5
1.25.0 v2.53.7 v2.53.7
''',
    ),
    'github.com/vektra/mockery/v3': (
        '.',
        '''\
1.23.7 v3.0.0-beta.6 v3.0.2
1.25.0 v3.7.0 v3.7.0
1.25.5 v3.8.0 v3.8.0
1.26.0 v3.8.1 v3.9.1
''',
    ),
    'go.uber.org/mock': (
        'mockgen',
        '''\
1.19 v0.2.0 v0.2.0
1.20 v0.3.0 v0.4.0
1.22 v0.5.0 v0.5.0
1.23 v0.5.2 v0.5.2
1.23.0 v0.6.0 v0.6.0
''',
    ),
    'golang.org/x/tools': (
        'cmd/goimports cmd/stringer cmd/deadcode go/analysis/passes/fieldalignment/cmd/fieldalignment',
        '''\
1.12 v0.1.0 v0.1.0
1.17 v0.1.1 v0.1.11
1.18 v0.1.12 v0.18.0
1.19 v0.19.0 v0.24.1
1.22.0 v0.25.0 v0.30.0
1.23.0 v0.31.0 v0.36.0
1.24.0 v0.37.0 v0.42.0
1.25.0 v0.43.0 v0.49.0
1.26.0 v0.50.0 v0.52.0
''',
    ),
    'golang.org/x/tools/gopls': (
        '.',
        '''\
1.11 v0.2.0 v0.4.1
1.13 v0.4.2 v0.5.0
1.12 v0.5.1 v0.6.10
1.16 v0.6.11 v0.6.11
1.17 v0.7.0 v0.7.2
1.18 v0.7.3 v0.15.3
1.19 v0.16.0 v0.16.2
1.23.1 v0.17.0 v0.17.1
1.23.4 v0.18.0 v0.18.1
1.24.2 v0.19.0 v0.20.0
1.25 v0.21.0-pre.1 v0.21.1
1.26.0 v0.22.0-pre.1 v0.23.0
1.27.0 v0.24.0 v0.24.0
''',
    ),
    'golang.org/x/vuln': (
        'cmd/govulncheck',
        '''\
1.18 v1.0.4 v1.0.4
1.22.0 v1.1.4 v1.1.4
1.25.0 v1.2.0 v1.7.0
1.26.0 v1.8.0 v1.9.0
''',
    ),
    'google.golang.org/grpc/cmd/protoc-gen-go-grpc': (
        '.',
        '''\
1.9 v1.1.0 v1.2.0
1.17 v1.3.0 v1.3.0
1.21 v1.5.1 v1.5.1
1.24.0 v1.6.0 v1.6.1
1.25.0 v1.6.2 v1.6.2
''',
    ),
    'google.golang.org/protobuf': (
        'cmd/protoc-gen-go',
        '''\
1.9 v1.21.0 v1.27.1
1.11 v1.28.0 v1.31.0
1.17 v1.32.0 v1.34.1
1.20 v1.34.2 v1.34.2
1.21 v1.35.0 v1.36.5
1.22 v1.36.6 v1.36.7
1.23 v1.36.8 v1.36.12
''',
    ),
    'gotest.tools/gotestsum': (
        '.',
        '''\
1.16 v0.3.0 v0.4.0
1.11 v0.4.1 v1.7.0
1.13 v1.8.0 v1.12.0
1.21 v1.12.1 v1.12.2
1.23.0 v1.12.3 v1.12.3
1.24.0 v1.13.0 v1.13.0
''',
    ),
    'honnef.co/go/tools': (
        'cmd/staticcheck',
        '''\
1.11 v0.0.1-2019.2.3 v0.0.1-2020.1.5
1.14 v0.1.0 v0.1.4
1.17 v0.3.3 v0.3.3
1.19 v0.4.2 v0.4.7
1.22.1 v0.5.1 v0.5.1
1.23 v0.6.0 v0.6.1
1.25.0 v0.7.0 v0.7.0
1.26.0 v0.8.0-rc.1 v0.8.2
''',
    ),
    'mvdan.cc/gofumpt': (
        '.',
        '''\
1.14 v0.1.1 v0.1.1
1.16 v0.2.1 v0.2.1
1.17 v0.3.1 v0.3.1
1.18 v0.4.0 v0.4.0
1.20 v0.6.0 v0.6.0
1.22 v0.7.0 v0.7.0
1.23.0 v0.8.0 v0.8.0
1.24.0 v0.9.0 v0.9.2
1.25.0 v0.10.0 v0.11.0
1.26.0 v0.12.0 v0.12.0
''',
    ),
    'sigs.k8s.io/controller-tools': (
        'cmd/controller-gen',
        '''\
1.17 v0.9.2 v0.9.2
1.19 v0.10.0 v0.11.4
1.20 v0.12.0 v0.14.0
1.23.0 v0.17.0 v0.17.3
1.24.0 v0.19.0 v0.19.0
1.25.0 v0.20.0 v0.20.1
1.26.0 v0.21.0 v0.23.0
''',
    ),
    'sigs.k8s.io/kustomize/kustomize/v4': (
        '.',
        '''\
1.16 v4.5.3 v4.5.3
1.18 v4.5.7 v4.5.7
''',
    ),
    'sigs.k8s.io/kustomize/kustomize/v5': (
        '.',
        '''\
1.19 v5.0.1 v5.0.1
1.20 v5.3.0 v5.3.0
1.21 v5.4.2 v5.4.3
1.22.7 v5.5.0 v5.7.1
1.24.0 v5.8.1 v5.8.1
1.26.0 v5.8.2 v5.8.2
1.27.0 v5.8.3 v5.8.3
''',
    ),
}  # fmt: skip
