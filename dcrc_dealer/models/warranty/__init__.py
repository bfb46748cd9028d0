"""Statutory warranty (三包) and comeback repairs: what a car's repair orders come to. For managers and the center.

Every repair order is a row (`warranty_repair.py`) with its days, the fault that its words propose
(`warranty_fault.py`), the main part that it replaced, and the order that it comes back from. The law's figures
are data with their source (`warranty_limit.py`). The nightly judging (`fleet_vehicle.py`) warns by cases
(`warranty_case.py`) before a limit is reached; what the customer then demands has the law's clocks
(`clock_rule.py`). The share of repairs that came back is `comeback.py`.

Owns: limits, repairs as seen by the law, faults, warranty cases.
"""

from . import warranty_limit
from . import warranty_fault
from . import warranty_repair
from . import clock_rule
from . import warranty_case
from . import fleet_vehicle
from . import fleet_vehicle_warnings
from . import comeback
from . import res_company
from . import res_partner
from . import console
from . import self_check
