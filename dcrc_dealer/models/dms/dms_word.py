from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.cells import day_of
from ...tools.dms_rows import fold_kind

NOT_A_VISIT = "not_visit"


class DmsWord(models.Model):
    """What a word of a dealer's DMS means; shipped words are copied to each dealer (CUS-10).

    A word stands for a kind of visit (or says that the paper is none: PDI, the dealer's
    own cars), for nothing (暂无, 1900-01-01), is work that makes a repair a service, or a
    status that makes an order void (FUP-12).
    """

    _name = "dcrc.dms.word"
    _description = "Word of the DMS"
    _inherit = ["dcrc.template.mixin"]
    _order = "use, visit_kind, name"

    name = fields.Char("Word in the list", required=True)
    use = fields.Selection(
        [
            ("kind", "Visit type"),
            ("nothing", "Means nothing"),
            ("work", "Work of a service"),
            ("void", "Makes an order void"),
        ],
        "Stands for",
        required=True,
        default="kind",
        help="Kind of visit: the whole cell names it.\n"
        "Means nothing: a cell with this word, or a date of this day, is empty.\n"
        "Work of a service: where the work of a repair order contains it, a service is proposed.\n"
        "Makes an order void: as the status of an order; it counts nowhere then.",
    )
    visit_kind = fields.Selection(
        selection=lambda self: [
            *self.env["dcrc.service.visit"]._fields["kind"]._description_selection(self.env),
            (NOT_A_VISIT, self.env._("Not a customer's visit")),
        ],
        string="Visit type",
    )

    _word_once = models.UniqueIndex(
        "(company_id, use, lower(name)) WHERE NOT is_template", "This word has a meaning already."
    )
    _kind_of_visit = models.Constraint(
        "CHECK (use NOT IN ('kind', 'work') OR visit_kind IS NOT NULL)", "Choose the kind of visit."
    )

    @api.constrains("name", "use", "visit_kind")
    def _check_name(self):
        if any(not fold_kind(word.name) for word in self):
            raise ValidationError(self.env._("Write the word as it stands in the list."))
        if any(word.use == "work" and word.visit_kind == NOT_A_VISIT for word in self):
            raise ValidationError(self.env._("Work of a service makes a service: choose which."))

    @api.model
    def _meanings(self, company):
        """Return {use: {folded word: kind of visit or None}} of a dealer."""
        meanings = {use: {} for use, _label in self._fields["use"].selection}
        for word in self.sudo().search([("company_id", "=", company.id), ("is_template", "=", False)]):
            meanings[word.use][fold_kind(word.name)] = word.visit_kind or None
        return meanings

    @api.model
    def _row_rules(self, company):
        """Return the words as `RowRules` wants them."""
        meanings = self._meanings(company)
        return {
            "visit_kinds": meanings["kind"],
            "nothing": frozenset(meanings["nothing"]),
            "no_days": frozenset(filter(None, map(day_of, meanings["nothing"]))),
            "service_work": meanings["work"],
            "void_words": frozenset(meanings["void"]),
        }
