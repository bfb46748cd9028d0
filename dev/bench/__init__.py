"""Benchmarks: each module here is one, called by `./dcrc bench [NAME …] --size … --json FILE`.

A module has one function, run in a process of its own, inside the venv, with Odoo importable, on a
fresh database named after it that has both add-ons and Chinese but no demo data:

    def run(env_factory, size):
        '''Return rows {"bench", "metric", "value", "bar", "better", "size", "rows"}.'''
        with env_factory() as env:          # superuser, tracking off; committed at the end
            ...

- `env_factory(login=None, **context)` opens an environment on a cursor of its own; the block's end
  commits, an exception rolls back. Use it as often as you like: each has an empty cache.
- `size` is "small", "medium" or "large"; `CARS[size]` says how many cars that is.
- "bar" is the number to reach, "better" is "lower" or "higher"; "rows" says on how much data.
- Shared helpers go into modules that start with an underscore.
"""

# Those that start from a copy of the database that `_fleet.run` fills, once a day and size.
FLEETS = {"plan", "import", "console", "load"}
CARS = {"small": 10_000, "medium": 100_000, "large": 1_000_000}
