"""One month of the demo, counted once more from papers, calls and visits by SQL of its own (issue 8)."""

from dateutil.relativedelta import relativedelta

# a call in which the customer gave an opinion, or nobody was to be asked further
CALLED = """SELECT 1 FROM dcrc_call_dcrc_followup_rel m JOIN dcrc_call l ON l.id = m.dcrc_call_id AND l.state = 'done'
              JOIN dcrc_call_outcome o ON o.id = l.outcome_id WHERE m.dcrc_followup_id = f.id"""
SUCCESS = f"""
    SELECT COUNT(*) FILTER (WHERE EXISTS ({CALLED} AND o.code = 'answered')
                              AND (r.survey_id IS NULL OR EXISTS (SELECT 1 FROM survey_user_input_line a
                                                                   WHERE a.user_input_id = f.user_input_id))),
           COUNT(*)
      FROM dcrc_followup f JOIN dcrc_followup_rule r ON r.id = f.rule_id
     WHERE f.company_id = %(dealer)s AND f.date_due BETWEEN %(first)s AND %(last)s
       AND (f.delivery_id IS NOT NULL AND r.trigger = 'delivery' OR f.visit_id IS NOT NULL AND r.trigger = 'visit')
       AND f.exit_on IS NULL"""
COVERAGE = f"""
    SELECT (SELECT COUNT(*) FROM dcrc_followup f
             WHERE f.company_id = %(dealer)s AND f.anchor_date BETWEEN %(first)s AND %(last)s
               AND f.source_model IN ('dcrc.delivery', 'dcrc.service.visit') AND f.occurrence = ''
               AND f.rule_id IN (SELECT id FROM dcrc_followup_rule WHERE trigger IN ('delivery', 'visit'))
               AND EXISTS ({CALLED} AND o.final)),
           (SELECT COUNT(*) FROM dcrc_delivery p, dcrc_followup_rule r
             WHERE p.company_id = %(dealer)s AND p.date BETWEEN %(first)s AND %(last)s AND p.void IS NOT TRUE
               AND r.company_id = p.company_id AND r.trigger = 'delivery' AND r.active)
         + (SELECT COUNT(*) FROM dcrc_service_visit p, dcrc_followup_rule r
             WHERE p.company_id = %(dealer)s AND p.date BETWEEN %(first)s AND %(last)s AND p.void IS NOT TRUE
               AND r.company_id = p.company_id AND r.trigger = 'visit' AND r.active)"""
RETURN = """
    SELECT COUNT(*) FILTER (WHERE EXISTS (
               SELECT 1 FROM dcrc_service_visit v
                WHERE v.vehicle_id = f.vehicle_id AND v.kind IN ('first', 'periodic') AND v.void IS NOT TRUE
                  AND (v.date_in + interval '8 hours')::date > COALESCE(f.service_base_date, '1980-01-01')
                  AND (v.date_in + interval '8 hours')::date < f.date_expiry + %(window)s)),
           COUNT(*)
      FROM dcrc_followup f JOIN dcrc_followup_rule r ON r.id = f.rule_id
     WHERE f.company_id = %(dealer)s AND f.date_due BETWEEN %(first)s AND %(last)s
       AND r.trigger IN ('first_service', 'periodic_service')
       AND (f.state != 'cancelled'
            OR f.cancel_reason_id IN (SELECT id FROM dcrc_reason WHERE code = 'came_back'))"""


class FiguresDemo:
    """Tests of `TestDemo`, which has built the demo."""

    def _count(self, query, dealer):
        first = self.today.replace(day=1) - relativedelta(months=4)
        last = first + relativedelta(months=1, days=-1)
        values = {"dealer": dealer.id, "first": first, "last": last, "window": dealer.dcrc_return_window_days}
        self.env.flush_all()
        self.env.cr.execute(query, values)
        return self.env.cr.fetchone(), first, last

    def _compare(self, code, query):
        for dealer in self.dealers:
            dealer.dcrc_rate_minimum = 1
            (part, whole), first, last = self._count(query, dealer)
            [figure] = self.env["dcrc.measure"]._find([code])._get_figures(dealer, first, last)
            self.assertEqual((figure.numerator, figure.denominator), (part, whole))
            self.assertGreater(whole, 5)
            self.assertEqual(figure.value, 100.0 * part / whole)

    def test_success_of_a_month_agrees_with_its_calls_and_answers(self):
        self._compare("success", SUCCESS)

    def test_coverage_of_a_month_agrees_with_its_papers(self):
        self._compare("coverage", COVERAGE)

    def test_return_of_a_month_agrees_with_its_visits(self):
        self._compare("return", RETURN)

    def test_the_parts_of_coverage_add_up_to_its_papers(self):
        for dealer in self.dealers:
            _counts, first, last = self._count(COVERAGE, dealer)
            found = self.env["dcrc.coverage"].with_company(dealer)._measure(dealer, first, last)
            self.assertEqual(sum(reason["count"] for reason in found["reasons"]), found["papers"])
