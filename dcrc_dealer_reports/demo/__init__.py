"""The demo's KPI: what is entered by hand, a closed month, and the previews of the last and of this one."""

from dateutil.relativedelta import relativedelta

ENTERED = ({"profit": 94.5, "website": 14}, {"profit": 101.2, "website": 16})


def build(env):
    """Fill every dealer of the demo; the general manager enters, the manager closes."""
    for company in env["res.company"]._dcrc_dealers():
        director, manager = company._dcrc_users_of("director")[:1], company._dcrc_managers()[:1]
        if not director or not manager:
            continue
        first = company._dcrc_today().replace(day=1)
        months = [first - relativedelta(months=2), first - relativedelta(months=1)]
        measures = {measure.code: measure for measure in env["dcrc.measure"]._find()}
        for month, values in zip(months, ENTERED, strict=True):
            env["dcrc.measure.entry"].with_user(director).with_company(company).create(
                [
                    {"company_id": company.id, "measure_id": measures[code].id, "month": month, "value": value}
                    for code, value in values.items()
                ]
            )
        env["dcrc.pay.scheme"].search([("company_id", "=", company.id)]).filtered(
            lambda scheme: scheme.level == "department"
        ).base_amount = 6000
        closing = env["dcrc.pay.month"]._prepare(company, months[0])
        closing.with_user(manager).with_context(allowed_company_ids=company.ids).action_close()
        for month in (months[1], first):
            env["dcrc.pay.month"]._prepare(company, month)
