"""Complaints: what a customer is not content with, and what came of it."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

SEVERITIES = [("1", "Normal"), ("2", "Serious"), ("3", "Critical")]


class Complaint(models.Model):
    """One complaint (CMP-1), open until someone writes what came of it (CMP-4)."""

    _name = "dcrc.complaint"
    _description = "Complaint"
    _inherit = ["dcrc.handed.mixin"]
    _order = "state desc, severity desc, date desc, id desc"
    _check_company_auto = True

    _clock_level = "severity"
    _number_prefix = "C%(y)s-"
    _moves = {"open": ("closed",), "closed": ("open",)}
    _stamps = {"closed": ("closed_on", "closed_by")}

    # What was said
    source = fields.Selection(
        [
            ("call", "Follow-up call"),
            ("hotline", "Hotline"),
            ("visit", "In person"),
            ("letter", "Letter or e-mail"),
            ("link", "Questionnaire link"),
            ("manufacturer", "Manufacturer"),
            ("social", "Social media"),
            ("other", "Other"),
        ],
        required=True,
        default="hotline",
        tracking=True,
        help="How the complaint reached the center.",
    )
    text = fields.Text(
        "What the Customer Says", required=True, help="In the customer's own words.", dcrc_personal="words"
    )
    severity = fields.Selection(
        SEVERITIES,
        default="1",
        required=True,
        tracking=True,
        help="Normal: solved within the department.\n"
        "Serious: the department's head takes care of it.\n"
        "Hot: the general manager should know today.",
    )
    call_id = fields.Many2one("dcrc.call", readonly=True, index="btree_not_null", check_company=True)
    followup_id = fields.Many2one(
        "dcrc.followup", "Follow-up", readonly=True, index="btree_not_null", check_company=True
    )
    question_id = fields.Many2one("survey.question", readonly=True)

    # What became of it
    answer = fields.Text("Department's Answer", help="What the department found and did.", dcrc_personal="words")
    answered_on = fields.Datetime(readonly=True, copy=False)
    result = fields.Text(
        copy=False, readonly=True, help="What was agreed with the customer in the end.", dcrc_personal="words"
    )
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        help="Open: someone owes the customer an answer.\nClosed: the result is written down.",
    )

    _closed_has_result = models.Constraint(
        "CHECK (state = 'open' OR (closed_on IS NOT NULL AND result IS NOT NULL))",
        "A closed complaint needs its result and the time of closing.",
    )
    _number_once = models.UniqueIndex("(company_id, name) WHERE name <> '/'", "This number is taken.")
    _list_idx = models.Index("(company_id, state DESC, severity DESC, date DESC, id DESC)")
    _open_idx = models.Index("(partner_id) WHERE state = 'open'")

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints._refresh_followups()
        return complaints

    def write(self, vals):
        if "answer" in vals and vals["answer"]:
            vals = {**vals, "answered_on": fields.Datetime.now()}
        return super().write(vals)

    def _department_fields(self):
        return {"answer", "answered_on"}

    # -- actions -------------------------------------------------------------

    def action_ask_result(self):
        """Open the dialog that asks for the result before closing (one or many)."""
        self._check_centre()
        self._check_move("closed")
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.complaint_close_action")
        return {**action, "context": {"default_complaint_ids": self.ids}}

    def action_reopen(self):
        """Take a closed complaint up again; its old result stays in the chatter."""
        self._check_centre()
        self._check_move("open")
        for complaint in self:
            complaint.message_post(body=self.env._("Opened again. Result until now: %(text)s", text=complaint.result))
        self.sudo().write({"state": "open", "result": False, "closed_on": False, "closed_by": False})
        self._refresh_followups()

    # -- business ------------------------------------------------------------

    @api.model
    def _domains(self):
        """Named lists of the room; tiles, menus and filters use only these."""
        today = self.env.company._dcrc_day_bounds(self.env.company._dcrc_today())
        opened = Domain("state", "=", "open")
        return {
            "open": opened,
            "not_handed": opened & Domain("department_id", "=", False),
            "answered": opened & Domain("answered_on", "!=", False),
            "today": Domain("date", ">=", today[0]) & Domain("date", "<", today[1]),
        }

    @api.model
    def _get_clocks(self):
        """FUP-7: what a call brought up is with the department the same day."""
        waits = self._domains()["not_handed"] & Domain("source", "in", ("call", "link"))
        return {**super()._get_clocks(), "handing": waits}

    def _close(self, result):
        """Close with a result in words (raises UserError when it is empty)."""
        self._check_centre()
        self._check_move("closed")
        if not (result or "").strip():
            raise UserError(self.env._("Write what was agreed with the customer first."))
        self.sudo().write(self._prepare_move("closed", result=result.strip()))
        self._refresh_followups()

    def _refresh_followups(self):
        """REM-6: no marketing while a complaint is open; it goes on once the last is closed."""
        self.env["dcrc.followup.planner"]._refresh(self.partner_id)

    @api.model
    def _prepare_from_call(self, vals):
        """Return the values of a complaint made on the call screen.

        :param vals: text and call_id or followup_id, optionally partner_id, vehicle_id,
            department_id, question_id, severity, company_id; what is missing comes from
            the call, the follow-up and the question's department.
        """
        call = self.env["dcrc.call"].browse(vals.get("call_id"))
        followup = self.env["dcrc.followup"].browse(vals.get("followup_id"))
        company = call.company_id or followup.company_id
        question = self.env["survey.question"].sudo().browse(vals.get("question_id"))
        kind = question.dcrc_department_kind or followup and followup._get_department_kind()
        department = self.env["dcrc.department"]._get_for(kind, company) if kind else None
        filled = {name: value for name, value in vals.items() if value}
        return {
            "company_id": company.id,
            "source": "call",
            "partner_id": (call.partner_id or followup.partner_id).id,
            "vehicle_id": followup.vehicle_id.id,
            "department_id": department.id if department else False,
            **filled,
        }
