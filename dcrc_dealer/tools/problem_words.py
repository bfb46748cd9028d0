"""Which problem a customer's words speak of.

How to use::

    >>> known = {1: split_words("异响, 异音"), 2: split_words("空调不制冷，空调"), 3: []}
    >>> find_problem("开空调的时候有异响，响得厉害", known)
    1
    >>> find_problem("空调不制冷", known)
    2
    >>> find_problem("都挺好", known)
    False

The problem whose words stand in the text most often wins; of two alike the one with the longer word,
then the one that is named first.
"""

import re
import unicodedata

BETWEEN = re.compile(r"[,，、;；\n]+")


def split_words(text):
    """Return the words of a list that people have typed, as they are compared."""
    return [word for word in map(_fold, BETWEEN.split(text or "")) if word]


def find_problem(text, known):
    """Return the key of the problem that `text` speaks of, False for none.

    :param known: ``{key: [word]}`` as of `split_words`
    """
    said = _fold(text)
    best, found = (0, 0), False
    for key, words in known.items():
        hits = [word for word in dict.fromkeys(words) if word in said]
        rank = (sum(said.count(word) for word in hits), max(map(len, hits), default=0))
        if rank > best:
            best, found = rank, key
    return found


def _fold(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text or "")).strip().casefold()
