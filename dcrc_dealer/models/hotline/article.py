"""Answers at hand beside the call (HOT-5)."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext

from ...tools.bigrams import bigrams, normalise


class Article(models.Model):
    """An answer: prices, parts, promotions, warranty, insurance, roadside help, addresses …

    It counts between two days, belongs to somebody who keeps it current, and is found by any part of its words.
    """

    _name = "dcrc.article"
    _description = "Article"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char("Title", required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, readonly=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)
    topic_id = fields.Many2one(
        "dcrc.reason",
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('kind', '=', 'article'), ('company_id', 'in', (False, company_id))]",
    )
    keywords = fields.Char(help="Other words that callers use for it.")
    body = fields.Html("Answer Text", sanitize=True)
    attachment_ids = fields.Many2many("ir.attachment", "dcrc_article_attachment_rel", string="Attachments")
    date_from = fields.Date("Valid From", help="Empty: at once.")
    date_to = fields.Date("Valid To", tracking=True, help="The last day. Empty: until somebody changes it.")
    user_id = fields.Many2one(
        "res.users",
        "Kept By",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
        help="Keeps the article current, and is told before it expires.",
    )
    validity = fields.Selection(
        [("coming", "Not Yet Valid"), ("valid", "Valid"), ("expiring", "Expires Soon"), ("expired", "Expired")],
        compute="_compute_validity",
    )
    told_for = fields.Date("Owner Told of", readonly=True, copy=False, help="The last day that the owner was told of.")
    # Maintained for the search
    plain = fields.Text("Words", compute="_compute_words", store=True)
    pairs = fields.Text("Pairs of Signs", compute="_compute_words", store=True)

    _pairs_idx = models.Index("USING gin (string_to_array(pairs, ' '))")
    _expiry_idx = models.Index("(company_id, date_to) WHERE active AND date_to IS NOT NULL")
    _days_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "An article's last day cannot lie before its first.",
    )

    @api.depends("name", "keywords", "body")
    def _compute_words(self):
        for article in self:
            text = " ".join(filter(None, [article.name, article.keywords, html2plaintext(article.body or "")]))
            article.plain = normalise(text)
            article.pairs = " ".join(sorted(bigrams(text)))

    @api.depends("date_from", "date_to")
    def _compute_validity(self):
        for article in self:
            company = article.company_id or self.env.company
            today = company._dcrc_today()
            soon = fields.Date.add(today, days=company.sudo().dcrc_article_days)
            if article.date_from and article.date_from > today:
                article.validity = "coming"
            elif not article.date_to or article.date_to > soon:
                article.validity = "valid"
            else:
                article.validity = "expiring" if article.date_to >= today else "expired"

    @api.constrains("user_id", "company_id")
    def _check_owner(self):
        for article in self:
            if article.company_id not in article.sudo().user_id.company_ids:
                name = article.sudo().user_id.name
                raise ValidationError(self.env._("%(name)s does not work for this dealer.", name=name))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_body(vals)
        articles = super().create(vals_list)
        articles._own_attachments()
        return articles

    def write(self, vals):
        self._check_body(vals)
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_attachments()
        return result

    def _check_body(self, vals):
        """What is no text can't be sanitised."""
        if vals.get("body") and not isinstance(vals["body"], str):
            raise UserError(self.env._("The answer is a text."))

    def _own_attachments(self):
        """Files that came with a form are the article's from now on: whoever reads it, reads them."""
        for article in self:
            loose = article.attachment_ids.sudo().filtered(
                lambda file: not file.res_id and file.create_uid == self.env.user
            )
            loose.write({"res_model": self._name, "res_id": article.id})
