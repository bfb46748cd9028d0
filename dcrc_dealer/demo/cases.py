"""Win-back cases of the past months: opened when a car was at risk or lost, worked on, closed.

Which cars get one is drawn from the life cycle's changes; how it ended is what the car did.
The attempts are ordinary follow-ups of the win-back rule, called as `history.py` calls all.
"""

from datetime import timedelta

from odoo.tools import SQL

MONTHS_DAYS = 300  # the oldest case
SHARE = 0.065  # cases a customer
JUDGED_DAYS, OPEN_DAYS = 95, 45  # older ones are closed; younger ones may be open
# the centre rather opens cases for the lost; what its work adds to those who come anyway
PREFERRED = {"lost": 3.0, "at_risk": 0.7}
GAIN = {"lost": 0.4, "at_risk": 0.6}
GAP = (9, 18)  # days between attempts
MOST = 4
HELPED = (
    "服务经理亲自致电并道歉",
    "半价二保打动了客户",
    "免费检测预约到店后发现刹车片过薄",
    "代金券有有效期，客户当月就来了",
    "上门取送车",
    "客户本来就快到里程，电话及时",
    "答应固定技师负责",
)
NOTES = {
    "won": ("客户说以后还是在店里做。", "到店时由经理接待。", ""),
    "lost": ("客户办了其他门店的保养卡，明年再联系。", "嫌远，不再来店。", "多次沟通无意愿。"),
    "cancelled": ("车辆已过户，新车主另建档案。", "同一客户另一台车重复建案。"),
    "open": ("等客户月底回复。", "周末再约。", ""),
}
REASONS = ("lost_price", "lost_far", "lost_waiting", "lost_other_shop", "lost_no_time", "lost_not_needed")


class _Stand:
    """How a car stood on a day: what plans and words ask of a car."""

    def __init__(self, entry, value):
        self.dcrc_stage, self.dcrc_region, self.dcrc_warranty_state = entry.stage, entry.region, entry.warranty
        self.dcrc_risk_data, self.dcrc_value = entry.reasons, value


class Cases:
    """Writes the win-back cases of one dealer."""

    def __init__(self, history, life, plot):
        self.history, self.life, self.plot = history, life, plot
        self.env, self.company, self.rng = history.env, history.company, history.rng
        self.today = history.today
        self.plans = self.env["dcrc.retention.plan"].search([("company_id", "=", self.company.id)])
        reasons = self.env["dcrc.reason"].search([("kind", "=", "lost"), ("code", "!=", False)])
        self.reasons = {reason.code: reason for reason in reasons}
        self.rule = self.env["dcrc.followup.rule"].search(
            [("company_id", "=", self.company.id), ("trigger", "=", "retention_case")], limit=1
        )
        self.leaves = {k["record"].id: k["leaves"] for _c, k in plot.all_cars() if k.get("record")}

    def fill(self):
        """Create cases with their attempts, and have the attempts called."""
        rows = self._choose()
        cases = self.env["dcrc.retention.case"].create([self._prepare(row) for row in rows])
        attempts = [pair for row, case in zip(rows, cases, strict=True) for pair in self._get_attempts(row, case)]
        followups = self.env["dcrc.followup"].create([vals for vals, _found, _served in attempts])
        for followup, (_vals, found, served) in zip(followups, attempts, strict=True):
            self.history.results.fixed[followup.id] = found
            if served:
                self.history.reminders.served[followup.id] = served
        self.history.fill()
        # what was still to be done when its case was closed
        waiting = followups.filtered(lambda f: f.state in ("planned", "open", "blocked"))
        over = cases.filtered(lambda case: case.state != "open")
        waiting.filtered(lambda f: f.source_id in over.ids)._cancel("case_closed")
        self._backdate(cases)

    # -- which cars, and what became of them -------------------------------

    def _choose(self):
        """Dicts of cases, oldest first: entry, opened, state, closed, visit, reason."""
        found = [row for row in map(self._look, self.life.entries) if row]
        count = max(8, round(len(self.plot.customers) * SHARE))
        old = [row for row in found if (self.today - row["opened"]).days > JUDGED_DAYS]
        fresh = [row for row in found if (self.today - row["opened"]).days <= OPEN_DAYS and not row["back"]]
        taken = set()
        rows = self._draw_old(old, count - count // 4, taken) + self._draw(fresh, count // 4, taken)
        for group in (old, fresh):
            away = [row for row in rows if row in group and not row["back"]]
            for row in rows:
                if row in group:
                    row.update(self._end(row, away.index(row) if row in away else 0))
        return sorted(rows, key=lambda row: (row["opened"], row["entry"].car))

    def _draw_old(self, rows, count, taken):
        """Cases of each stage, region and warranty: some more come back than without a case."""
        groups = {}
        for row in rows:
            entry = row["entry"]
            groups.setdefault((entry.stage, entry.region or "", entry.warranty or ""), []).append(row)
        total = sum(PREFERRED[key[0]] * len(group) for key, group in groups.items())
        chosen = []
        for key, group in sorted(groups.items()):
            wanted = round(count * PREFERRED[key[0]] * len(group) / total)
            back, away = [[row for row in group if bool(row["back"]) is came] for came in (True, False)]
            share = len(back) / len(group)
            came = int(wanted * (share + GAIN[key[0]] * (1 - share)) + self.rng.random())
            chosen += self._draw(back, came, taken) + self._draw(away, wanted - came, taken)
        return chosen

    def _look(self, entry):
        """A case that might have been opened some days after a car entered a stage, or None."""
        since = (self.today - entry.day).days
        if entry.stage not in ("at_risk", "lost") or not 2 <= since <= MONTHS_DAYS:
            return None
        opened = min(entry.day + timedelta(days=self.rng.randrange(1, 14)), self.today - timedelta(days=1))
        visit = self.life.get_visit_after(entry.car, entry.day)
        if visit and visit[0] <= opened + timedelta(days=2):
            return None
        soon = visit and (visit[0] - opened).days <= JUDGED_DAYS - 5
        return {"entry": entry, "opened": opened, "back": visit if soon else None}

    def _draw(self, rows, count, taken):
        """Draw rows of `count` cars, each car once in all."""
        chosen = []
        for row in self.rng.sample(rows, len(rows)):
            if row["entry"].car not in taken and len(chosen) < count:
                taken.add(row["entry"].car)
                chosen.append(row)
        return chosen

    def _end(self, row, number):
        """State, closing day and reason of a case; `number`: among those that did not come back."""
        age = (self.today - row["opened"]).days
        leaves = self.leaves.get(row["entry"].car)
        reason = leaves["reason"] if leaves else self.rng.choice(REASONS)
        if row["back"]:
            return {"state": "won", "closed": row["back"][0], "reason": None}
        if age <= OPEN_DAYS and number % 5:
            return {"state": "open", "closed": None, "reason": None}
        if number % 6 == 1:
            closed = row["opened"] + timedelta(days=self.rng.randrange(3, 20))
            return {"state": "cancelled", "closed": min(closed, self.today), "reason": "lost_sold"}
        closed = row["opened"] + timedelta(days=self.rng.randrange(25, 75))
        return {"state": "lost", "closed": min(closed, self.today), "reason": reason}

    def _prepare(self, row):
        entry, rng = row["entry"], self.rng
        car = self.env["fleet.vehicle"].browse(entry.car)
        stand = _Stand(entry, float(self.life.get_spent(entry.car, row["opened"])))
        plan = self.plans._propose_for(stand)
        state = row["state"]
        return {
            "vehicle_id": car.id,
            "company_id": self.company.id,
            "partner_id": car.dcrc_contact_id.id,
            "user_id": car.dcrc_contact_id.dcrc_specialist_id.id,
            "plan_id": plan.id,
            "cost": plan.cost + rng.choice((0, 0, 0, 30, 60)) if state in ("won", "open") else plan.cost * 0.2,
            "stage": entry.stage,
            "risk": entry.score,
            "risk_note": self.env["dcrc.lifecycle.words"]._tell([stand])[stand],
            "region": entry.region,
            "warranty": entry.warranty,
            "value": stand.dcrc_value,
            "state": state,
            "opened_on": row["opened"],
            "closed_on": row["closed"],
            "visit_id": row["back"][1] if state == "won" else False,
            "reason_id": self.reasons[row["reason"]].id if row["reason"] in self.reasons else False,
            "next_contact_on": self._get_next(row),
            "minutes_extra": rng.choice((0, 0, 10, 15, 30)),
            "helped": rng.choice(HELPED) if state == "won" else False,
            "note": rng.choice(NOTES[state]),
        }

    def _get_next(self, row):
        if row["state"] == "open":
            return self.today + timedelta(days=self.rng.randrange(0, 9))
        return self._get_days(row)[-1]

    # -- attempts ------------------------------------------------------------

    def _get_days(self, row):
        """Days on which the customer was to be called."""
        if "days" not in row:
            last = min(row["closed"] or self.today, self.today) - timedelta(days=2)
            days = [row["opened"]]
            while len(days) < MOST and (day := days[-1] + timedelta(days=self.rng.randrange(*GAP))) <= last:
                days.append(day)
            row["days"] = days
        return row["days"]

    def _get_attempts(self, row, case):
        """``[(values of a follow-up, what is said, day of the visit)]``."""
        days = self._get_days(row)
        return [
            (self._prepare_attempt(case, day), self._say(row, day == days[-1]), row["back"] and row["back"][0])
            for day in days
            if day < self.today
        ]

    def _say(self, row, last):
        rng, leaves = self.rng, self.leaves.get(row["entry"].car)
        if last and row["state"] == "won":
            return {"result": rng.choice(("booked", "booked", "will_come"))}
        if last and row["state"] in ("lost", "cancelled"):
            if leaves and leaves["place"] and rng.random() < 0.5:
                return {
                    "result": "elsewhere",
                    "place": leaves["place"],
                    "price": f"{leaves['price']:.0f}",
                    "reason": row["reason"],
                }
            return {"result": "refused", "reason": row["reason"]}
        if rng.random() < 0.4:
            return {"result": "will_come"}
        return {"result": "not_yet", "reason": rng.choice(REASONS)}

    def _prepare_attempt(self, case, day):
        rule = self.rule
        return {
            "rule_id": rule.id,
            "source_model": case._name,
            "source_id": case.id,
            "company_id": self.company.id,
            "partner_id": case.partner_id.id,
            "vehicle_id": case.vehicle_id.id,
            "purpose": rule.purpose,
            "channel": rule.channel,
            "priority": rule.priority,
            "occurrence": str(day),
            "anchor_date": day,
            "date_start": day,
            "date_due": day + timedelta(days=rule.window_count),
            "date_expiry": day + timedelta(days=rule.window_count + rule.expiry_days),
            "user_id": case.user_id.id,
            "state": self.history.get_undone(day + timedelta(days=rule.window_count + rule.expiry_days)),
        }

    def _backdate(self, cases):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_retention_case SET create_date = opened_on + interval '2 hours',
                      write_date = COALESCE(closed_on, opened_on) + interval '9 hours' WHERE id = ANY(%s)""",
                cases.ids,
            )
        )
        self.env.invalidate_all(flush=False)
