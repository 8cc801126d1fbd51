"""The time zones that a program loads by name, and that its image has not.

Source: time.LoadLocation of Go 1.21 to 1.27: the file or folder of ZONEINFO, the folders of the system, lib/time of
GOROOT, and what `time/tzdata` holds. "", "UTC" and "Local" need no file.
"""

from __future__ import annotations

from hooks.facts import contents, own_source
from hooks.golang.gofiles import is_standard
from hooks.replay.systems import GOROOT_ZONES, ZONES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from hooks.context.tree import Program
    from hooks.facts.own_source import Literal
    from hooks.facts.places import At, Place

_CALL = 'time.LoadLocation("'
_BUILT_IN = ('', 'UTC', 'Local')
# What stands near a call that makes do without the zone.
_FALLBACKS = ('FixedZone', 'time.UTC', 'time.Local', '.UTC()')
# Modules of which no package imports `time/tzdata`, nor does what they require: looked at with go list.
_WITHOUT = tuple(
    'github.com/IBM/sarama github.com/PuerkitoBio/goquery github.com/aws/aws-sdk-go-v2 github.com/bwmarrin/discordgo '
    'github.com/caarlos0/env github.com/cenkalti/backoff github.com/getsentry/sentry-go github.com/gin-contrib '
    'github.com/gin-gonic/gin github.com/go-chi github.com/go-co-op/gocron github.com/go-playground/validator '
    'github.com/go-redis/redis github.com/go-sql-driver/mysql github.com/go-telegram-bot-api/telegram-bot-api '
    'github.com/gofiber/fiber github.com/golang-jwt/jwt github.com/golang/protobuf github.com/google/uuid '
    'github.com/gorilla github.com/grpc-ecosystem/grpc-gateway github.com/hibiken/asynq github.com/jackc/pgx '
    'github.com/jmoiron/sqlx github.com/joho/godotenv github.com/json-iterator/go github.com/kelseyhightower/envconfig '
    'github.com/labstack/echo github.com/lib/pq github.com/line/line-bot-sdk-go github.com/mattn/go-sqlite3 '
    'github.com/minio/minio-go github.com/nats-io/nats.go github.com/pkg/errors github.com/prometheus/client_golang '
    'github.com/rabbitmq/amqp091-go github.com/redis/go-redis github.com/robfig/cron github.com/rs/cors '
    'github.com/rs/zerolog github.com/samber/lo github.com/segmentio/kafka-go github.com/shopspring/decimal '
    'github.com/sirupsen/logrus github.com/slack-go/slack github.com/spf13 github.com/stretchr/testify '
    'github.com/swaggo github.com/tidwall/gjson github.com/urfave/cli go.mongodb.org/mongo-driver '
    'go.opentelemetry.io/otel go.uber.org/fx go.uber.org/zap golang.org/x google.golang.org/grpc '
    'google.golang.org/protobuf gopkg.in/telebot.v3 gopkg.in/yaml.v2 gopkg.in/yaml.v3 gorm.io/driver/mysql '
    'gorm.io/driver/postgres gorm.io/driver/sqlite gorm.io/gorm'.split()
)


def has_none(at: At) -> bool:
    """Whether the image has no time zones, for certain; what starts the container may still bring them."""
    end = at.moment.end
    if end is None or any(name in end.env for name in ('ZONEINFO', 'GOROOT')):
        return False
    if not all(contents.lacks(at, path) for path in (*ZONES, GOROOT_ZONES)):
        return False
    texts = (at.build.repository.read(each.by) or '' for each in at.build.declared)
    return not any('zoneinfo' in text for text in texts)


def missing(place: Place, program: Program) -> Literal | None:
    """The first zone that a program loads by its name, and where it does; None where it does not, or nobody knows."""
    tags = place.command.flags.get('tags', '')
    source = own_source.source(place, program)
    if source is None or tags is None or 'timetzdata' in tags:
        return None
    if 'time/tzdata' in source.found.imports or not all(map(_is_without, source.found.imports)):
        return None
    loaded = (each for each in source.literals('time', _CALL) if each.value not in _BUILT_IN)
    return next((each for each in loaded if not any(word in each.rest for word in _FALLBACKS)), None)


def _is_without(path: str) -> bool:
    return is_standard(path) or any(path == each or path.startswith(each + '/') for each in _WITHOUT)
