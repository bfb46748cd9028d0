"""What a DMS list would change: worked out in memory, then written set by set.

`Plan` looks up what a batch of rows names, places each row on customers, cars and
orders (`place_all`), and writes the outcome (`carry_out`). A preview stops before the
writing and keeps one plan for the whole file; an import makes a plan per batch.
"""

from .plan import Line, Plan
