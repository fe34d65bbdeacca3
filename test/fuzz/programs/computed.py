"""What the operators and functions of the language compute."""
import math

LEAST, MOST = -(1 << 63), (1 << 63) - 1


class Failed(Exception):
    """The program fails with this kind."""

    def __init__(self, kind="value"):
        super().__init__(kind)
        self.kind = kind


class Endless(Exception):
    """Python does not compute what takes too long."""


class Budget:
    """How many calls of lambdas, rounds and assignments one computation may take."""
    MOST = 5000
    left = MOST

    @classmethod
    def spend(cls):
        cls.left -= 1
        if cls.left < 0:
            raise Endless


def sized(value):
    """The value, unless it is a text or list that has grown out of hand."""
    if isinstance(value, (str, list)) and len(value) > Budget.MOST:
        raise Endless
    return value


def joined(a, b):
    return sized(a + b)


def whole(value):
    if LEAST <= value <= MOST:
        return value
    raise Failed


def divided(a, b):
    if b == 0:
        raise Failed
    return whole(abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1))


def rest(a, b):
    if b == 0:
        raise Failed
    return abs(a) % abs(b) * (-1 if a < 0 else 1)


def real_divided(a, b):
    if b != 0:
        return a / b
    if a == 0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def real_rest(a, b):
    if math.isinf(a) or b == 0 or math.isnan(a) or math.isnan(b):
        return math.nan
    return math.fmod(a, b)


def of_floats(function):
    """An int beside a float is one, too."""
    return lambda a, b: function(float(a), float(b))


def at(items, index):
    if 0 <= index < len(items):
        return items[index]
    raise Failed


def known(mapping, key):
    if key in mapping:
        return mapping[key]
    raise Failed


def cut(items, begin, end):
    begin = max(0, min(begin, len(items)))
    return items[begin:max(begin, min(end, len(items)))]


def half_away(number):
    down = math.floor(abs(number))
    return int(math.copysign(down + (abs(number) - down >= 0.5), number))


def folded(items, first, step):
    for item in items:
        Budget.spend()
        first = step(first, item)
    return first


def mapped(items, function):
    return [function(item) for item in items]
