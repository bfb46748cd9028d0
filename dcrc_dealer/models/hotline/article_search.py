from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import escape_psql

from ...tools.bigrams import bigrams, normalise
from ...tools.given import Id, Text, given

FOUND = 20
AROUND = 40  # signs shown on each side of what was found


class Article(models.Model):
    """Finding an answer while talking: by any part of a word, two signs of Chinese included."""

    _inherit = "dcrc.article"

    @api.model
    @api.readonly
    @given(text=Text, topic_id=Id("dcrc.reason"))
    def find_articles(self, text="", topic_id=None):
        """Find articles of the dealer that count today: with all parts of `text`, those in the title first.

        :param text: parts of words, with blanks between; empty: what was written last.
        :return: ``[{"id", "name", "topic", "snippet", "date_to": day or False, "validity"}]``, twenty at most
        """
        if not self.has_access("read"):
            raise AccessError(self.env._("Articles are for the dealer's own people."))
        today = self.env.company._dcrc_today()
        domain = Domain("company_id", "=", self.env.company.id)
        domain &= Domain("date_from", "=", False) | Domain("date_from", "<=", today)
        domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", today)
        if topic_id:
            domain &= Domain("topic_id", "=", topic_id)
        words = normalise(text).split()[:10]
        articles = self.search(domain & self._search_words(words), order="write_date desc, id desc", limit=10 * FOUND)
        best = articles.sorted(lambda article: not all(word in normalise(article.name) for word in words))[:FOUND]
        return [article._prepare_found(words) for article in best]

    @api.model
    def _search_words(self, words):
        """Domain of the articles in which each of `words` stands, as a whole or as a part."""
        domain = Domain.TRUE
        for word in words:
            domain &= Domain("plain", "like", escape_psql(word))
        pairs = sorted({pair for word in words for pair in bigrams(word)})
        if not pairs:
            return domain
        return (
            Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "string_to_array(%s, ' ') @> %s::text[]", SQL.identifier(alias, "pairs"), pairs
                )
            )
            & domain
        )

    def _prepare_found(self, words):
        self.ensure_one()
        text = self.plain or ""
        spot = min((place for word in words if (place := text.find(word)) >= 0), default=0)
        start = max(0, spot - AROUND)
        snippet = text[start : spot + 3 * AROUND]
        return {
            "id": self.id,
            "name": self.name,
            "topic": self.topic_id.name or "",
            "snippet": f"…{snippet}" if start else snippet,
            "date_to": fields.Date.to_string(self.date_to),
            "validity": self.validity,
        }

    def read_article(self):
        """Return ``{"id", "name", "body": sanitised HTML, "owner", "date_to", "files": [{"id", "name"}]}``."""
        self.ensure_one()
        self.check_access("read")
        return {
            "id": self.id,
            "name": self.name,
            "body": self.body or "",
            "owner": self.user_id.name,
            "date_to": fields.Date.to_string(self.date_to),
            "files": [{"id": file.id, "name": file.name} for file in self.attachment_ids.sudo()],
        }
