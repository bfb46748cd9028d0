from odoo import models
from odoo.tools import SQL


class RateMixin(models.AbstractModel):
    """Analyses whose rates say nothing when they are of too few cases (REM-7).

    A rate is the mean of a column that is empty where a row does not count; with fewer rows than
    `res.company.dcrc_rate_minimum` it is empty, too, and the screen shows “–”.
    """

    _name = "dcrc.rate.mixin"
    _description = "Rates of enough cases"

    _RATES = ()

    def _read_group_select(self, aggregate_spec, query):
        selected = super()._read_group_select(aggregate_spec, query)
        name, _colon, function = aggregate_spec.partition(":")
        if name not in self._RATES or function != "avg":
            return selected
        counted = super()._read_group_select(f"{name}:count", query)
        return SQL("CASE WHEN %s >= %s THEN %s END", counted, self.env.company.sudo().dcrc_rate_minimum or 1, selected)
