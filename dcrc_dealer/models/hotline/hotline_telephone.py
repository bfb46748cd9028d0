"""What a telephone system tells: a call rings, a call is over (HOT-2). See readme/DEVELOP.md for a client."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.given import Flag, OneOf, Plain, given, is_text, is_whole
from ...tools.phone import normalise_phone

Word = Plain(lambda value: is_text(value) or is_whole(value))  # an extension may come as a number
PER_MINUTE = 1200  # calls of a dealer: more is a machine gone wild
POPS_PER_MINUTE = 12  # screens opened for one agent
HIDDEN = {"", "0", "anonymous", "private", "restricted", "unavailable", "unknown", "withheld"}
LONGEST = 64
MESSAGE = "dcrc_dealer.hotline_ring"


class Hotline(models.Model):
    """Two methods for a telephone system, each safe to repeat; nothing here waits for anybody."""

    _inherit = "dcrc.hotline"

    @api.model
    @given(reference=Word, number=Word, agent=Word, direction=OneOf("in", "out"))
    def announce_call(self, reference, number="", agent="", direction="in"):
        """A call rings: note it, and open the caller's file at the agent's screen.

        :param reference: the telephone system's own name of the call; told twice, it is one call, told again
            with another agent, it was put through.
        :param number: as shown; empty, "anonymous" and the like: hidden.
        :param agent: extension or login.
        :param direction: "in", or "out": noted, nothing is opened.
        :return: ``{"id": of the log's line, "agent": name or False, "popped": whether a screen was told,
            "message": str}``
        :raise UserError: more than 1200 calls of this dealer within a minute, or the room is switched off.
        """
        company = self._check_telephone()
        agent, reference = _clean(agent), _clean(reference)
        user = self._find_agent(company, agent)
        ring, news = self._note_ring(company, reference, self._read_number(number), agent, user, direction)
        popped = bool(news and user and direction == "in" and self._may_pop(user))
        if popped:
            user._bus_send(MESSAGE, {"ring_id": ring.id})
        message = (
            "" if user or not agent else self.env._("Nobody here has the extension or login “%(agent)s”.", agent=agent)
        )
        return {"id": ring.id, "agent": user.name or False, "popped": popped, "message": message}

    @api.model
    @given(reference=Word, seconds=Plain(is_whole), answered=Flag, rings=Plain(is_whole))
    def end_call(self, reference, seconds=0, answered=None, rings=0):
        """A call is over.

        :param seconds: how long was talked; 0: nobody answered, unless `answered` says so.
        :param rings: how often it rang, where the telephone system knows.
        :return: ``{"ok": bool, "record": number of the hotline record or False, "message": str}``; a call that was
            never announced is told in `message`, nothing is lost by it.
        """
        company = self._check_telephone()
        ring = (
            self.env["dcrc.hotline.ring"]
            .sudo()
            .search([("company_id", "=", company.id), ("reference", "=", _clean(reference))])
        )
        if not ring:
            message = self.env._("No call “%(reference)s” was announced.", reference=_clean(reference))
            return {"ok": False, "record": False, "message": message}
        if not ring.ended_at:
            seconds = min(max(seconds or 0, 0), 86400)
            told = bool(seconds) if answered is None else bool(answered)
            ring.write(
                {
                    "ended_at": fields.Datetime.now(),
                    "seconds": seconds,
                    "answered": told,
                    "rings": min(max(rings or 0, 0), 99),
                }
            )
            self._take_end(ring)
        return {"ok": True, "record": ring.hotline_id.name or False, "message": ""}

    # -- who, what number ---------------------------------------------------------

    def _check_telephone(self):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("Give the telephone system's user the role of a specialist."))
        company = self.env.company
        if not company._dcrc_has_room("hotline"):
            raise UserError(self.env._("The hotline is switched off for %(dealer)s.", dealer=company.name))
        return company

    @api.model
    def _find_agent(self, company, agent):
        """Who of the dealer's people has this extension or login (may be empty)."""
        users = self.env["res.users"].sudo()
        if not agent:
            return users
        here = Domain("company_ids", "in", company.ids) & Domain("share", "=", False)
        found = users.search(here & Domain("dcrc_extension", "=", agent), limit=2)
        found = found or users.search(here & Domain("login", "=", agent), limit=1)
        return found if len(found) == 1 else users

    @api.model
    def _read_number(self, number):
        """The number as it is dialled, as it came where it can't be, False for a hidden one."""
        text = _clean(number)
        if text.lower() in HIDDEN or not any(sign.isdigit() for sign in text):
            return False
        read, _kind, error = normalise_phone(text)
        return text if error else read

    # -- the log -------------------------------------------------------------------

    @api.model
    def _note_ring(self, company, reference, number, agent, user, direction):
        """Insert the line of a call; return it, and whether this is news for the agent's screen.

        Two announcements at once: PostgreSQL lets one insert, and Odoo repeats the other's request.
        """
        model, now = self.env["dcrc.hotline.ring"].sudo(), fields.Datetime.now()
        ring = model.search([("company_id", "=", company.id), ("reference", "=", reference)])
        if ring:
            moved = bool(user) and ring.user_id != user and not ring.ended_at
            if moved:
                ring.write({"user_id": user.id, "agent": agent, "opened_at": False})
            return ring, moved
        minute = [("company_id", "=", company.id), ("rung_at", ">", now - timedelta(minutes=1))]
        if model.search_count(minute, limit=PER_MINUTE) >= PER_MINUTE:
            raise UserError(self.env._("More than %(count)s calls within a minute: not noted.", count=PER_MINUTE))
        row = self.env.execute_query(
            SQL(
                """INSERT INTO dcrc_hotline_ring (company_id, reference, number, direction, agent, user_id, rung_at,
                                                  answered, create_uid, create_date, write_uid, write_date)
                   VALUES (%(company)s, %(reference)s, %(number)s, %(direction)s, %(agent)s, %(user)s, %(now)s,
                           FALSE, %(uid)s, %(now)s, %(uid)s, %(now)s)
                   ON CONFLICT (company_id, reference) DO NOTHING RETURNING id""",
                company=company.id,
                reference=reference,
                number=number or None,
                direction=direction or "in",
                agent=agent or None,
                user=user.id or None,
                now=now,
                uid=self.env.uid,
            )
        )
        return model.browse(row[0]), True

    @api.model
    def _may_pop(self, user):
        """Nobody's screen is opened more often than somebody can talk."""
        since = fields.Datetime.now() - timedelta(minutes=1)
        recent = [("user_id", "=", user.id), ("rung_at", ">", since), ("direction", "=", "in")]
        return self.env["dcrc.hotline.ring"].sudo().search_count(recent, limit=POPS_PER_MINUTE + 1) <= POPS_PER_MINUTE

    # -- what follows ----------------------------------------------------------------

    @api.model
    def _prepare_from_ring(self, ring):
        """Values of the record of a call: the customer, where the number is one customer's alone."""
        partners = self._find_by_number(ring.company_id, ring.number)
        partner = partners if len(partners) == 1 else partners.browse()
        cars = partner.dcrc_vehicle_ids
        return {
            "company_id": ring.company_id.id,
            "date": ring.rung_at,
            "number": ring.number,
            "hidden_number": not ring.number,
            "partner_id": partner.id,
            "vehicle_id": cars.id if len(cars) == 1 else False,
            "user_id": ring.user_id.id,
            "rings": ring.rings,
        }

    @api.model
    def _find_by_number(self, company, number):
        """The dealer's customers who have exactly this number."""
        if not number:
            return self.env["res.partner"]
        phones = self.env["dcrc.phone"].sudo().search([("company_id", "=", company.id), ("number", "=", number)])
        return phones.partner_id.filtered("active")

    @api.model
    def _take_end(self, ring):
        """A call that nobody took is a record that waits for a call back; one a number and day (HOT-1)."""
        record = ring.hotline_id
        if record and ring.rings and not record.rings and record.state != "done":
            record.rings = ring.rings
        if ring.direction != "in" or ring.answered:
            return
        if not record:
            record = self._find_missed(ring) or self.sudo().create(self._prepare_from_ring(ring))
            ring.hotline_id = record
        if record.state != "done":
            record.write({"missed": True, "missed_count": record.missed_count + 1, "date": ring.rung_at})

    @api.model
    def _find_missed(self, ring):
        """The record that waits for a call back to this number since today."""
        start = ring.company_id._dcrc_day_bounds(ring.company_id._dcrc_today())[0]
        domain = Domain("company_id", "=", ring.company_id.id) & Domain("missed", "=", True)
        domain &= Domain("state", "=", "open") & Domain("number", "=", ring.number) & Domain("date", ">=", start)
        return self.sudo().search(domain, limit=1) if ring.number else self.browse()


def _clean(value):
    """A word of a telephone system, short enough to be kept."""
    return str(value or "").strip()[:LONGEST]
