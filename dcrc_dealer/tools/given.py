"""What callers may hand to a public method, written beside the method.

    @api.model
    @given(partner_id=Id("res.partner"), kind=Text, day=Day)
    def get_something(self, partner_id, kind=None, day=None): ...

The door of our models (`models/foundations/base_door.py`) holds every argument against its
shape before the method runs: what has another form is refused in words, and every id
must be one that the caller may read. A missing value (None, False, "") always passes:
whether an argument is needed is for the method to say.
"""

import math
from datetime import date, datetime

MAX_INT = 2**31 - 1
DEEPEST = 20
YEARS = range(1900, 2200)


class Malformed(ValueError):
    """A value of another form than the one asked for; the text is its path."""


def given(**shapes):
    """Say of what shape the arguments of a public method are."""

    def mark(method):
        method._dcrc_given = shapes
        return method

    return mark


def is_number(value):
    """Whether this is a finite number."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def is_whole(value):
    """Whether this is a whole number that PostgreSQL's integer can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and -MAX_INT <= value <= MAX_INT


def is_text(value):
    """Whether this is a text that the database can hold: no NUL, no lone surrogate."""
    if not isinstance(value, str) or "\x00" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_day(value, years=YEARS):
    """Whether this is a day: a date, or a text like "2026-11-20" of one of the `years`."""
    return isinstance(value, date) or _is_written(value, ("%Y-%m-%d",), years)


def is_moment(value):
    """Whether this is a moment: a datetime, or a text like "2026-11-20 08:30:00"."""
    return isinstance(value, datetime) or _is_written(
        value, ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")
    )


def _is_written(value, patterns, years=YEARS):
    for pattern in patterns if isinstance(value, str) else ():
        try:
            return datetime.strptime(value, pattern).year in years
        except ValueError:
            continue
    return False


class Shape:
    """What a value looks like; `ids` finds the records that it points at."""

    def ids(self, value, path):
        """Yield (model name, id); raise `Malformed` for a value of another form."""
        if value is not None and value is not False and value != "":
            yield from self._ids(value, path)

    def _ids(self, value, path):
        raise NotImplementedError

    def with_ids(self, pick):
        """Yield (model name, value): values that hold the id which ``pick(model name)`` returns, in each place."""
        return ()


class Plain(Shape):
    """A value that points at no record."""

    def __init__(self, test):
        self.test = test

    def _ids(self, value, path):
        if not self.test(value):
            raise Malformed(path)
        return ()


Text, Whole, Day, Moment = map(Plain, (is_text, is_whole, is_day, is_moment))
DayOrMoment = Plain(lambda value: is_day(value) or is_moment(value))
Flag = Plain(lambda value: value is True or is_whole(value))


class OneOf(Plain):
    """One of these texts."""

    def __init__(self, *values):
        super().__init__(lambda value: isinstance(value, str) and value in values)


class Id(Shape):
    """The id of a record of a model."""

    def __init__(self, model):
        self.model = model

    def _ids(self, value, path):
        if isinstance(value, bool) or not isinstance(value, int):
            raise Malformed(path)
        yield self.model, value

    def with_ids(self, pick):
        yield self.model, pick(self.model)


class Each(Shape):
    """A list, each of whose values has a shape."""

    def __init__(self, shape):
        self.shape = shape

    def _ids(self, value, path):
        if not isinstance(value, (list, tuple)):
            raise Malformed(path)
        for index, item in enumerate(value):
            yield from self.shape.ids(item, f"{path}[{index}]")

    def with_ids(self, pick):
        for model, value in self.shape.with_ids(pick):
            yield model, [value]


class Keys(Shape):
    """A dictionary whose keys have these shapes; other keys are refused."""

    def __init__(self, **shapes):
        self.shapes = shapes

    def _ids(self, value, path):
        if not isinstance(value, dict):
            raise Malformed(path)
        for key, item in value.items():
            if key not in self.shapes:
                raise Malformed(f"{path}.{key}")
            yield from self.shapes[key].ids(item, f"{path}.{key}")

    def with_ids(self, pick):
        for key, shape in self.shapes.items():
            for model, value in shape.with_ids(pick):
                yield model, {key: value}


class ById(Shape):
    """A dictionary by the ids of a model, as numbers or (JSON) as texts."""

    def __init__(self, model, shape):
        self.model = model
        self.shape = shape

    def _ids(self, value, path):
        if not isinstance(value, dict):
            raise Malformed(path)
        for key, item in value.items():
            text = str(key)
            if isinstance(key, bool) or not (text.isascii() and text.isdigit()) or len(text) > 18:
                raise Malformed(path)
            yield self.model, int(text)
            yield from self.shape.ids(item, f"{path}[{text}]")

    def with_ids(self, pick):
        yield self.model, {str(pick(self.model)): None}
        for model, value in self.shape.with_ids(pick):
            yield model, {str(pick(self.model)): value}


class _Free(Shape):
    """Anything that JSON carries and the database can hold; numbers in it are no ids."""

    def _ids(self, value, path, depth=0):
        if depth > DEEPEST:
            raise Malformed(path)
        if isinstance(value, dict):
            for key, item in value.items():
                self._ids(key, path, depth + 1)
                self._ids(item, f"{path}.{key}", depth + 1)
        elif isinstance(value, (list, tuple)):
            for item in value:
                self._ids(item, path, depth + 1)
        elif not (value is None or isinstance(value, (bool, int)) or is_text(value) or is_number(value)):
            raise Malformed(path)
        return ()


Free = _Free()
