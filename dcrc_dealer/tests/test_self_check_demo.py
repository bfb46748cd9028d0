"""The demo, broken in every way that the self-check knows: it sees each (issue 8 §8)."""

from .self_check_breaks import BREAKS


class SelfCheckDemo:
    """Tests of `TestDemo`, which has built the demo."""

    def _broken(self, key):
        """What the self-check finds of an invariant once the data are broken."""
        self.env.flush_all()
        dealer, other = self.dealers
        with self.env.cr.savepoint() as savepoint:
            for statement in BREAKS[key]:
                self.env.cr.execute(statement, {"dealer": dealer.id, "other": other.id})
            found = self.env["dcrc.self.check"]._find(dealer, [key])
            savepoint.rollback()
        return sum(line["count"] for line in found)

    def test_the_demo_was_made_under_the_products_own_rules(self):
        found = self.env["dcrc.self.check"]._find(self.dealers)
        wrong = [line for line in found if line["count"] or line["problem"]]
        self.assertEqual([(line["key"], line["count"], line["problem"]) for line in wrong], [])

    def test_every_invariant_is_broken_once(self):
        self.assertEqual(set(BREAKS), set(self.env["dcrc.self.check"]._self_checks()))

    def test_the_self_check_sees_each_invariant_broken(self):
        for key in BREAKS:
            with self.subTest(key):
                self.assertTrue(self._broken(key))
