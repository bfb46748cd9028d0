from odoo import api, fields, models
from odoo.exceptions import UserError


class CaseMixin(models.AbstractModel):
    """A matter with a state, a table of allowed moves, and who took which step when.

    ::

        _inherit = ["dcrc.case.mixin"]
        _moves = {"open": ("closed",), "closed": ("open",)}     # state: what it may become
        _stamps = {"closed": ("closed_on", "closed_by")}        # noted when a state is reached
        _number_prefix = "C%(y)s-"                              # running numbers in `name`; None: no number

    A button checks with `_check_move` whether its step is possible, and takes it with `_move`. The log of moves is
    the chatter: a case that has one tracks its ``state``, which says who took which step when; a case that moves a
    single time has its stamps. Every dealer has its own numbers, anew each year
    (`res.company._dcrc_open_numbers`). A model with numbers declares its ``name``, ``_number_once`` and ``state``
    itself: their words and indexes are its own.
    """

    _name = "dcrc.case.mixin"
    _description = "A matter that goes from state to state"

    _moves = {}
    _stamps = {}
    _number_prefix = None

    def _check_move(self, state):
        """Raise unless every record may become `state` (see ``_moves``)."""
        self.check_access("write")
        for record in self:
            if state not in self._moves.get(record.state, ()):
                words = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(number)s is “%(old)s” and cannot become “%(new)s”.",
                        number=record.display_name,
                        old=words[record.state],
                        new=words.get(state, state),
                    )
                )

    def _prepare_move(self, state, **vals):
        """Values of a move: the state, and who reached it when."""
        stamp = {}
        for name in self._stamps.get(state, ()):
            kind = self._fields[name].type
            now = {"datetime": fields.Datetime.now, "date": self.env.company._dcrc_today}
            stamp[name] = self.env.uid if kind == "many2one" else now[kind]()
        return {"state": state, **stamp, **vals}

    def _move(self, state, **vals):
        """Check the move and take it; `vals` are written besides."""
        self._check_move(state)
        self._dcrc_step(self._prepare_move(state, **vals))

    @api.model
    def _next_number(self, company):
        """The next number of a dealer ("/" where it has no sequence)."""
        return self.env["ir.sequence"].sudo().with_company(company).next_by_code(self._name) or "/"
