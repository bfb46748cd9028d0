from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.bigrams import normalise
from ...tools.given import Text, given

SHORTEST, LONGEST = 2, 80


class ArticleMiss(models.Model):
    """What was asked on the phone and no article answers: one line a question, with how often."""

    _name = "dcrc.article.miss"
    _description = "Question Without Answer"
    _order = "state desc, count desc, last_on desc, id"
    _rec_name = "text"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True, readonly=True)
    text = fields.Char("Asked", required=True, readonly=True, help="As it was looked for.")
    count = fields.Integer("Times", required=True, readonly=True, default=1)
    last_on = fields.Datetime("Last Asked", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Last Asked By", readonly=True)
    state = fields.Selection(
        [("open", "Without Answer"), ("answered", "Answered"), ("dropped", "Not Needed")],
        required=True,
        default="open",
        help="Answered: an article was written.\nNot needed: a slip, or nothing that is answered on the phone.",
    )
    article_id = fields.Many2one(
        "dcrc.article", "Answered by", index="btree_not_null", ondelete="set null", check_company=True
    )

    _once = models.UniqueIndex("(company_id, text)", "This question is on the list already.")

    @api.model
    @given(text=Text)
    def note_miss(self, text):
        """Note what was looked for in vain; asked again, it is counted, and open again if it was settled.

        :return: whether it was noted: a single sign, or what is found by now, is not.
        """
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("Questions are noted by the center's specialists."))
        asked = normalise(text)[:LONGEST].strip()
        if len(asked) < SHORTEST or self.env["dcrc.article"].find_articles(asked):
            return False
        self.env.cr.execute(
            SQL(
                """INSERT INTO dcrc_article_miss AS m (company_id, text, count, last_on, user_id, state,
                                                       create_uid, create_date, write_uid, write_date)
                   VALUES (%(company)s, %(text)s, 1, %(now)s, %(uid)s, 'open', %(uid)s, %(now)s, %(uid)s, %(now)s)
                   ON CONFLICT (company_id, text) DO UPDATE
                   SET count = m.count + 1, last_on = %(now)s, user_id = %(uid)s, write_date = %(now)s,
                       state = CASE WHEN m.state = 'answered' THEN 'open' ELSE m.state END""",
                company=self.env.company.id,
                text=asked,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model(flush=False)
        return True

    def action_write_article(self):
        """Button: write the article that answers this question."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dcrc.article",
            "views": [(False, "form")],
            "context": {"default_name": self.text, "default_keywords": self.text},
        }

    def action_drop(self):
        """Button: nothing that is answered on the phone."""
        self.write({"state": "dropped", "article_id": False})

    @api.model
    def _settle(self, company):
        """Questions that an article answers by now leave the list (nightly)."""
        waiting = self.sudo().search(Domain("company_id", "=", company.id) & Domain("state", "=", "open"))
        articles = self.env["dcrc.article"].sudo().with_company(company)
        for miss in waiting:
            found = articles.find_articles(miss.text)
            if found:
                miss.write({"state": "answered", "article_id": found[0]["id"]})
