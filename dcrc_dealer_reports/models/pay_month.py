from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.dcrc_dealer.models.foundations.worker import Worker

from .pay_scheme import LEVELS

LOOKED_BACK = 3  # months: closed months are compared with today's data for so long


class PayMonth(models.Model):
    """A month's KPI of a department or a person: a preview while it runs, values that stay once it is closed.

    What a closed month was worth is not counted again: its lines keep figures and the rows they stood on
    (`dcrc.pay.result`). That the data have changed since is shown beside (`action_compare`). How a month is counted
    is in `pay_month_count.py`.
    """

    _name = "dcrc.pay.month"
    _description = "KPI of a Month"
    _inherit = ["mail.thread", "dcrc.case.mixin"]
    _order = "month desc, level, user_id, id"
    _check_company_auto = True
    _moves = {"open": ("closed",), "closed": ("open",)}
    _stamps = {"closed": ("closed_on", "closed_by")}

    scheme_id = fields.Many2one(
        "dcrc.pay.scheme", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one("res.company", "Dealer", required=True, readonly=True, index=True)
    month = fields.Date("First Day", required=True, readonly=True)
    month_text = fields.Char("Month", compute="_compute_month_text")
    level = fields.Selection(LEVELS, "Paid to", required=True, readonly=True)
    department_id = fields.Many2one("dcrc.department", readonly=True, check_company=True)
    user_id = fields.Many2one("res.users", "Person", readonly=True, index="btree_not_null")
    state = fields.Selection(
        [("open", "Preview"), ("closed", "Closed")],
        required=True,
        default="open",
        readonly=True,
        tracking=True,
        help="Preview: counted anew every night and on demand.\nClosed: stays as it is, whatever the data become.",
    )
    result_ids = fields.One2many("dcrc.pay.result", "pay_id", "Lines", readonly=True)
    change_ids = fields.One2many("dcrc.pay.change", "pay_id", "What Changed", readonly=True)
    change_count = fields.Integer(compute="_compute_change_count")
    composite = fields.Float("Composite (%)", readonly=True, aggregator="avg")
    weight_sum = fields.Float("Sum of Weights (%)", readonly=True, aggregator=None)
    missing_weight = fields.Float(
        "Weights Without a Figure (%)", readonly=True, aggregator=None, help="They count as 0."
    )
    base_pay = fields.Float("By Completion", readonly=True, digits=(12, 2))
    fines = fields.Float(readonly=True, digits=(12, 2))
    rewards = fields.Float(readonly=True, digits=(12, 2))
    amount = fields.Float(readonly=True, digits=(12, 2))
    counted_on = fields.Datetime("Counted on", readonly=True)
    compared_on = fields.Datetime("Changes Since", readonly=True)
    closed_on = fields.Datetime(readonly=True)
    closed_by = fields.Many2one("res.users", readonly=True)
    differs = fields.Boolean(
        "Data Changed Since", readonly=True, help="Counted today, a line of this closed month would be another."
    )
    reopen_reason = fields.Char("Opened again because", readonly=True, tracking=True)

    _once = models.UniqueIndex(
        "(scheme_id, month, COALESCE(user_id, 0))", "This month is there already for this scheme and person."
    )
    _first_day = models.Constraint("CHECK (EXTRACT(day FROM month) = 1)", "A month is named by its first day.")

    @api.depends("month", "scheme_id", "user_id")
    def _compute_display_name(self):
        for pay in self:
            parts = [f"{pay.month:%Y-%m}" if pay.month else "", pay.scheme_id.name, pay.user_id.sudo().name]
            pay.display_name = " · ".join(filter(None, parts))

    @api.depends("month")
    def _compute_month_text(self):
        for pay in self:
            pay.month_text = f"{pay.month:%Y-%m}" if pay.month else ""

    @api.depends("change_ids")
    def _compute_change_count(self):
        for pay in self:
            pay.change_count = len(pay.change_ids)

    @api.model
    def _prepare(self, company, day, schemes=None):
        """Make the month of `day` for every scheme and person, and count it; return all of the month."""
        month = day.replace(day=1)
        model = self.sudo().with_company(company)
        schemes = (schemes or self.env["dcrc.pay.scheme"].sudo()._get_valid(company, month)).sudo()
        have = model.search([("scheme_id", "in", schemes.ids), ("month", "=", month)])
        known = {(pay.scheme_id, pay.user_id) for pay in have}
        people = company._dcrc_staff().sudo()
        vals_list = []
        for scheme in schemes:
            for user in people if scheme.level == "person" else self.env["res.users"].sudo().browse([False]):
                if (scheme, self.env["res.users"].sudo().browse(user.id or ())) not in known:
                    vals_list.append(
                        {
                            "scheme_id": scheme.id,
                            "company_id": company.id,
                            "month": month,
                            "level": scheme.level,
                            "department_id": scheme.department_id.id,
                            "user_id": user.id,
                        }
                    )
        months = have | model.create(vals_list)
        months.filtered(lambda pay: pay.state == "open")._count()
        return months.sudo(False).with_env(self.env)

    # -- buttons -------------------------------------------------------------------

    def action_count(self):
        """Button: count the preview anew."""
        self._check_leader()
        self.check_access("read")
        if any(pay.state == "closed" for pay in self):
            raise UserError(self.env._("A closed month stays as it is; compare it with today's data instead."))
        self.sudo()._count()

    def action_close(self):
        """Button: freeze the month with the rows it stands on."""
        self._check_leader()
        self._check_move("closed")
        for pay in self:
            last = fields.Date.add(pay.month, months=1, days=-1)
            if last >= pay.company_id._dcrc_today():
                raise UserError(self.env._("%(name)s is not over yet.", name=pay.display_name))
            pay.sudo()._count()
            pay._move("closed", differs=False, compared_on=fields.Datetime.now(), reopen_reason=False)

    def action_ask_reopen(self):
        """Button: ask why a closed month is opened again."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Again"),
            "res_model": "dcrc.pay.reopen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_pay_id": self.id},
        }

    def _reopen(self, reason):
        """Open a closed month again: the general manager, with a reason that stays in the log."""
        self.ensure_one()
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_director"):
            raise AccessError(self.env._("Only the general manager opens a closed month again."))
        frozen = self.env._(
            "Closed with %(composite)s %%, %(amount)s; opened again: %(reason)s",
            composite=f"{self.composite:.2f}",
            amount=f"{self.amount:.2f}",
            reason=reason,
        )
        self._move("open", reopen_reason=reason, differs=False)
        self.sudo().message_post(body=frozen, author_id=self.env.user.partner_id.id)

    def action_compare(self):
        """Button: what a closed month would be by today's data, beside what it is."""
        self._check_leader()
        self.check_access("read")
        self.sudo().filtered(lambda pay: pay.state == "closed")._compare()

    def action_open_changes(self):
        """Button: what changed the result since the day before."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer_reports.pay_change_action")
        return {**action, "domain": [("pay_id", "=", self.id)], "context": {"search_default_by_result": 1}}

    @api.model
    def action_prepare(self):
        """Button: the previews of this month, and of the last one, for all schemes of the dealer."""
        self._check_leader()
        today = self.env.company._dcrc_today()
        self._prepare(self.env.company, fields.Date.subtract(today.replace(day=1), days=1))
        self._prepare(self.env.company, today)
        return self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer_reports.pay_month_action")

    def _check_leader(self):
        if not any(self.env.user.has_group(f"dcrc_dealer.group_dcrc_{role}") for role in ("manager", "director")):
            raise AccessError(self.env._("The manager and the general manager do this."))

    # -- at night ------------------------------------------------------------------

    @api.model
    def _cron_count(self):
        """Every night: this month's previews, what changed in them, and whether closed months would differ."""
        worker = Worker(self.env)
        dealers = self.env["dcrc.pay.scheme"].sudo().search([("company_id", "!=", False)]).company_id
        worker.run(dealers, lambda dealer: worker.attempt(self._count_night, dealer))

    @api.model
    def _count_night(self, company):
        today = company._dcrc_today()
        old = self.sudo().search([("company_id", "=", company.id), ("state", "=", "open")])
        old.result_ids._keep_as_before()
        self._prepare(company, today)
        (old.filtered(lambda pay: pay.month < today.replace(day=1)))._count()
        since = fields.Date.subtract(today.replace(day=1), months=LOOKED_BACK)
        closed = [("company_id", "=", company.id), ("state", "=", "closed"), ("month", ">=", since)]
        self.sudo().search(closed)._compare()
