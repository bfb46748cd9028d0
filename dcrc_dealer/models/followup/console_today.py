from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, groupby

from ...tools.given import Flag, given

NEXT_SHOWN = 12
DAY_SHOWN = 12


class Console(models.AbstractModel):
    """The Today screen's payload: as many queries for ten contacts as for a million."""

    _inherit = "dcrc.console"

    @api.model
    @given(team=Flag)
    def get_today(self, team=None):
        """Return what a specialist has to do today.

        :param team: a manager looks at everybody's work, not at the own; None: who is a manager
            does, having few calls or none.
        :return: ``{"team_view": bool, "progress": {"done", "total"}, "lists": {"last", "stale", "action"},
            "is_manager": bool, "tiles": [{"key", "label", "count", "level", "action"}],
            "next_up": […], "my_day": [{"time", "label", "res_model", "res_id", "kind"}],
            "team": [{"user_id", "name", "done", "late", "due", "callback", "action"}]}``;
            a tile's level is "late", "mood" or "normal".
        """
        self._check_specialist()
        is_manager = self.env.user.has_group("dcrc_dealer.group_dcrc_manager")
        team = is_manager and team is not False
        domains = self.env["dcrc.contact"]._queue_domains(team=team)
        return {
            "is_manager": is_manager,
            "team_view": team,
            "progress": self._prepare_progress(domains),
            "lists": self._prepare_lists(),
            "tiles": self._prepare_tiles(domains),
            "next_up": [] if team else self._prepare_next_up(domains),
            "my_day": self._get_my_day(domains),
            "team": self._prepare_team() if team else [],
        }

    def _prepare_progress(self, domains):
        """Closed today, out of those and what can still be called before the day ends."""
        company = self.env.company
        tomorrow = company._dcrc_day_bounds(company._dcrc_today())[1]
        callable_ = Domain("call_after", "=", False) | Domain("call_after", "<", tomorrow)
        done, left = self._count("dcrc.contact", [domains["done"] | domains["failed"], domains["all"] & callable_])
        return {"done": done, "total": done + left}

    def _count(self, model, domains):
        """Count several lists of a model in one query; return the counts in their order."""
        searches = [self.env[model]._search(domain).select(SQL("COUNT(*)")) for domain in domains]
        counts = SQL(", ").join(SQL("(%s)", search) for search in searches)
        return self.env.execute_query(SQL("SELECT %s", counts))[0]

    # -- tiles -------------------------------------------------------------

    def _get_tiles(self, domains):
        """Counts of the day (hook: a room that hands problems to the center adds its own).

        :return: ``[(key, label, model, domain, level)]``; level is "late", "mood" or "normal".
        """
        lists = self.env["dcrc.followup"]._followup_domains()
        missed = ("missed", self.env._("Missed yesterday"), "dcrc.followup", lists["missed_yesterday"], "late")
        exits = ("exits", self.env._("Leave the base"), "dcrc.followup", lists["exit_pending"], "mood")
        is_manager = self.env.user.has_group("dcrc_dealer.group_dcrc_manager")
        return [
            *([missed, exits] if is_manager else []),
            ("late", self.env._("Overdue"), "dcrc.contact", domains["late"], "late"),
            ("due", self.env._("Due"), "dcrc.contact", domains["due"], "normal"),
            ("callback", self.env._("Call back"), "dcrc.contact", domains["callback"], "normal"),
            ("failed", self.env._("Not reached"), "dcrc.contact", domains["failed"], "normal"),
        ]

    def _prepare_tiles(self, domains):
        return self._count_tiles(self._get_tiles(domains))

    def _count_tiles(self, tiles):
        """One count with the list it counted: both take the same domain."""
        counts = {}
        for model, group in groupby(tiles, lambda tile: tile[2]):
            numbers = self._count(model, [tile[3] for tile in group])
            counts.update(zip((tile[0] for tile in group), numbers))
        return [
            {
                "key": key,
                "label": label,
                "count": counts[key],
                "level": level,
                "action": self._prepare_list_action(label, model, domain),
            }
            for key, label, model, domain, level in tiles
        ]

    def _prepare_list_action(self, label, model, domain):
        return {
            "type": "ir.actions.act_window",
            "name": label,
            "res_model": model,
            "views": [[False, "list"], [False, "form"]],
            "domain": list(domain),
            "context": {"create": False},
        }

    # -- next up -----------------------------------------------------------

    def _prepare_next_up(self, domains):
        contacts = self._get_next_up(domains)
        contacts.followup_ids.vehicle_id.fetch(["license_plate"])
        return [self._prepare_next(contact) for contact in contacts]

    def _get_next_up(self, domains):
        """Whom "next call" offers, in its order (see `dcrc.contact._claim_next`)."""
        contacts = self.env["dcrc.contact"]
        free = Domain("claimed_until", "=", False) | Domain("claimed_until", "<", fields.Datetime.now())
        ready = domains["ready"] & (free | Domain("claimed_by", "=", self.env.uid))
        # an empty specialist sorts last: of one day's work the own comes before the pool's
        order = "is_callback desc, priority desc, date_due, user_id.id, id"
        return contacts.search(ready, order=order, limit=NEXT_SHOWN)

    def _prepare_next(self, contact):
        partner = contact.partner_id
        return {
            "contact_id": contact.id,
            "partner_id": partner.id,
            "name": partner.name or "",
            "title": partner._dcrc_title_name(),
            "grade": partner.dcrc_grade,
            "plate": contact.followup_ids.vehicle_id[:1].license_plate or "",
            "reasons": list(dict.fromkeys(contact.followup_ids.mapped("rule_id.name"))),
            "due": fields.Date.to_string(contact.date_due),
            "late": contact.is_late,
            "is_callback": contact.is_callback,
            "call_after": fields.Datetime.to_string(contact.call_after),
            "attempt": contact.attempt_count + 1,
            "warnings": partner._dcrc_warnings(),
        }

    # -- my day ------------------------------------------------------------

    def _get_my_day(self, domains):
        """The day's fixed points, in order of time; other rooms add theirs (hook)."""
        company = self.env.company
        tomorrow = company._dcrc_day_bounds(company._dcrc_today())[1]
        promised = self.env["dcrc.contact"].search(
            domains["all"] & Domain("is_callback", "=", True) & Domain("call_after", "<", tomorrow),
            order="call_after",
            limit=DAY_SHOWN,
        )
        return [
            {
                "time": fields.Datetime.to_string(contact.call_after),
                "label": self.env._("Call back %(name)s", name=contact.partner_id._dcrc_title_name()),
                "res_model": "dcrc.contact",
                "res_id": contact.id,
                "kind": "callback",
            }
            for contact in promised
        ]

    # -- team and lists ----------------------------------------------------

    def _prepare_team(self):
        """Everybody's counts; the action opens the person's queue, where work is moved."""
        contacts = self.env["dcrc.contact"]
        domains = contacts._queue_domains(team=True)
        parts = {key: domains[key] for key in ("late", "due", "callback")}
        parts["done"] = domains["done"] | domains["failed"]
        counts = {
            key: {user.id: n for user, n in contacts._read_group(domain, ["user_id"], ["__count"])}
            for key, domain in parts.items()
        }
        known = set().union(*counts.values()) - {False}
        idle = self.env.company._dcrc_specialists().sudo() - self.env["res.users"].browse(known)
        idle -= self.env.ref("dcrc_dealer.group_dcrc_manager").sudo().all_user_ids
        people = self.env["res.users"].sudo().browse(known) | idle
        rows = [(user.id, user.name) for user in people.sorted("name")]
        if any(False in part for part in counts.values()):
            rows.append((False, self.env._("Nobody yet")))
        return [
            {
                "user_id": user_id,
                "name": name,
                **{key: part.get(user_id, 0) for key, part in counts.items()},
                "action": self._prepare_list_action(
                    name, "dcrc.contact", domains["all"] & Domain("user_id", "=", user_id)
                ),
            }
            for user_id, name in rows
        ]

    def _prepare_lists(self):
        """When the last DMS list came in, and whether that is too long ago (CUS-10)."""
        company = self.env.company
        last = self._get_last_list()
        limit = fields.Datetime.subtract(fields.Datetime.now(), hours=company.dcrc_dms_stale_hours)
        return {
            "last": fields.Datetime.to_string(last) if last else False,
            "stale": not last or last < limit,
            "action": "dcrc_dealer.dms_import_action",
        }

    def _get_last_list(self):
        """When a DMS list was last taken in (UTC datetime or False)."""
        done = [("company_id", "=", self.env.company.id), ("state", "=", "done")]
        return self.env["dcrc.dms.import"].search(done, order="id desc", limit=1).finished_at
