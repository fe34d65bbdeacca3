"""Shapes of JSON values: what a provider accepts in a request, as tables.

A shape is a function of a value and its path, which raises `Wrong`. The wire forms turn that into
the words of their provider."""
import re


class Wrong(Exception):
    """`what` is missing, unknown, type or value; `detail` says what was expected."""

    def __init__(self, what, path, detail="", value=None):
        super().__init__(what, path, detail)
        self.what, self.path, self.detail, self.value = what, tuple(path), detail, value


def anything(_value, _path):
    pass


def text(*words, pattern=None, at_least=0, at_most=None):
    def check(value, path):
        if not isinstance(value, str):
            raise Wrong("type", path, "string", value)
        if words and value not in words:
            raise Wrong("value", path, "one of " + ", ".join(f"'{word}'" for word in words), value)
        if pattern and not re.fullmatch(pattern, value):
            raise Wrong("value", path, f"a string that matches {pattern}", value)
        if len(value) < at_least or (at_most is not None and len(value) > at_most):
            raise Wrong("value", path, "a string of another length", value)

    return check


def number(low=None, high=None, whole=False):
    kind = "integer" if whole else "number"

    def check(value, path):
        if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
            raise Wrong("type", path, kind, value)
        if low is not None and value < low:
            raise Wrong("value", path, f"greater than or equal to {low}", value)
        if high is not None and value > high:
            raise Wrong("value", path, f"less than or equal to {high}", value)

    return check


def integer(low=None, high=None):
    return number(low, high, whole=True)


def flag(value, path):
    if not isinstance(value, bool):
        raise Wrong("type", path, "boolean", value)


def nullable(shape):
    return lambda value, path: None if value is None else shape(value, path)


def items(shape, at_least=0, at_most=None):
    def check(value, path):
        if not isinstance(value, list):
            raise Wrong("type", path, "array", value)
        if len(value) < at_least:
            raise Wrong("value", path, f"at least {at_least} item", value)
        if at_most is not None and len(value) > at_most:
            raise Wrong("value", path, f"at most {at_most} items", value)
        for index, item in enumerate(value):
            shape(item, (*path, index))

    return check


def members(shape):
    """An object whose names are free."""

    def check(value, path):
        obj(value, path)
        for name, member in value.items():
            shape(member, (*path, name))

    return check


def obj(value, path):
    if not isinstance(value, dict):
        raise Wrong("type", path, "object", value)


def fields(required=None, optional=None, ignore_unknown=False):
    """An object with these members. Unknown ones are refused unless the provider ignores them."""
    required, optional = required or {}, optional or {}
    known = {**required, **optional}

    def check(value, path):
        obj(value, path)
        for name in value:
            if name not in known and not ignore_unknown:
                raise Wrong("unknown", (*path, name))
        for name in required:
            if name not in value:
                raise Wrong("missing", (*path, name))
        for name, member in value.items():
            if name in known:
                known[name](member, (*path, name))

    check.optional = optional
    return check


def tagged(tag, shapes, default=None):
    """An object whose member `tag` says which shape it has."""

    def check(value, path):
        obj(value, path)
        if tag not in value and default is None:
            raise Wrong("missing", (*path, tag))
        word = value.get(tag, default)
        if not isinstance(word, str):
            raise Wrong("type", (*path, tag), "string", word)
        if word not in shapes:
            expected = "one of " + ", ".join(f"'{name}'" for name in shapes)
            raise Wrong("value", (*path, tag), expected, word)
        shapes[word](value, path)

    return check


def either(**shapes):
    """By the JSON type of the value: string, array, object."""
    types = {"string": str, "array": list, "object": dict}

    def check(value, path):
        for name, shape in shapes.items():
            if isinstance(value, types[name]):
                return shape(value, path)
        raise Wrong("type", path, " or ".join(shapes), value)

    return check


def constant(word):
    return text(word)
