"""Corrections of the year: wrong numbers that calls have found, and what then became of the calls."""

from datetime import datetime, time, timedelta

from .conversation import WRONG
from .voice import FRESH_DAYS, Voice

OTHER_ITEMS = (
    ("name", "姓名录错一个字", 4),
    ("plate", "车牌录错，行驶证上不是这个号", 4),
    ("other", "联系地址已经搬家", 3),
    ("other", "生日登记有误", 2),
)


class Corrections(Voice):
    """Writes the corrections of one dealer, handed over as complaints are."""

    def __init__(self, history, story):
        super().__init__(history, story)
        self._seen = 0
        self.wrong_number = self.env["dcrc.followup"]._get_reason("wrong_number")

    def fill(self):
        """Write the whole year."""
        self.create_corrections(self._get_wrong_numbers() + self._other_corrections())

    def correct_numbers(self):
        """Write what the conversations since then have found wrong."""
        self.create_corrections(self._get_wrong_numbers())

    def _get_wrong_numbers(self):
        done, self._seen = self._seen, len(self.history.conversations)
        return [self.correction_of(c) for c in self.history.conversations[done:] if c.end in WRONG]

    def correction_of(self, conversation):
        """The correction that a wrong number opened: dict, see `create_corrections`."""
        phone = conversation.partner.dcrc_phone_ids[:1]
        sales = conversation.followups[0].delivery_id
        return {
            "moment": conversation.closed,
            "kind": "sales" if sales else "service",
            "phone_state": conversation.end,
            "conversation": conversation,
            "vals": {
                "item": "phone",
                "source": "call",
                "call_id": conversation.contact.call_ids.sorted("id")[-1:].id,
                "partner_id": conversation.partner.id,
                "user_id": conversation.user.id,
                "phone_id": phone.id,
                "wrong_value": phone.number,
                "note": conversation.attempts[-1].note,
            },
        }

    def _other_corrections(self):
        people = [c for c in self.story.customers if c.get("record") and c["cars"][0].get("record")]
        rows = []
        for item, note, count in OTHER_ITEMS:
            for place, customer in enumerate(self.rng.sample(people, min(count, len(people) // 8))):
                # the newest of each kind is still with the department
                day = self.today - timedelta(days=self.rng.randrange(10, 200) if place else self.rng.randrange(1, 4))
                car = customer["cars"][0]["record"]
                if item == "plate" and not car.license_plate:
                    continue
                number = self.rng.randrange(10000, 99999)
                old = {"name": customer["name"][:1] + "伟", "plate": f"渝A{number}"}
                rows.append(
                    {
                        "moment": datetime.combine(day, time(10)) + timedelta(minutes=self.rng.randrange(400)),
                        "kind": self.rng.choice(("sales", "service")) if place else "sales",
                        "open": not place,
                        "vals": {
                            "item": item,
                            "source": "manual",
                            "note": note,
                            "partner_id": customer["record"].id,
                            "wrong_value": old.get(item),
                            "vehicle_id": car.id if item == "plate" else False,
                            "user_id": customer["record"].dcrc_specialist_id.id,
                        },
                    }
                )
        return rows

    def create_corrections(self, rows):
        """Create corrections oldest first; ``rows``: dicts moment, kind, vals, phone_state."""
        seen, Correction = set(), self.env["dcrc.correction"]
        for row in sorted(rows, key=lambda row: row["moment"]):
            vals = row["vals"]
            key = vals["partner_id"], vals["item"]
            if key in seen:
                continue
            seen.add(key)
            moment = self.history.utc(row["moment"])
            record = Correction.with_context(ir_sequence_date=f"{moment:%Y}-06-30").create(
                {**vals, "company_id": self.company.id, "date": moment}
            )
            record.write(self._settle_correction(record, row))
            self._hand_over(record, row)
            if row.get("conversation") and record.closed_on:
                self._let_go(record, row["conversation"])
        self._backdate("dcrc_correction")

    def _settle_correction(self, record, row):
        rng, age = self.rng, (self.today - row["moment"].date()).days
        vals = {}
        found = self._new_value(record)
        if record.item == "phone":
            record.phone_id.with_context(dcrc_direct_write=True).state = row["phone_state"]
        if row.get("open") or age <= FRESH_DAYS and rng.random() < 0.4 or age < 2:
            return vals
        proposed = row["moment"] + timedelta(hours=rng.uniform(2, 30))
        by = self.departments[row["kind"]].responsible_id.id
        unknown = record.item == "phone" and rng.random() < 0.25 and not self._is_called_later(record, row)
        vals |= {"answer": "多方查找，未找到新的联系方式。" if unknown else "已与客户或档案核对。"}
        if not unknown:
            vals |= {"new_value": found, "proposed_by": by, "proposed_on": self.history.utc(proposed)}
        if age <= FRESH_DAYS:
            return {**vals, "state": "open" if unknown else "proposed"}
        closed = proposed + timedelta(hours=rng.uniform(1, 40))
        if record.item == "phone" and not unknown:
            self._add_phone(record, found, closed)
        return {
            **vals,
            "state": "closed_unresolved" if unknown else "verified",
            "closed_on": self.history.utc(closed),
            "closed_by": self._get_second(row["vals"]["user_id"]).id,
        }

    def _get_second(self, finder_id):
        """Who confirms what somebody found: never the same person (COR-1)."""
        people = self.company._dcrc_managers() | self.company._dcrc_specialists()
        return people.filtered(lambda user: user.id != finder_id)[:1]

    def _is_called_later(self, record, row):
        return any(
            c.partner == record.partner_id and c.attempts and c.closed > row["moment"]
            for c in self.history.conversations
        )

    def _let_go(self, correction, conversation):
        """What waited for a number: called by the new one, too late for that, or out of the base (FUP-5)."""
        followups = self.env["dcrc.followup"].concat(*conversation.followups)
        closed = self.company._dcrc_to_local(correction.closed_on)
        if correction.state == "closed_unresolved":
            followups.write(
                {
                    "state": "cancelled",
                    "cancel_reason_id": self.wrong_number.id,
                    "done_on": correction.closed_on,
                    "base_state": "out",
                    "exit_source": "person",
                    "exit_found_by": correction.user_id.id,
                    "exit_confirmed_by": correction.closed_by.id,
                    "exit_on": correction.closed_on,
                }
            )
            return
        followups.write({"base_state": "in"})
        later = self.env["dcrc.call"].search(
            [("partner_id", "=", correction.partner_id.id), ("started_at", ">", correction.closed_on)]
        )
        later.phone_id = correction.partner_id._dcrc_best_phone()
        self.history.call_again(followups, closed.date() + timedelta(days=1))

    def _new_value(self, record):
        if record.item == "phone":
            return self.story.people.mobile()
        if record.item == "name":
            return record.partner_id.name
        return record.vehicle_id.license_plate if record.item == "plate" else False

    def _add_phone(self, record, number, closed):
        self.env["dcrc.phone"].create(
            {
                "partner_id": record.partner_id.id,
                "number": number,
                "sequence": 5,
                "state": "ok",
                "last_check": closed.date(),
            }
        )
