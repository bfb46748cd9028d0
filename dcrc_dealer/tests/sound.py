"""What tests of kills and of parallel work end with: whatever happened, the data are sound (issue 8 §8)."""


def check_sound(test, env, companies=None):
    """Fail `test` where the self-check finds something wrong at `companies` (default: the user's own).

    :param env: of a transaction that sees what was committed.
    """
    companies = companies or env.company
    found = env["dcrc.self.check"].sudo()._find(companies)
    wrong = [(line["key"], line["res_model"], line["row_ids"], line["problem"]) for line in found]
    test.assertEqual([row for row in wrong if row[2] or row[3]], [])
