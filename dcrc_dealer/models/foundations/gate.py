from datetime import date
from itertools import groupby
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, format_date

WAYS = [(channel, purpose) for channel in ("phone", "sms", "email") for purpose in ("care", "marketing")]


class Question(NamedTuple):
    """May this person be contacted? Parts are SQL expressions, see `dcrc.gate`."""

    company: models.Model  # the dealer
    partner: SQL  # id
    vehicle: SQL  # id, NULL: not about a car
    channel: SQL  # phone, sms, email
    purpose: SQL  # care, marketing
    day: SQL  # day of the contact
    number: SQL | None = None  # the number to be used, as stored; None: any of the person's
    since: SQL | None = None  # day of what it is about: whoever owned the car then
    invites: SQL = SQL("FALSE")  # it asks the car to come in
    joins: SQL = SQL("FALSE")  # it is part of a conversation that has begun
    asked: SQL = SQL("FALSE")  # the customer asked for this very contact: no wish stands against it

    @property
    def today(self):
        """The dealer's day."""
        return self.company._dcrc_today()


class Reason(NamedTuple):
    """Why not. The first reason that holds is the answer."""

    code: str
    label: str
    condition: SQL
    excused: bool = False  # the customer's doing, never held against the dealer
    until: SQL | None = None  # last day on which it holds (SQL expression); None: until something is done
    passes: bool = False  # over with the day: what is due waits in the queue meanwhile
    corrects: bool = False  # a correction of the number is called for (COR-1)
    silent: bool = False  # no warning on the customer's page
    guard: SQL | None = None  # one of the neighbours with the same guard holds if and only if it does


class Answer(NamedTuple):
    """A refusal, for one question."""

    code: str
    label: str
    excused: bool
    until: date | None


class Gate(models.AbstractModel):
    """May this person be contacted: by this channel, for this purpose, about this car, at this
    number, on this day; and if not, why (REM-6, FUP-4, SMS-1)?

    The one place that answers. Rooms add their reasons to `_get_reasons`, once; each is an SQL
    condition on the parts of a `Question`, so that sets of questions (`_case` in a query of the
    caller's) and single ones (`_ask`) get the same answer from the same words.
    """

    _name = "dcrc.gate"
    _description = "Who may be contacted"

    @api.model
    def _get_reasons(self, question):
        """Extension point: the `Reason`s, most telling first.

        Conditions use indexes; their tables have aliases that begin with g, which no caller's has.
        """
        return self._get_person_reasons(question) + self._get_number_reasons(question)

    @api.model
    def _case(self, question, but=(), passing=False):
        """Return the SQL expression of the code of the first reason that holds, or NULL.

        :param but: codes that do not matter here.
        :param passing: whether reasons count that are over with the day.
        """
        reasons = [r for r in self._get_reasons(question) if r.code not in but and (passing or not r.passes)]
        cases = []
        for guard, group in groupby(reasons, lambda reason: reason.guard):  # pylint: disable=bad-builtin-groupby  # in their order
            whens = [SQL("WHEN %s THEN %s", reason.condition, reason.code) for reason in group]
            if guard is not None:
                whens = [SQL("WHEN %s THEN CASE %s END", guard, SQL(" ").join(whens))]
            cases += whens
        return SQL("(CASE %s ELSE NULL END)::varchar", SQL(" ").join(cases))

    @api.model
    def _passing(self, question):
        """Return the SQL condition under which a contact waits for tomorrow."""
        conditions = [SQL("(%s)", reason.condition) for reason in self._get_reasons(question) if reason.passes]
        return SQL("(%s)", SQL(" OR ").join(conditions)) if conditions else SQL("FALSE")

    @api.model
    def _ask(self, partner, channel, purpose="care", **about):
        """Return the `Answer` that refuses one contact with `partner`, or None when it may be.

        :param about: `vehicle` (record), `number`, `day`, `since`, `invites`, `joins`, `asked`, `company`.
        """
        question = self._get_question(partner, channel, purpose, **about)
        answers = self._answer(SQL("(SELECT 1 AS key) q"), SQL("q.key"), question)
        return answers.get(1)

    @api.model
    def _find_number(self, partner, channel, purpose="care", **about):
        """Return the number by which `partner` may be contacted, or None (`about` as for `_ask`)."""
        self.env.flush_all()
        question = self._get_question(partner, channel, purpose, **about)
        return self.env.execute_query(SQL("SELECT %s", self._select_number(question)))[0][0]

    @api.model
    def _answer(self, source, key, question, but=(), passing=True):
        """Ask for every row of `source`; return ``{key: Answer}`` of those that are refused.

        :param source: SQL after FROM; `key`, and the parts of `question`, may use its columns.
        """
        self.env.flush_all()
        reasons = {reason.code: reason for reason in self._get_reasons(question)}
        ends = [SQL("WHEN %s THEN %s", code, reason.until) for code, reason in reasons.items() if reason.until]
        until = SQL("CASE r.code %s END", SQL(" ").join(ends)) if ends else SQL("NULL::date")
        query = SQL(
            "SELECT %s, r.code, %s FROM %s CROSS JOIN LATERAL (SELECT %s AS code OFFSET 0) r WHERE r.code IS NOT NULL",
            key,
            until,
            source,
            self._case(question, but=but, passing=passing),
        )
        return {
            (tuple(row[0]) if isinstance(row[0], list) else row[0]): Answer(
                row[1], reasons[row[1]].label, reasons[row[1]].excused, row[2]
            )
            for row in self.env.execute_query(query)
        }

    @api.model
    def _explain(self, company, partner_ids):
        """What customers can't be contacted for, in words, whatever the car.

        :return: ``{partner id: [[code, label, level]]}``: level is "danger" where even a follow-up
            call is refused, else "warning".
        """
        ways = [(*way, number) for number, way in enumerate(WAYS)]
        source = SQL(
            "(SELECT p.id, w.* FROM res_partner p CROSS JOIN (VALUES %s) w(channel, purpose, place)"
            " WHERE p.id = ANY(%s)) q",
            SQL(", ").join(SQL("(%s, %s, %s)", *way) for way in ways),
            partner_ids,
        )
        question = Question(
            company=company,
            partner=SQL("q.id"),
            vehicle=SQL("NULL::integer"),
            channel=SQL("q.channel"),
            purpose=SQL("q.purpose"),
            day=SQL("%s::date", company._dcrc_today()),
        )
        silent = [reason.code for reason in self._get_all() if reason.silent]
        answers = self._answer(source, SQL("ARRAY[q.id, q.place]"), question, but=silent)
        told = {}
        for (partner_id, place), answer in sorted(answers.items()):
            told.setdefault(partner_id, {}).setdefault(answer, []).append(WAYS[place])
        return {
            partner_id: [self._say(answer, ways) for answer, ways in answers.items()]
            for partner_id, answers in told.items()
        }

    @api.model
    def _say(self, answer, ways):
        """One refusal in words: what, for which ways of contact, until when."""
        scope = self._name_ways(ways)
        label = f"{answer.label} ({scope})" if scope else answer.label
        if answer.until:
            day = format_date(self.env, answer.until)
            label = self.env._("%(reason)s, until %(day)s", reason=label, day=day)
        return [answer.code, label, "danger" if ("phone", "care") in ways else "warning"]

    @api.model
    def _name_ways(self, ways):
        """The ways in words; nothing where it is all of them, or the reason says it itself."""
        words = {"phone": self.env._("calls"), "sms": self.env._("text messages"), "email": self.env._("e-mails")}
        marketing = {channel for channel, purpose in ways if purpose == "marketing"}
        care = {channel for channel, purpose in ways if purpose == "care"}
        if care == marketing == set(words):
            return ""
        parts = [words[channel] for channel in words if channel in care]
        only = marketing - care
        if only == set(words):
            parts.append(self.env._("marketing"))
        elif only:
            named = ", ".join(words[channel] for channel in words if channel in only)
            parts.append(self.env._("marketing by %(ways)s", ways=named))
        return ", ".join(parts)

    @api.model
    def _get_question(self, partner, channel, purpose, vehicle=None, number=None, day=None, since=None, **more):
        """The `Question` about one contact, from values."""
        company = more.get("company") or partner.company_id or self.env.company
        return Question(
            company=company,
            partner=SQL("%s::integer", partner.id or None),
            vehicle=SQL("%s::integer", vehicle.id if vehicle else None),
            channel=SQL("%s", channel),
            purpose=SQL("%s", purpose),
            day=SQL("%s::date", day or company._dcrc_today()),
            number=SQL("%s::varchar", number) if number else None,
            since=SQL("%s::date", since) if since else None,
            invites=SQL("%s", bool(more.get("invites"))),
            joins=SQL("%s", bool(more.get("joins"))),
            asked=SQL("%s", bool(more.get("asked"))),
        )

    # -- the reasons in words ----------------------------------------------------------------

    @api.model
    def _get_all(self):
        """All reasons that this database knows (conditions of no use)."""
        null = SQL("NULL")
        return self._get_reasons(Question(self.env.company, null, null, null, null, null))

    @api.model
    def _get_labels(self):
        """``[(code, label)]`` in the user's language: the choices of fields that hold a reason."""
        return list({reason.code: reason.label for reason in self._get_all()}.items())

    @api.model
    def _get_excused(self):
        """Codes of the reasons that are never held against the dealer."""
        return tuple(reason.code for reason in self._get_all() if reason.excused)

    @api.model
    def _get_correctable(self):
        """Codes of the reasons that a correction of the number does away with."""
        return tuple(reason.code for reason in self._get_all() if reason.corrects)
