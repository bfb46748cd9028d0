from odoo import models


class LifecycleWords(models.AbstractModel):
    """Says in words why a car has its risk score."""

    _name = "dcrc.lifecycle.words"
    _description = "Life-Cycle Explanation"

    def _tell(self, cars):
        """Return ``{car: text}``; one line a rule: "+20 Past its service (97 days)"."""
        names = self._get_names(cars)
        return {car: self._lines(car.dcrc_risk_data or [], names) for car in cars}

    def _get_names(self, cars):
        """Return ``{rule id: name}`` of the rules that count for these cars."""
        rules = self.env["dcrc.lifecycle.rule"].sudo().with_context(active_test=False)
        ids = {found["rule"] for car in cars for found in car.dcrc_risk_data or []}
        return {rule.id: rule.name for rule in rules.browse(ids).exists()}

    def _tell_main(self, cars):
        """Return ``{car: its heaviest reason}``: "Past its service (97 days)"."""
        heaviest = {}
        for car in cars:
            found = max(car.dcrc_risk_data or [], key=lambda reason: reason["points"], default=None)
            heaviest[car] = [dict(found, points=0)] if found else []
        rules = self.env["dcrc.lifecycle.rule"].sudo().with_context(active_test=False)
        ids = {found["rule"] for data in heaviest.values() for found in data}
        names = {rule.id: rule.name for rule in rules.browse(ids).exists()}
        return {car: self._lines(data, names) for car, data in heaviest.items()}

    def _lines(self, data, names):
        lines = []
        for found in data:
            name = names.get(found["rule"])
            if name:
                points = f"{found['points']:+d} " if found["points"] else ""
                figure = f" ({found['figure']})" if found.get("figure") else ""
                lines.append(f"{points}{name}{figure}")
        return "\n".join(lines) or False
