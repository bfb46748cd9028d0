"""Share customers among specialists, balanced by load and weighted by ability.

How to use::

    >>> share(["a", "b", "c"], {"li": (10, 1.0), "chen": (8, 1.0)})
    {'a': 'chen', 'b': 'chen', 'c': 'li'}
    >>> share(["a", "b", "c"], {"li": (0, 2.0), "chen": (0, 1.0)})
    {'a': 'li', 'b': 'chen', 'c': 'li'}
"""

import heapq


def share(items, people):
    """Return ``{item: person}`` (handbook CUS-5).

    ``people`` maps a person to ``(customers already held, weight)``; whoever
    would have the smallest load per weight gets the next item. A person with
    weight 0 gets none; without anybody left the result is empty.
    """
    heap = [
        ((load + 1) / weight, order, person, load, weight)
        for order, (person, (load, weight)) in enumerate(people.items())
        if weight > 0
    ]
    heapq.heapify(heap)
    result = {}
    for item in items:
        if not heap:
            break
        _ratio, order, person, load, weight = heap[0]
        result[item] = person
        load += 1
        heapq.heapreplace(heap, ((load + 1) / weight, order, person, load, weight))
    return result
