"""Who looked at which masked number, when, and what for."""

from datetime import timedelta

from odoo import api, fields, models

WHY = [("call", "To call the customer back"), ("check", "To check the number"), ("other", "Another reason")]


class Reveal(models.Model):
    """One look at a masked number: append-only, written by the server alone."""

    _name = "dcrc.reveal"
    _description = "Number Access"
    _inherit = ["dcrc.log.mixin"]
    _order = "id desc"
    _rec_name = "what"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", "Customer", readonly=True, index=True)
    what = fields.Char("Number (masked)", required=True, readonly=True, dcrc_personal="number")
    res_model = fields.Char("Record Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    record_name = fields.Char("Seen From", readonly=True, dcrc_personal="words")
    why = fields.Selection(WHY, "Needed", readonly=True, required=True, default="other")
    note = fields.Char("In Words", readonly=True, dcrc_personal="words")
    alarm = fields.Boolean("Manager Told", readonly=True, help="With this look there were too many within an hour.")

    _by_date = models.Index("(company_id, id DESC)")
    _by_user_idx = models.Index("(user_id, company_id, date)")

    @api.model
    def _note(self, vals):
        """Write one look down; the manager is told once an hour of whoever looks too often."""
        company = self.env["res.company"].browse(vals["company_id"])
        since = fields.Datetime.now() - timedelta(hours=1)
        recent = self.search([("user_id", "=", vals["user_id"]), ("company_id", "=", company.id), ("date", ">", since)])
        alarm = len(recent) + 1 >= company.dcrc_reveal_alarm and not any(recent.mapped("alarm"))
        look = self.create({**vals, "alarm": alarm})
        if alarm:
            look._tell_manager(len(recent) + 1)
        return look

    def _tell_manager(self, count):
        company = self.company_id
        group = self.env.ref("dcrc_dealer.group_dcrc_manager")
        managers = group.all_user_ids.filtered(lambda user: company in user.company_ids and not user.share)
        body = self.env._(
            "%(user)s has looked at %(count)s masked numbers within an hour. See Customers → Revealed Numbers.",
            user=self.user_id.name,
            count=count,
        )
        self.env["mail.thread"].message_notify(
            partner_ids=managers.partner_id.ids,
            subject=self.env._("Many numbers revealed: %(user)s", user=self.user_id.name),
            body=body,
        )
