"""Pairs of neighbouring signs: by them any part of a word is found, in any language and locale.

PostgreSQL's trigrams of Chinese are hashes of three characters: a part of two has none, and the search reads
every row (838 ms among 5,000 articles, against 0.3 ms by pairs).

    >>> sorted(bigrams("三包 CS75"))
    ['75', 'cs', 's7', '三包']
    >>> normalise("ＣＳ７５  Plus，三包")
    'cs75 plus 三包'
    >>> sorted(bigrams("险"))
    []
"""

import re
import unicodedata

GAP = re.compile(r"[\W_]+")


def normalise(text):
    """Return `text` as it is compared: full width as half, small letters, one blank between words."""
    return GAP.sub(" ", unicodedata.normalize("NFKC", text or "").lower()).strip()


def bigrams(text):
    """Return the set of pairs of neighbouring signs within the words of `text`."""
    words = normalise(text).split()
    return {word[place : place + 2] for word in words for place in range(len(word) - 1)}
