from odoo import fields, models

PARTS = ("numerator", "denominator", "excluded")
ROWS_KEPT = 20000  # of one part of a line; the count stays right beyond


class PayMonth(models.Model):
    """Counting a month: one call for all figures of a scheme, then arithmetic."""

    _inherit = "dcrc.pay.month"

    def _get_figures(self):
        """``{code: Figure}`` of the month's measures (without those that are not there)."""
        self.ensure_one()
        measures = self.scheme_id.line_ids.measure_id
        last = fields.Date.add(self.month, months=1, days=-1)
        figures = measures._get_figures(
            self.company_id, self.month, last, department=self.department_id, user=self.user_id
        )
        return {figure.measure.code: figure for figure in figures}

    def _count(self):
        """Make the lines anew from today's figures; what was there before is kept for comparing."""
        for pay in self:
            # words are kept with the figures: in the language of who reads them, also when the night counts
            pay = pay.with_context(lang=pay.company_id._dcrc_managers()[:1].lang or pay.company_id.partner_id.lang)
            before = {result.line_id: result for result in pay.result_ids}
            figures = pay._get_figures()
            vals_list = pay._prepare_results(figures, before)
            pay.result_ids.unlink()
            self.env["dcrc.pay.result"].create([{**vals, "pay_id": pay.id} for vals in vals_list])
            pay.write({**pay._prepare_sums(), "counted_on": fields.Datetime.now()})
            pay._list_changes()

    def _prepare_results(self, figures, before):
        """Values of a line's result for every line of the scheme, brackets after what stands in them."""
        lines = self.scheme_id.line_ids
        results = {}
        for line in lines.filtered(lambda line: line.kind != "group"):
            figure = figures.get(line.measure_code)
            results[line] = self._prepare_result(line, figure, before.get(line))
        for line in lines.filtered(lambda line: line.kind == "group").sorted(lambda line: -line._get_depth()):
            results[line] = self._prepare_group(line, results)
        shown = [line for line in lines._get_ordered() if line.kind in ("weight", "group") or line._is_on(self.month)]
        return [{**results[line], "sequence": place} for place, line in enumerate(shown)]

    def _prepare_result(self, line, figure, before):
        head = self._prepare_head(line)
        if figure is None:
            return {**head, "state": "absent", "words": self.env._("This part of the center is not there yet")}
        vals = {
            **head,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "excluded": figure.excluded,
            "actual": figure.value or 0.0,
            "known": figure.value is not None,
            "state": figure.state,
            "words": figure.words,
            "rows": self._get_rows(line),
            "rows_before": before.rows_before if before else False,
            "before_on": before.before_on if before else False,
        }
        if line.kind == "weight" and figure.value is not None:
            vals["completion"] = line._get_completion(figure.value, figure.measure.direction)
            vals["points"] = vals["completion"] * line._get_share()
        elif line.kind != "weight" and (figure.value is not None or figure.denominator and line.per == "case"):
            vals["amount"] = line._get_amount(figure)
        return vals

    def _prepare_group(self, line, results):
        """A bracket is the sum of the lines within it by their weights."""
        inner = [(child, results[child]) for child in line.child_ids if child in results]
        completion = sum(vals.get("completion", 0.0) * child.weight / 100.0 for child, vals in inner)
        known = any(vals.get("known") for _child, vals in inner)
        vals = {"completion": completion, "points": completion * line._get_share(), "known": known}
        return {**self._prepare_head(line), **vals, "state": "ok" if known else "none"}

    def _prepare_head(self, line):
        """What the line says, as it stands now: a closed month keeps it."""
        return {
            "line_id": line.id,
            "name": line.name,
            "kind": line.kind,
            "depth": line._get_depth(),
            "measure_code": line.measure_code,
            "weight": line.weight,
            "share": 100.0 * line._get_share() if line.kind in ("weight", "group") else 0.0,
            "target": line.target if line.kind == "weight" else line.limit,
        }

    def _prepare_sums(self):
        results = self.result_ids
        weights = results.filtered(lambda result: result.kind == "weight")
        composite = sum(weights.mapped("points"))
        fines = sum(results.filtered(lambda result: result.kind == "fine").mapped("amount"))
        rewards = sum(results.filtered(lambda result: result.kind == "reward").mapped("amount"))
        base_pay = self.scheme_id.base_amount * composite / 100.0
        return {
            "composite": composite,
            "weight_sum": sum(weights.mapped("share")),
            "missing_weight": sum(weights.filtered(lambda result: not result.known).mapped("share")),
            "base_pay": base_pay,
            "fines": fines,
            "rewards": rewards,
            "amount": base_pay + fines + rewards,
        }

    # -- rows ----------------------------------------------------------------------

    def _get_rows_domain(self, line, part):
        """``(model, domain)`` of the rows that a part of a line's figure stands on (None: there are none)."""
        measure = line.measure_id
        counted = measure and measure._get_part(part)
        if not counted:
            return None
        last = min(fields.Date.add(self.month, months=1, days=-1), self.company_id._dcrc_today())
        domain = measure._get_rows_domain(
            part, self.company_id, self.month, last, department=self.department_id, user=self.user_id
        )
        return self.env[counted.model].with_context(active_test=False), domain

    def _get_rows(self, line):
        """``{part: ids}`` of the rows behind a figure, as they are now."""
        rows = {}
        for part in PARTS:
            found = self._get_rows_domain(line, part)
            if found and self.month <= self.company_id._dcrc_today():
                model, domain = found
                rows[part] = model.sudo().search(domain, order="id", limit=ROWS_KEPT).ids
        return rows

    # -- closed months ----------------------------------------------------------------

    def _compare(self):
        """Note beside each line of a closed month what it would be today."""
        for pay in self:
            figures = pay._get_figures()
            for result in pay.result_ids.filtered("measure_code"):
                figure = figures.get(result.measure_code)
                result.write(
                    {
                        "now_known": bool(figure and figure.value is not None),
                        "now_actual": figure.value if figure and figure.value is not None else 0.0,
                        "now_numerator": figure.numerator if figure else 0.0,
                        "now_denominator": figure.denominator if figure else 0.0,
                    }
                )
            pay.write({"differs": any(pay.result_ids.mapped("differs")), "compared_on": fields.Datetime.now()})

    # -- what changed --------------------------------------------------------------------

    def _list_changes(self):
        """List what came to a line's figure and what left it since the rows that were kept last night."""
        self.change_ids.unlink()
        vals_list = []
        for result in self.result_ids.filtered("rows_before"):
            for part in PARTS:
                measured = result.line_id.measure_id._get_part(part)
                now, before = set(result.rows.get(part, ())), set((result.rows_before or {}).get(part, ()))
                for change, ids in (("in", now - before), ("out", before - now)):
                    vals_list += [
                        {
                            "pay_id": self.id,
                            "result_id": result.id,
                            "part": part,
                            "change": change,
                            "res_model": measured.model,
                            "res_id": row,
                        }
                        for row in sorted(ids)
                    ]
        self.env["dcrc.pay.change"].create(vals_list)
