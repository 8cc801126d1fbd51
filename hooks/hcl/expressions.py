"""Expressions of HCL: each is read once, into a function that gives its value in a scope."""

from __future__ import annotations

from hooks.hcl import NotUnderstood, evaluated, known, text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from hooks.hcl import Expression, Scope, Value

# The operators, the loosest first; `==` of two kinds is false.
LEVELS = (('||',), ('&&',), ('==', '!='), ('<', '>', '<=', '>='), ('+', '-'), ('*', '/', '%'))


def literal(value: Value) -> Expression:
    return lambda scope: value


def unknown(scope: Scope) -> Value:
    """What is not evaluated."""
    raise NotUnderstood


def name(of: str) -> Expression:
    return lambda scope: scope.value(of)


def call(of: str, args: list[Expression]) -> Expression:
    return lambda scope: scope.call(of, args)


def template(parts: Sequence[Expression]) -> Expression:
    """A string with `${…}` in it; one that is nothing else is of the kind that it holds."""
    if len(parts) == 1:
        return parts[0]
    return lambda scope: ''.join(text(known(part(scope))) for part in parts)


def chosen(condition: Expression, then: Expression, otherwise: Expression) -> Expression:
    return lambda scope: (then if _truth(condition(scope)) else otherwise)(scope)


def _truth(value: Value) -> bool:
    if value in ('true', 'false') and isinstance(value, str):
        return value == 'true'
    if not isinstance(value, bool):
        raise NotUnderstood
    return value


def unary(operator: str, operand: Expression) -> Expression:
    def negative(scope: Scope) -> Value:
        value = operand(scope)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise NotUnderstood
        return -value

    return (lambda scope: not _truth(operand(scope))) if operator == '!' else negative


def binary(operator: str, left: Expression, right: Expression) -> Expression:
    if operator == '||':
        # Both sides are evaluated: what is wrong with one is an error.
        return lambda scope: any([_truth(left(scope)), _truth(right(scope))])
    if operator == '&&':
        return lambda scope: all([_truth(left(scope)), _truth(right(scope))])
    if operator in ('==', '!='):
        return lambda scope: equal(left(scope), right(scope)) is (operator == '==')
    return unknown


def equal(left: Value, right: Value) -> bool:
    """Whether two values are the same, and of one kind."""
    for value in (left, right):
        if isinstance(value, (list, dict)):
            raise NotUnderstood
        known(value)
    kinds = (bool, str, (int, float))
    if left is None or right is None:
        return left is right
    return left == right and any(isinstance(left, kind) and isinstance(right, kind) for kind in kinds)


def element(of: Expression, key: Expression) -> Expression:
    """`of.key` and `of[key]`."""

    def found(scope: Scope) -> Value:
        value, at = of(scope), known(key(scope))
        if isinstance(value, dict) and text(at) in value:
            return known(value[text(at)])
        if isinstance(value, list) and isinstance(at, int) and 0 <= at < len(value):
            return known(value[at])
        raise NotUnderstood

    return found


def items(parts: list[Expression]) -> Expression:
    return lambda scope: [evaluated(part, scope) for part in parts]


def mapping(pairs: list[tuple[Expression, Expression]]) -> Expression:
    return lambda scope: {text(known(key(scope))): evaluated(value, scope) for key, value in pairs}
