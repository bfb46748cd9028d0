from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from .sms_sms import STATES

FROZEN = {"template_id", "purpose", "audience_domain", "company_id"}


class TextCampaign(models.Model):
    """One text to many customers: who and why, preview, start, stop, result (SMS-1, CAR-1)."""

    _name = "dcrc.text.campaign"
    _description = "SMS campaign"
    _inherit = ["mail.thread", "dcrc.case.mixin", "dcrc.domain.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _dcrc_domain_field = "audience_domain"
    _moves = {"draft": ("running",), "running": ("stopped", "done"), "stopped": ("running", "done")}
    _stamps = {"done": ("done_at",)}

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, default=lambda self: self.env.company
    )
    template_id = fields.Many2one(
        "sms.template", required=True, ondelete="restrict", domain="[('dcrc_company_id', '=', company_id)]"
    )
    purpose = fields.Selection(
        [("care", "Service and care"), ("marketing", "Marketing")],
        required=True,
        compute="_compute_purpose",
        store=True,
        readonly=False,
        precompute=True,
    )
    audience_domain = fields.Char("Customers", default="[('dcrc_customer', '=', True)]", required=True)
    partner_model = fields.Char("Customer Data Model", default="res.partner", store=False)
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("stopped", "Paused"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    prepared = fields.Boolean("All texts are made", readonly=True, copy=False)
    started_at = fields.Datetime(readonly=True, copy=False)
    started_by = fields.Many2one("res.users", readonly=True, copy=False)
    done_at = fields.Datetime("Finished at", readonly=True, copy=False)
    excluded = fields.Json(readonly=True, copy=False)
    text_ids = fields.One2many("sms.sms", "dcrc_campaign_id", "SMS")
    # before the start
    preview = fields.Text(compute="_compute_preview")
    audience_count = fields.Integer("Customers found", compute="_compute_audience")
    send_count = fields.Integer("To be sent", compute="_compute_audience")
    exclusions = fields.Text("Excluded Customers", compute="_compute_audience")
    # results
    total = fields.Integer("Texts in all", compute="_compute_results")
    planned = fields.Integer("Texts planned", compute="_compute_results")
    waiting = fields.Integer(compute="_compute_results")
    accepted = fields.Integer("With the provider", compute="_compute_results")
    recorded = fields.Integer("Recorded only", compute="_compute_results")
    delivered = fields.Integer("Reached the phone", compute="_compute_results")
    failed = fields.Integer(compute="_compute_results")
    unknown = fields.Integer(compute="_compute_results")
    cancelled = fields.Integer(compute="_compute_results")
    progress = fields.Float(compute="_compute_results")
    cost = fields.Float(digits=(16, 2), compute="_compute_results")

    @api.depends("template_id")
    def _compute_purpose(self):
        for campaign in self:
            campaign.purpose = campaign.template_id.dcrc_purpose or campaign.purpose or "marketing"

    @api.depends("state", "prepared", "excluded")
    def _compute_results(self):
        groups = self.env["sms.sms"]._read_group(
            [("dcrc_campaign_id", "in", self.ids)], ["dcrc_campaign_id", "state"], ["__count", "dcrc_cost:sum"]
        )
        found = {(campaign.id, state): (count, cost) for campaign, state, count, cost in groups}
        for campaign in self:
            mine = {
                key: [found.get((campaign._origin.id, state), (0, 0.0)) for state in states]
                for key, states in STATES.items()
            }
            for key, rows in mine.items():
                campaign[key] = sum(count for count, _cost in rows)
            campaign.total = sum(campaign[key] for key in STATES)
            campaign.cost = sum(cost or 0.0 for rows in mine.values() for _count, cost in rows)
            expected = 0 if campaign.prepared else (campaign.excluded or {}).get("send", 0)
            campaign.planned = max(campaign.total, expected)
            finished = campaign.total - campaign.waiting
            campaign.progress = 100.0 * finished / campaign.planned if campaign.planned else 0.0

    @api.constrains("audience_domain")
    def _check_audience_domain(self):
        for campaign in self:
            try:
                campaign._dcrc_search_chosen("res.partner", Domain("id", "=", 0)).get_result_ids()
            except (ValueError, TypeError, SyntaxError, KeyError, RecursionError, MemoryError, AccessError) as error:
                raise ValidationError(self.env._("The choice of customers cannot be read.")) from error

    @api.constrains("template_id", "company_id")
    def _check_template(self):
        for campaign in self:
            if campaign.template_id.sudo().dcrc_company_id != campaign.company_id:
                raise ValidationError(self.env._("Choose a template of the dealer's own."))

    def write(self, vals):
        if not FROZEN.isdisjoint(vals) and any(campaign.state != "draft" for campaign in self):
            raise UserError(self.env._("A campaign that has begun is not changed. Duplicate it."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if any(campaign.state != "draft" for campaign in self):
            raise UserError(self.env._("A campaign that has begun is kept: it says who was told what."))

    def copy_data(self, default=None):
        names = [self.env._("%s (copy)", campaign.name) for campaign in self]
        return [dict(vals, name=name) for name, vals in zip(names, super().copy_data(default))]

    def action_start(self):
        """Button: make the texts and let them go."""
        self.check_access("write")
        for campaign in self:
            if campaign.state != "draft":
                raise UserError(self.env._("This campaign has begun already."))
            left_out = campaign._count_audience()
            if not left_out.get("send"):
                raise UserError(self.env._("Nobody is left to get this text."))
            now = fields.Datetime.now()
            campaign._move("running", started_at=now, started_by=self.env.uid, excluded=left_out)
        self.env["dcrc.text.sender"]._wake()

    def action_stop(self):
        """Button: nothing more goes out; what the provider has, it has."""
        self.filtered(lambda campaign: campaign.state == "running")._move("stopped")

    def action_resume(self):
        """Button: go on."""
        self.filtered(lambda campaign: campaign.state == "stopped")._move("running")
        self.env["dcrc.text.sender"]._wake()

    def action_finish(self):
        """Button: what still waits is cancelled."""
        self.check_access("write")
        for campaign in self.filtered(lambda campaign: campaign.state == "stopped"):
            campaign.sudo().text_ids.filtered(lambda t: t.state == "dcrc_waiting").action_set_canceled()
            campaign._move("done", prepared=True)

    def action_open_results(self):
        """Button on a count: exactly the texts that it counted."""
        self.ensure_one()
        key = self.env.context.get("dcrc_result")
        domain = Domain("dcrc_campaign_id", "=", self.id)
        if key in STATES:
            domain &= self.env["sms.sms"]._dcrc_domain(key)
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.sms_sms_action")
        return {**action, "domain": list(domain), "context": {}, "display_name": self.name}

    # -- working -----------------------------------------------------------------------------

    @api.model
    def _prepare_running(self, company, size=500):
        """Make the next texts of a campaign that has begun; return whether there was one."""
        domain = [("company_id", "=", company.id), ("state", "=", "running"), ("prepared", "=", False)]
        campaign = self.sudo().search(domain, order="id", limit=1)
        if campaign:
            campaign._prepare_batch(size)
        return bool(campaign)

    @api.model
    def _finish_running(self, company):
        """Campaigns with nothing left to send are done."""
        domain = [("company_id", "=", company.id), ("state", "=", "running"), ("prepared", "=", True)]
        for campaign in self.sudo().search(domain):
            if not campaign.waiting:
                campaign._move("done")
