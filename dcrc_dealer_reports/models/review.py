import base64
import hashlib
from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from odoo.addons.dcrc_dealer.models.foundations.measure_figures import NOBODY
from odoo.addons.dcrc_dealer.models.foundations.worker import Worker

MONTHS = 12  # before the month itself
CHAPTERS = ("followups", "satisfaction", "dissatisfied", "checks", "club", "solicitation", "complaints", "improvement")


class Review(models.Model):
    """The monthly review of a dealer (REP-1, 月度回顾分析报告): made by itself, edited, approved, frozen, sent."""

    _name = "dcrc.review"
    _description = "Monthly Review"
    _inherit = ["mail.thread", "dcrc.case.mixin"]
    _order = "month desc, id desc"
    _check_company_auto = True

    _moves = {"draft": ("reviewed",), "reviewed": ("approved", "draft")}
    _stamps = {"reviewed": ("reviewed_by", "reviewed_on"), "approved": ("approved_by", "approved_on")}

    company_id = fields.Many2one(
        "res.company",
        "Dealer",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        domain="[('dcrc_dealer', '=', True)]",
    )
    month = fields.Date(required=True, default=lambda self: self._last_month(), help="Any day of the month.")
    state = fields.Selection(
        [("draft", "Draft"), ("reviewed", "Reviewed"), ("approved", "Approved")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    chapter_ids = fields.One2many("dcrc.review.chapter", "review_id", "Chapters", copy=False)
    plan_ids = fields.One2many("dcrc.review.plan", "review_id", "Plan for the Next Month", copy=False)
    last_plan_ids = fields.One2many(
        "dcrc.review.plan", compute="_compute_last_plan_ids", string="What Became of the Last Plan"
    )
    collected_on = fields.Datetime("Figures As Of", readonly=True, copy=False)
    reviewed_by = fields.Many2one("res.users", readonly=True, copy=False)
    reviewed_on = fields.Datetime(readonly=True, copy=False)
    approved_by = fields.Many2one("res.users", readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)
    pdf = fields.Binary("Approved Paper", attachment=True, readonly=True, copy=False)
    pdf_name = fields.Char("File Name", compute="_compute_pdf_name")
    checksum = fields.Char("SHA-256", readonly=True, copy=False)

    _month_once = models.UniqueIndex("(company_id, month)", "This month has its review already.")

    @api.depends("company_id", "month")
    def _compute_display_name(self):
        for review in self:
            month = review.month and format_date(self.env, review.month, date_format="yyyy-MM")
            review.display_name = f"{review.company_id.name} {month or ''}"

    @api.depends("company_id", "month")
    def _compute_pdf_name(self):
        for review in self:
            review.pdf_name = f"{self.env._('Monthly review')} {review.display_name}.pdf"

    @api.depends("company_id", "month")
    def _compute_last_plan_ids(self):
        for review in self:
            before = review.month and review.month - relativedelta(months=1)
            domain = [("company_id", "=", review.company_id.id), ("month", "=", before)]
            review.last_plan_ids = self.search(domain, limit=1).plan_ids

    @api.model
    def _last_month(self):
        """First day of the month before this one, on the dealer's calendar."""
        return self.env.company._dcrc_today().replace(day=1) - relativedelta(months=1)

    @api.constrains("month", "company_id")
    def _check_month(self):
        for review in self:
            if review.month > review.company_id._dcrc_today():
                raise ValidationError(self.env._("A month that has not begun cannot be reviewed."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("month"):
                vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)
        reviews = super().create(vals_list)
        for review in reviews:
            review._make_chapters()
            review._collect()
        return reviews

    def write(self, vals):
        if {"month", "company_id"} & vals.keys():
            raise UserError(self.env._("A review stays of its dealer and month: make one for the other month."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(review.state != "draft" for review in self):
            raise UserError(self.env._("Only drafts can be deleted."))

    def _make_chapters(self):
        """The eight chapters of the paper, in its order."""
        vals = [{"review_id": self.id, "code": code, "sequence": place} for place, code in enumerate(CHAPTERS)]
        self.env["dcrc.review.chapter"].sudo().create(vals)

    def _collect(self):
        """Take the figures as they are now, and draft the words that nobody has edited."""
        self.ensure_one()
        measures = self.env["dcrc.review.source"]._review_measures()
        years = self._get_years(
            self.env["dcrc.measure"]._find(sorted({code for codes in measures.values() for code in codes}))
        )
        for chapter in self.chapter_ids:
            chapter._collect([years[code] for code in measures.get(chapter.code, ())])
        self._dcrc_step({"collected_on": fields.Datetime.now()})

    def _get_years(self, measures):
        """``{code: [Figure of each month]}``, from a year before the month to the month itself.

        What adds up from days is asked once for all months, the rest once a month for all measures.
        """
        first = self.month - relativedelta(months=MONTHS)
        adding = measures.filtered(lambda measure: measure.period == "days")
        years = defaultdict(list)
        for figure in (measures - adding)._get_months(self.company_id, first, self.month):
            years[figure.measure.code].append(figure)
        found = {
            (figure.measure, figure.month): [figure.numerator, figure.denominator, figure.excluded]
            for figure in adding._get_figures(self.company_id, first, self._get_period()[1], by=("month",))
        }
        for measure in adding:
            for month in (first + relativedelta(months=number) for number in range(MONTHS + 1)):
                stop, counts = month + relativedelta(months=1, days=-1), found.get((measure, month))
                figure = measure._make_figure(self.company_id, NOBODY, counts, month, stop)
                years[measure.code].append(figure._replace(month=month))
        return years

    def _get_period(self):
        """First and last day of the month."""
        return self.month, self.month + relativedelta(months=1, days=-1)

    # -- steps -------------------------------------------------------------------

    def action_collect(self):
        """Button: the figures of this moment; words that somebody edited stay."""
        self.check_access("write")
        for review in self:
            if review.state != "draft":
                raise UserError(self.env._("Figures stay as they were reviewed: take it back to draft first."))
            review._collect()

    def action_review(self):
        """Button of the manager: figures and words are right."""
        self._move("reviewed")

    def action_back(self):
        """Button: something is to be changed after all."""
        self._move("draft")

    def action_approve(self):
        """Button of the general manager: from now on nothing of it changes; paper, archive, mail."""
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_director"):
            raise AccessError(self.env._("The general manager approves the monthly review."))
        for review in self:
            if review.month + relativedelta(months=1) > review.company_id._dcrc_today():
                raise UserError(self.env._("The month is not over: it can be approved from the next one on."))
            review._move("approved")
            review._archive()
            review._send()

    def _archive(self):
        """Keep the paper as it was approved, with its checksum."""
        report = self.env["ir.actions.report"].with_context(lang=self.env.user.lang)
        data, _kind = report._render_qweb_pdf("dcrc_dealer_reports.review_report", self.ids)
        self._dcrc_step({"pdf": base64.b64encode(data), "checksum": hashlib.sha256(data).hexdigest()})

    def _send(self):
        """Mail the paper to the general manager, with copies to those responsible of the departments."""
        departments = self.env["dcrc.department"].sudo().search([("company_id", "=", self.company_id.id)])
        people = self.env.user.partner_id | departments.responsible_id.partner_id
        data = base64.b64decode(self.with_context(bin_size=False).pdf)
        self.message_notify(
            partner_ids=people.ids,
            subject=self.env._("Monthly review: %s", self.display_name),
            body=self.env._("The monthly review was approved by %s. It is attached.", self.env.user.name),
            attachments=[(self.pdf_name, data)],
        )

    def action_print(self):
        """Button: the paper; once approved, the archived one."""
        self.ensure_one()
        if self.pdf:
            url = f"/web/content/{self._name}/{self.id}/pdf/{self.pdf_name}?download=true"
            return {"type": "ir.actions.act_url", "url": url, "target": "self"}
        return self.env.ref("dcrc_dealer_reports.review_report").report_action(self)

    # -- by itself ---------------------------------------------------------------

    @api.model
    def _cron_draft(self):
        """On the first working day every dealer finds the draft of last month (REP-1)."""
        worker = Worker(self.env)
        worker.run(self.env["res.company"]._dcrc_dealers(), lambda company: worker.attempt(self._draft_due, company))

    def _draft_due(self, company):
        """Draft last month's review where the dealer works today."""
        today = company._dcrc_today()
        if company._dcrc_is_open(today):
            self.with_company(company)._draft_for(company, today.replace(day=1) - relativedelta(months=1))

    @api.model
    def _draft_for(self, company, month):
        """Make a month's draft unless there is one; its managers are told."""
        known = self.search_count([("company_id", "=", company.id), ("month", "=", month)], limit=1)
        begun = fields.Date.to_date(company._dcrc_to_local(company.create_date))
        if known or begun >= month + relativedelta(months=1):
            return
        managers = company._dcrc_users_of("manager").filtered("active")
        lang = managers[:1].lang or self.env.lang
        review = self.with_context(lang=lang).create({"company_id": company.id, "month": month})
        review.message_notify(
            partner_ids=managers.partner_id.ids,
            subject=review.env._("Monthly review to look at: %s", review.display_name),
            body=review.env._("The draft is made: look at its figures, edit the words, plan the next month."),
        )
