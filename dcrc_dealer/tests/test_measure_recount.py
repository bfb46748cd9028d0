"""Every figure of one month, counted once more from the raw rows by SQL that knows nothing of measures."""

from odoo.tests import tagged

from .common_figures import MONTH, FiguresCase

# one line a figure: (counted, of how many); $d is the dealer, $a the first day, $z the last
DUE = """dcrc_followup f JOIN dcrc_followup_rule r ON r.id = f.rule_id AND r.trigger IN ('delivery', 'visit')
         WHERE f.company_id = $d AND f.date_due BETWEEN $a AND $z AND f.base_state != 'out'"""
TRIED = """f.id IN (SELECT m.dcrc_followup_id FROM dcrc_call_dcrc_followup_rel m JOIN dcrc_call c
                     ON c.id = m.dcrc_call_id
                     WHERE c.state = 'done' AND (c.ended_at + interval '8 hours')::date <= f.date_due)"""
ANSWERS = """survey_user_input_line l JOIN survey_user_input u ON u.id = l.user_input_id
             JOIN dcrc_followup f ON f.id = u.dcrc_followup_id JOIN survey_question q ON q.id = l.question_id
             WHERE f.company_id = $d AND l.dcrc_level > 0
               AND (f.done_on + interval '8 hours')::date BETWEEN $a AND $z"""
SERVICES = """dcrc_followup f JOIN dcrc_followup_rule r ON r.id = f.rule_id
              WHERE f.company_id = $d AND r.trigger IN (%s) AND f.state != 'cancelled'
                AND f.date_due BETWEEN $a AND $z"""
BACK = """AND EXISTS (SELECT 1 FROM dcrc_service_visit v
                       WHERE v.vehicle_id = f.vehicle_id AND v.kind IN ('first', 'periodic') AND v.void IS NOT TRUE
                         AND (v.date_in >= f.service_base_date + 1 AND v.date_in < f.date_expiry + 30
                              OR f.state = 'done' AND v.date_in >= f.done_on
                                 AND v.date_in < f.done_on + interval '30 days'
                                 AND NOT EXISTS (SELECT 1 FROM dcrc_followup g JOIN dcrc_followup_rule s
                                                            ON s.id = g.rule_id AND s.trigger = r.trigger
                                                  WHERE g.vehicle_id = f.vehicle_id AND g.state = 'done'
                                                    AND g.id != f.id AND g.done_on > f.done_on
                                                    AND g.done_on <= v.date_in)))"""
BOTH, FIRST, PERIODIC = "'first_service', 'periodic_service'", "'first_service'", "'periodic_service'"
HALF_YEAR = "($z::date + 1 - interval '6 months')::date"
VISITS = """dcrc_service_visit v WHERE v.company_id = $d AND v.void IS NOT TRUE
            AND (v.date_in + interval '8 hours')::date BETWEEN $a AND $z"""
BOOKED = """dcrc_appointment a WHERE a.company_id = $d AND a.walk_in IS NOT TRUE AND a.day BETWEEN $a AND $z
            AND a.state IN ('served', 'arrived', 'no_show')"""
TEXTS = """sms_sms t WHERE t.dcrc_company_id = $d AND (t.dcrc_sent_at + interval '8 hours')::date BETWEEN $a AND $z"""
FILES = """(SELECT d.date AS day, d.partner_id FROM dcrc_delivery d WHERE d.company_id = $d AND d.void IS NOT TRUE
            UNION ALL
            SELECT (MIN(v.date_in) + interval '8 hours')::date, (ARRAY_AGG(v.partner_id ORDER BY v.date_in, v.id))[1]
              FROM dcrc_service_visit v WHERE v.company_id = $d AND v.void IS NOT TRUE GROUP BY v.vehicle_id) x
           JOIN res_partner p ON p.id = x.partner_id WHERE x.day BETWEEN $a AND $z"""
LINES = """dcrc_sample_line l JOIN dcrc_sample s ON s.id = l.sample_id AND s.drawn_for = 'headquarters'
           WHERE l.company_id = $d AND l.verified_on BETWEEN $a AND $z AND l.verdict IS NOT NULL"""
WRONG = """dcrc_correction c WHERE c.company_id = $d AND (c.date + interval '8 hours')::date BETWEEN $a AND $z"""
STAGE = """(SELECT DISTINCT ON (h.vehicle_id) h.vehicle_id, h.stage FROM dcrc_lifecycle_change h
             WHERE h.company_id = $d AND h.date <= %s ORDER BY h.vehicle_id, h.date DESC, h.id DESC) s"""
LOST = "('lost', 'gone')"
YEARS = """dcrc_service_visit v WHERE v.company_id = $d AND v.void IS NOT TRUE
           AND v.date > $z::date - interval '2 years' AND v.date <= $z::date - interval '1 year'"""
RECOUNTS = {
    "success": (f"SELECT COUNT(*) FROM {DUE} AND f.effective", f"SELECT COUNT(*) FROM {DUE}"),
    "in_time": (f"SELECT COUNT(*) FROM {DUE} AND {TRIED}", f"SELECT COUNT(*) FROM {DUE}"),
    "dissatisfied": (
        f"SELECT COUNT(*) FROM {DUE} AND f.effective AND f.dissatisfied",
        f"SELECT COUNT(*) FROM {DUE} AND f.effective",
    ),
    "satisfied": (
        f"SELECT COUNT(*) FROM {ANSWERS} AND q.dcrc_overall AND l.dcrc_level IN (4, 5)",
        f"SELECT COUNT(*) FROM {ANSWERS} AND q.dcrc_overall",
    ),
    "csi": (f"SELECT SUM(l.dcrc_level) FROM {ANSWERS}", f"SELECT 5 * COUNT(*) FROM {ANSWERS}"),
    "return": (f"SELECT COUNT(*) FROM {SERVICES % BOTH} {BACK}", f"SELECT COUNT(*) FROM {SERVICES % BOTH}"),
    "first_return": (f"SELECT COUNT(*) FROM {SERVICES % FIRST} {BACK}", f"SELECT COUNT(*) FROM {SERVICES % FIRST}"),
    "periodic_return": (
        f"SELECT COUNT(*) FROM {SERVICES % PERIODIC} {BACK}",
        f"SELECT COUNT(*) FROM {SERVICES % PERIODIC}",
    ),
    "return_published": (
        f"SELECT COUNT(DISTINCT v.vehicle_id) FROM {VISITS} AND v.kind IN ('first', 'periodic')".replace(
            "$a", HALF_YEAR
        ),
        f"SELECT COUNT(DISTINCT f.vehicle_id) FROM {SERVICES % BOTH}".replace("$a", HALF_YEAR),
    ),
    "rework": (f"SELECT COUNT(*) FROM {VISITS} AND v.kind = 'rework'", f"SELECT COUNT(*) FROM {VISITS}"),
    "appointment": (
        f"SELECT COUNT(*) FROM {VISITS} AND (v.booked AND NOT EXISTS (SELECT 1 FROM dcrc_appointment a"
        " WHERE a.visit_id = v.id) OR EXISTS (SELECT 1 FROM dcrc_appointment a WHERE a.visit_id = v.id"
        " AND a.walk_in IS NOT TRUE))",
        f"SELECT COUNT(*) FROM {VISITS}",
    ),
    "arrival": (f"SELECT COUNT(*) FROM {BOOKED} AND a.state != 'no_show'", f"SELECT COUNT(*) FROM {BOOKED}"),
    "no_show": (f"SELECT COUNT(*) FROM {BOOKED} AND a.state = 'no_show'", f"SELECT COUNT(*) FROM {BOOKED}"),
    "texts": (f"SELECT COUNT(*) FROM {TEXTS}", None),
    "texts_delivered": (
        f"SELECT COUNT(*) FROM {TEXTS} AND t.state = 'sent'",
        f"SELECT COUNT(*) FROM {TEXTS} AND t.state IN ('sent', 'error', 'pending')",
    ),
    "accuracy": (f"SELECT COUNT(*) FROM {LINES} AND l.verdict = 'right'", f"SELECT COUNT(*) FROM {LINES}"),
    "files_in_time": (
        f"SELECT COUNT(*) FROM {FILES} AND (p.create_date + interval '8 hours')::date <= x.day + 2",
        f"SELECT COUNT(*) FROM {FILES}",
    ),
    "corrections_cleared": (
        f"SELECT COUNT(*) FROM {WRONG} AND c.closed_on IS NOT NULL",
        f"SELECT COUNT(*) FROM {WRONG}",
    ),
    "loss_stock": (
        f"SELECT COUNT(*) FROM {STAGE % '$z'} WHERE s.stage IN {LOST}",
        f"SELECT COUNT(*) FROM {STAGE % '$z'}",
    ),
    "loss_flow": (
        f"SELECT COUNT(DISTINCT h.vehicle_id) FROM dcrc_lifecycle_change h WHERE h.company_id = $d"
        f" AND h.date BETWEEN $a AND $z AND h.stage IN {LOST} AND COALESCE(h.old_stage, 'new') NOT IN {LOST}",
        f"SELECT COUNT(*) FROM {STAGE % '($a::date - 1)'} WHERE s.stage NOT IN {LOST}",
    ),
    "loss_visits": (
        f"SELECT COUNT(DISTINCT v.vehicle_id) FROM {YEARS} AND NOT EXISTS (SELECT 1 FROM dcrc_service_visit w"
        " WHERE w.vehicle_id = v.vehicle_id AND w.void IS NOT TRUE AND w.date <= $z"
        " AND w.date > $z::date - interval '1 year')",
        f"SELECT COUNT(DISTINCT v.vehicle_id) FROM {YEARS}",
    ),
}


@tagged("post_install", "-at_install")
class TestMeasureRecount(FiguresCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._year()
        for number in range(8):  # the year before
            cls._create_visit(cls.cars[number], cls._any_moment().replace(year=2025, month=3), kind="repair")
        cls._refresh()

    def _recount(self, query, first, last):
        """Count by SQL of its own."""
        for name, value in (("$d", str(self.dealer.id)), ("$a", f"'{first}'"), ("$z", f"'{last}'")):
            query = query.replace(name, value)
        self.env.cr.execute(query)
        return self.env.cr.fetchone()[0]

    def test_every_figure_of_a_month_agrees_to_the_last_digit(self):
        counted = 0
        for code, (numerator, denominator) in RECOUNTS.items():
            with self.subTest(measure=code):
                figure = self._figure(code, *MONTH)
                part = self._recount(numerator, *MONTH)
                self.assertEqual(figure.numerator, part)
                if denominator:
                    whole = self._recount(denominator, *MONTH)
                    self.assertEqual(figure.denominator, whole)
                    self.assertEqual(figure.value, 100.0 * part / whole if whole else None)
                counted += bool(part)
        self.assertGreater(counted, 15)

    def test_no_measure_is_left_out_of_the_recount(self):
        elsewhere = {  # counted in their rooms' own tests; profit and website are entered by hand
            "hotline_at_once",
            "hotline_calls",
            "hotline_in_time",
            "hotline_rings",
            "profit",
            "website",
            "complaints_handled",
            "complaints_in_time",
            "corrections_in_time",
            "coverage",
            "first_reminded",
            "reminded",
            "win_back",
            "greetings",
            "data_age_sales",
            "data_age_service",
        }
        self.assertEqual(set(self.measures._measures()) - elsewhere - set(RECOUNTS), set())
