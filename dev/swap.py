"""Another body for functions that are loaded already, wherever they are kept: for mutants."""

import gc
from types import CodeType, FunctionType

NEW_LOCALS = 0x02  # a flag of functions, that bodies of modules and classes have not


def swap(path, was, changed):
    """Give the living functions of the file at `path` their changed code; return whether that was possible.

    What a module or a class says itself, such as the default of an argument, can't be changed afterwards.

    :param was: the source that was loaded; `changed`: the one that is meant instead.
    """
    old, new = ([*_parts(compile(text, str(path), "exec"))] for text in (was, changed))
    others = dict(zip(_names(new), new))
    todo = []
    for name, code in zip(_names(old), old):
        other = others.get(name)
        if other is not None and _says(code) == _says(other):
            continue
        if other is None or not code.co_flags & NEW_LOCALS:
            todo.append((code, None))
        else:
            todo.append((code, other))
    for function in _living(path):
        for code, other in todo:
            if function.__code__ == code:
                if other is None or other.co_freevars != code.co_freevars:
                    return False
                function.__code__ = other
    return bool(todo) and all(code.co_flags & NEW_LOCALS for code, _other in todo)


def _parts(code):
    """Yield a piece of code and all that it holds."""
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _parts(part)


def _names(parts):
    """Name each piece: what it is called, and which of that name it is."""
    seen = {}
    for part in parts:
        number = seen[part.co_qualname] = seen.get(part.co_qualname, 0) + 1
        yield part.co_qualname, number


def _says(code):
    """What a piece does, wherever its lines stand; a function with its inner ones, a body without its functions."""
    plain = [(type(part), part) for part in code.co_consts if not isinstance(part, CodeType)]
    inner = [_says(part) for part in code.co_consts if isinstance(part, CodeType) and code.co_flags & NEW_LOCALS]
    return code.co_code, code.co_names, code.co_freevars, plain, inner


def _living(path):
    gc.unfreeze()
    return [f for f in gc.get_objects() if type(f) is FunctionType and f.__code__.co_filename == str(path)]
