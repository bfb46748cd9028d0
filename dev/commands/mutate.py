"""see whether the tests notice mistakes: ./dcrc mutate [ROOM …] [--count N] [--seed N]

One thing at a time is changed in the code or SQL of the rooms (all of them unless named), in a copy of
the working tree with a database of its own; the tests that should notice are run. What survives is
listed with its place and change. The bar is 85 % in each room.
"""

import hashlib
import queue
import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from .. import mutants
from ..base import Failure, say, state_dir, timed
from ..mutant_tests import TestFiles, TestMap
from ..scratch import Scratch
from ..source import source_key
from ..workshop import Workshop

BAR = 0.85
FILES = 8  # that are run at a time without a mutant
LONGER = 3  # times what the tests take without a mutant: then it waits for ever


def arguments(parser):
    """Where, how many, which."""
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="only these rooms (tools and reports are some)")
    parser.add_argument("--count", type=int, default=20, help="mutants in all, rooms taking turns (20)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another sample (1)")
    parser.add_argument("-j", "--jobs", type=int, default=2, help="mutants side by side (2)")


def run(options):
    """Try the mutants; return 1 when a room is below the bar."""
    chosen = _sample(_rooms(options.rooms), options.count, random.Random(options.seed))
    shop, results = Workshop(), {}
    with ExitStack() as stack:
        free = queue.SimpleQueue()
        for number in range(options.jobs):
            free.put(stack.enter_context(Scratch(shop, number)))
        with ThreadPoolExecutor(options.jobs) as pool:
            with timed("the tests without a mutant, and what they enter"):
                seen = _look(free, pool, chosen)
            for mutant, survived in pool.map(lambda m: _try(free, m, seen), chosen):
                results.setdefault(mutant.room, []).append((mutant, survived))
    return _report(results, options.seed)


def _rooms(names):
    known = mutants.rooms()
    unknown = set(names) - set(known)
    if unknown:
        raise Failure(f"No such room: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    return {name: files for name, files in known.items() if not names or name in names}


def _sample(rooms, count, chance):
    """Return mutants, room by room in turn, none twice."""
    decks = []
    for room, files in rooms.items():
        deck = [mutant for path in files for mutant in mutants.mutants_of(room, path)]
        decks.append(chance.sample(deck, min(count, len(deck))))
    turns = (deck[turn] for turn in range(count) for deck in decks if turn < len(deck))
    return [mutant for mutant, _number in zip(turns, range(count))]


def _look(free, pool, chosen):
    """Return which tests enter what, after running the files that the mutants need."""
    seen = TestMap(TestFiles())
    files = sorted({file for mutant in chosen for file in seen.files.of(mutant)})
    tree = source_key(tests=True)
    places = {str(file): _place(tree, file) for file in files}
    missing = [file for file, place in places.items() if not place.exists()]
    parts = [missing[start : start + FILES] for start in range(0, len(missing), FILES)]
    list(pool.map(lambda part: _map(free, {file: places[file] for file in part}), parts))
    for place in places.values():
        seen.add(place)
    return seen


def _place(tree, file):
    """Where it stands what a test file enters, for other rooms and seeds as long as nothing has changed."""
    key = hashlib.sha256(f"{tree} {file}".encode()).hexdigest()[:16]
    return state_dir() / "mutate" / f"{key}.json"


def _map(free, places):
    """Run test files and note what they enter; they must pass, or every mutant would seem to be noticed."""
    scratch = free.get()
    try:
        passed, line = scratch.map(places)
    finally:
        free.put(scratch)
    if not passed:
        raise Failure(f"The tests fail without any mutant: {line}")


def _try(free, mutant, seen):
    """Return (mutant, has nobody noticed)."""
    scratch, chosen, start = free.get(), seen.of(mutant), time.monotonic()
    try:
        survived, line = True, "no test concerns this file"
        if chosen:
            patience = LONGER * seen.seconds(chosen) + 60
            survived, line = scratch.test(chosen, patience, mutant, seen.is_at_load(mutant))
        if not survived and seen.files.may_commit(line):
            scratch.reset()
    finally:
        free.put(scratch)
    word = "SURVIVED" if survived else "killed"
    told = "" if survived else line[:100]
    say(f"{word:8} {mutant.room:12} {mutant}  [{len(chosen)} in {time.monotonic() - start:.0f} s] {told}")
    return mutant, survived


def _report(results, seed):
    """Print a table by room and the survivors; return 1 when a room is below the bar."""
    print(f"{'room':14} mutants  killed  share   (seed {seed})")
    low = []
    for room, tried in results.items():
        killed = sum(not survived for _mutant, survived in tried)
        share = killed / len(tried)
        low += [room] if share < BAR else []
        print(f"{room:14} {len(tried):7} {killed:7} {share:6.0%}{'' if share >= BAR else '  below the bar'}")
    alive = [mutant for tried in results.values() for mutant, survived in tried if survived]
    total = sum(map(len, results.values()))
    if total:
        print(f"{'all':14} {total:7} {total - len(alive):7} {1 - len(alive) / total:6.0%}")
    for mutant in alive:
        print(f"SURVIVED {mutant.kind:8} {mutant}  in {mutant.function}")
    return 1 if low else 0
