"""Reminders of the past year: those of services that have been done since.

The planner finds only what is due now. What it would have found a week before each earlier
service, with what was known by then, is written here as it would have left it; who was called,
when and with what result is then up to `history.py`, as with everything else.
"""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from .past import Past

TRIGGERS = {"first": "first_service", "periodic": "periodic_service"}


class Reminders:
    """Writes one dealer's reminders of services; `served` tells which day each came too late."""

    def __init__(self, history):
        self.history, self.env, self.company = history, history.env, history.company
        self.past = Past(self.env, self.company)
        self.served = {}
        rules = self.env["dcrc.followup.rule"].search([("company_id", "=", self.company.id)])
        self.rules = {rule.trigger: rule for rule in rules if rule.trigger in (*TRIGGERS.values(), "past_due")}
        self.came_back = self.env["dcrc.reason"].search([("code", "=", "came_back")], limit=1)

    def plan(self):
        """Write what is not written yet; return how many. Safe to repeat as more becomes known."""
        self.past.load()
        self._there = self._get_there()
        rows = [row for car in self.past.ids for row in self._get_rows(car)]
        partners = self.env["fleet.vehicle"].browse([row["vehicle_id"] for row in rows]).mapped("dcrc_contact_id")
        partners.fetch(["dcrc_specialist_id"])
        records = self.env["dcrc.followup"].create([self._prepare(row) for row in rows])
        for row, record in zip(rows, records, strict=True):
            if row["state"] == "missed":
                self.served[record.id] = row["served"]
        return len(rows)

    def _get_there(self):
        """``{(rule, car, day of the service before)}`` of what is written already."""
        rules = [rule.id for rule in self.rules.values()]
        found = self.env["dcrc.followup"].search_fetch(
            [("rule_id", "in", rules)], ["rule_id", "vehicle_id", "service_base_date"]
        )
        return {(f.rule_id.id, f.vehicle_id.id, f.service_base_date or None) for f in found}

    def _get_rows(self, car):
        """Reminders of all of a car's services that have another one after them."""
        services = self.past.services.get(car, [])
        horizon = self.history.today - timedelta(days=400)
        for base, served in zip([None, *services], services, strict=False):
            if served < horizon:
                continue
            row = self.past.get_due(car, base, served)
            if row:
                yield from self._get_rows_of(car, base, served, row)

    def _get_rows_of(self, car, base, served, row):
        due, kind = row["dcrc_next_service_date"], row["dcrc_next_service_kind"]
        for trigger in (TRIGGERS[kind], "past_due"):
            rule = self.rules.get(trigger)
            if not rule or (rule.id, car, base) in self._there:
                continue
            dates = self._get_dates(rule, due)
            if dates["date_expiry"] < rule.active_from:
                continue
            facts = {"rule": rule, "vehicle_id": car, "base": base, "due": due, "served": served, **dates}
            if served > dates["date_start"]:
                yield {**facts, "state": "missed"}
            elif trigger != "past_due" and rule._get_list_end(served - timedelta(days=1)) >= dates["date_start"]:
                yield {**facts, "state": "cancelled"}

    def _get_dates(self, rule, due):
        start = due + rule._get_offset()
        last = start + relativedelta(**{f"{rule.window_unit}s": rule.window_count})
        return {"date_start": start, "date_due": last, "date_expiry": last + timedelta(days=rule.expiry_days)}

    def _prepare(self, row):
        rule, car = row["rule"], self.env["fleet.vehicle"].browse(row["vehicle_id"])
        cancelled = row["state"] == "cancelled"
        return {
            "rule_id": rule.id,
            "source_model": "fleet.vehicle",
            "source_id": car.id,
            "company_id": self.company.id,
            "partner_id": car.dcrc_contact_id.id,
            "vehicle_id": car.id,
            "purpose": rule.purpose,
            "channel": rule.channel,
            "priority": rule.priority,
            "occurrence": str(row["base"] or "new"),
            "anchor_date": row["due"],
            "date_start": row["date_start"],
            "date_due": row["date_due"],
            "date_expiry": row["date_expiry"],
            "service_base_date": row["base"],
            "user_id": car.dcrc_contact_id.dcrc_specialist_id.id,
            "state": self.history.get_undone(row["date_expiry"]),
            "base_state": "in",
            **(self.prepare_came_back(row["served"]) if cancelled else {}),
        }

    def prepare_came_back(self, served):
        """Values of a reminder that a visit has settled before the customer was reached."""
        evening = self.history.utc(datetime.combine(served, time(18, 30)))
        return {
            "state": "cancelled",
            "cancel_reason_id": self.came_back.id,
            "base_state": "out",
            "exit_source": "rule",
            "exit_on": evening,
            "done_on": evening,
            "contact_id": False,
        }

    def drop_served(self, conversations):
        """Take out what a visit had settled before the conversation's end; return those left."""
        left = []
        for conversation in conversations:
            day = conversation.closed.date()
            for followup in list(conversation.followups):
                served = self._get_served(followup, day)
                if served:
                    conversation.followups.remove(followup)
                    followup.write(self.prepare_came_back(served))
            if conversation.followups:
                left.append(conversation)
        return left

    def _get_served(self, followup, until):
        """Day on which a reminder's service was done, if that was by the day `until`."""
        if followup.rule_id in self.rules.values():
            day = self.history.results.get_service(followup, until)
            if day:
                return day
        day = self.served.get(followup.id)
        return day if day and day <= until else None
