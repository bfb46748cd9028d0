"""Length of a text message and how many parts it is charged as.

Chinese providers charge a text of up to 70 characters as one part and a longer
one by 67 characters each, signature and opt-out wording included. Operators count
units of UTF-16: a rare character or a picture is two.

How to use::

    >>> count_parts("您好" * 35)
    (70, 1)
    >>> count_parts("您好" * 36)
    (72, 2)
    >>> count_parts("😀" * 35 + "好")
    (71, 2)
"""

ONE, EACH = 70, 67


def count_parts(text):
    """Return ``(characters, parts)``; no characters are no part."""
    length = len((text or "").encode("utf-16-le")) // 2
    if length <= ONE:
        return length, 1 if length else 0
    return length, -(-length // EACH)
