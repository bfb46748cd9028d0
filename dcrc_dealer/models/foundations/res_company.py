from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from odoo.addons.base.models.res_partner import _tz_get


class ResCompany(models.Model):
    """A dealer: a company with a customer center. Every figure is a default to change."""

    _inherit = "res.company"

    dcrc_dealer = fields.Boolean("Has a customer center", readonly=True, copy=False)
    dcrc_tz = fields.Selection(
        _tz_get,
        "Dealer's time zone",
        default="Asia/Shanghai",
        required=True,
        help="Days, opening and calling hours are counted in this zone.",
    )
    dcrc_plan_days = fields.Integer("Plan ahead (days)", default=7, help="How far ahead the nightly planning looks.")
    dcrc_contact_gap_days = fields.Integer(
        "Days between contacts",
        default=1,
        help="Nobody is contacted again for marketing before so many days have passed.",
    )
    dcrc_number_owners = fields.Integer(
        "Number of nobody from (customers)",
        default=5,
        help="A number that so many customers have is dialled for none of them: it waits for a correction.",
    )
    dcrc_dms_stale_hours = fields.Integer("DMS lists are late after (hours)", default=24)
    dcrc_service_interval_months = fields.Integer(
        "Service interval (months)",
        default=6,
        help="Used to tell an overdue car as long as its model has no service plan.",
    )
    dcrc_retention_on = fields.Boolean(
        "Take away by night",
        help="What is kept longer than the months below is taken away every night: look at the preview first.",
    )
    dcrc_keep_customers_months = fields.Integer(
        "Customers without any event (months)",
        default=60,
        help="Anonymized when nothing was heard of them for so long. 0: kept for good.",
    )
    dcrc_reveal_alarm = fields.Integer(
        "Revealed numbers in an hour",
        default=100,
        help="The manager is told of whoever shows so many masked numbers within an hour.",
    )
    dcrc_share_phone = fields.Boolean(
        "Numbers in Odoo's own field, too",
        help="Everybody who sees contacts then sees customers' numbers: invoicing, sales, other applications.",
    )
    dcrc_assign_new = fields.Boolean(
        "Assign new customers of lists",
        help="Who comes with a DMS list and has no specialist gets one at once, by load and share. Customers of the"
        " first list are old data: a manager assigns them.",
    )
    dcrc_loyal_visits = fields.Integer("Loyal from (visits in 12 months)", default=3)
    dcrc_grade_a_visits = fields.Integer("Grade A from (visits in 12 months)", default=4)
    dcrc_grade_b_visits = fields.Integer("Grade B from (visits in 12 months)", default=2)

    _dcrc_figures_positive = models.Constraint(
        "CHECK (dcrc_plan_days >= 0 AND dcrc_contact_gap_days >= 0 AND dcrc_dms_stale_hours > 0"
        " AND dcrc_service_interval_months > 0 AND dcrc_loyal_visits > 0 AND dcrc_reveal_alarm > 0)",
        "Days, hours, months and visits in the customer center's settings cannot be negative;"
        " hours, months and visits cannot be zero either.",
    )

    _dcrc_number_owners_sane = models.Constraint(
        "CHECK (dcrc_number_owners > 1)", "A number is nobody's from two customers on at the earliest."
    )

    def action_dcrc_preview_retention(self):
        """Say what would be taken away tonight, by kind; nothing is changed."""
        self.ensure_one()
        self.check_access("write")
        lines = [
            self.env._("%(kind)s: %(count)s", kind=label, count=count if months > 0 else self.env._("kept for good"))
            for label, months, count in self.env["dcrc.privacy"]._preview(self)
        ]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "title": self.env._("What would be taken away tonight"),
                "message": "\n".join(lines),
                "sticky": True,
            },
        }

    @api.model
    def _dcrc_dealers(self):
        """All companies with a customer center, whoever asks (for scheduled actions)."""
        return self.sudo().search([("dcrc_dealer", "=", True)])

    def action_dcrc_open_centre(self):
        """Button: make this company a dealer."""
        self.check_access("write")
        self._dcrc_open_centre()

    def _dcrc_open_centre(self):
        """Make companies dealers and copy what they need; running twice changes nothing.

        Rooms with templates name their models in `_dcrc_templates`; what else a dealer needs extends this method.
        """
        self.sudo().dcrc_dealer = True
        self._dcrc_open_numbers()
        for company in self:
            for model in self._dcrc_templates():
                self.env[model]._copy_templates_to(company)

    @api.model
    def _dcrc_templates(self):
        """Extension point: models whose shipped templates a dealer gets copies of, in this order."""
        return ["dcrc.department", "dcrc.clock.rule"]

    def _dcrc_open_numbers(self):
        """Give dealers running numbers for every kind of case that has them, anew each year."""
        sequences = self.env["ir.sequence"].sudo()
        models = {name: cls for name, cls in self.env.registry.items() if getattr(cls, "_number_prefix", None)}
        for company in self:
            have = sequences.search([("code", "in", list(models)), ("company_id", "=", company.id)]).mapped("code")
            sequences.create(
                [
                    {
                        "name": f"{model._description} ({company.name})",
                        "code": name,
                        "prefix": model._number_prefix,
                        "padding": 5,
                        "company_id": company.id,
                        "use_date_range": True,
                    }
                    for name, model in sorted(models.items())
                    if name not in have
                ]
            )

    def _dcrc_tz(self):
        """Name of the dealer's time zone."""
        return self.sudo().dcrc_tz or "Asia/Shanghai"

    def _dcrc_zone(self):
        """The dealer's time zone (tzinfo)."""
        return ZoneInfo(self._dcrc_tz())

    def _dcrc_now(self):
        """The present moment as an aware datetime in the dealer's zone."""
        # datetime.now through fields keeps tests' frozen clock
        utc = fields.Datetime.now().replace(tzinfo=ZoneInfo("UTC"))
        return utc.astimezone(ZoneInfo(self._dcrc_tz()))

    def _dcrc_today(self):
        """The dealer's own calendar day."""
        return self._dcrc_now().date()

    def _dcrc_to_utc(self, local):
        """Turn a naive local datetime of the dealer into naive UTC, as Odoo stores it."""
        aware = local.replace(tzinfo=ZoneInfo(self._dcrc_tz()))
        return aware.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _dcrc_to_local(self, utc):
        """Turn naive UTC into the dealer's naive local datetime."""
        aware = utc.replace(tzinfo=ZoneInfo("UTC"))
        return aware.astimezone(ZoneInfo(self._dcrc_tz())).replace(tzinfo=None)

    def _dcrc_day_bounds(self, day):
        """Return the naive UTC start of `day` and of the next one."""
        start = datetime.combine(day, datetime.min.time())
        return self._dcrc_to_utc(start), self._dcrc_to_utc(start + timedelta(days=1))

    def _dcrc_users_of(self, role):
        """Active users of the dealer with a role: department, user, manager, director or auditor."""
        self.ensure_one()
        group = self.env.ref(f"dcrc_dealer.group_dcrc_{role}")
        return self.env["res.users"].search(
            [("all_group_ids", "in", group.ids), ("company_ids", "in", self.ids), ("share", "=", False)]
        )

    def _dcrc_managers(self):
        """Active managers of the dealer's center."""
        return self._dcrc_users_of("manager")

    def _dcrc_specialists(self):
        """Active specialists and managers of the dealer: whoever may call."""
        return self._dcrc_users_of("user")

    def _dcrc_team(self):
        """Who gets customers by themselves: specialists who are here today (CUS-5)."""
        return self._dcrc_staff().sudo()._dcrc_present(self._dcrc_today()).sudo(False)

    def _dcrc_staff(self):
        """Whose work calling is; managers only in a house that has nobody else, the administrator never."""
        managers = self._dcrc_managers()
        staff = self._dcrc_specialists().sudo() - managers
        return staff or managers.filtered(lambda user: not user.has_group("base.group_system"))
