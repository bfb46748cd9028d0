"""How sure a share of a sample is: Wilson's interval.

How to use::

    >>> wilson(18, 20)
    (69.9, 97.2)
    >>> wilson(0, 10)
    (0.0, 27.8)
    >>> wilson(0, 0)
    (0.0, 100.0)

Of many files a few are looked at; the true share lies between the two percentages in 95 of 100 such samples.
Unlike the textbook's "± 1.96 σ" it is right for few cases and for shares near 0 and 100 %, too.
"""

from math import sqrt

Z95 = 1.959964


def wilson(part, whole, z=Z95):
    """Return (lowest, highest) percentage, with one decimal."""
    if not whole:
        return 0.0, 100.0
    share, square = part / whole, z * z
    middle = share + square / (2 * whole)
    spread = z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    scale = 100 / (1 + square / whole)
    return round(max(middle - spread, 0) * scale, 1), round(min((middle + spread) * scale, 100), 1)
