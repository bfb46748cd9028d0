from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..foundations.worker import Worker


class Article(models.Model):
    """What is about to expire comes to its owner, once for each last day."""

    _inherit = "dcrc.article"

    @api.model
    def _cron_tell_owners(self):
        """Every night: all dealers that use the hotline."""
        worker = Worker(self.env)
        dealers = self.env["res.company"]._dcrc_dealers_with("hotline")

        def look(dealer):
            worker.attempt(self._tell_owners, dealer)
            worker.attempt(self.env["dcrc.article.miss"]._settle, dealer)

        worker.run(dealers, look)

    @api.model
    def _tell_owners(self, company):
        """Tell the owners of a dealer's articles what expires soon; return these articles.

        An owner who has left has nobody to be told: the dealer's managers are.
        """
        soon = fields.Date.add(company._dcrc_today(), days=company.dcrc_article_days)
        domain = Domain("company_id", "=", company.id) & Domain("date_to", "<=", soon)
        expiring = self.sudo().search(domain).filtered(lambda article: article.told_for != article.date_to)
        for owner, articles in expiring.grouped("user_id").items():
            people = owner._dcrc_here(company) or company._dcrc_managers()
            for person in people:
                articles._tell(person, company)
        for day, articles in expiring.grouped("date_to").items():
            articles.told_for = day
        return expiring

    def _tell(self, person, company):
        articles = self.with_context(lang=person.lang or company.partner_id.lang)
        base = company.get_base_url()
        items = Markup().join(
            Markup("<li><a href='%s/odoo/dcrc-articles/%s'>%s</a> · %s</li>")
            % (base, article.id, article.name, format_date(articles.env, article.date_to))
            for article in articles.sorted("date_to")
        )
        self.env["mail.thread"].sudo().message_notify(
            partner_ids=person.partner_id.ids,
            subject=articles.env._("Articles that expire soon: %(count)s", count=len(articles)),
            body=Markup("<ul>%s</ul>") % items,
            email_layout_xmlid="mail.mail_notification_light",
        )
