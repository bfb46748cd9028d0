"""Who does not want to be contacted, and for what."""

from datetime import timedelta


def write_wishes(env, company, story, count):
    """A few customers don't want to be called, for some kinds of contact or for all."""
    today, rng = story.today, story.rng
    reasons = {r.code: r for r in env["dcrc.reason"].search([("kind", "=", "do_not_contact")])}
    people = [c["record"] for c in story.customers if c.get("record")]
    kinds = (
        ("all", "marketing", "dnc_asked", "只接收保养提醒，不要推销电话"),
        ("phone", "marketing", "dnc_asked", "请发短信"),
        ("sms", "all", "dnc_unsubscribed", "短信退订"),
        ("all", "all", "dnc_asked", "明确要求不再联系"),
        ("phone", "all", "dnc_legal", "纠纷处理中，由经理联系"),
    )
    vals_list = []
    for number, partner in enumerate(rng.sample(people, min(count, len(people)))):
        channel, purpose, code, note = kinds[number % len(kinds)]
        days = rng.randrange(1, 5) if purpose == "all" else rng.randrange(10, 300)
        vals_list.append(
            {
                "partner_id": partner.id,
                "channel": channel,
                "purpose": purpose,
                "note": note,
                "reason_id": reasons[code].id,
                "date": today - timedelta(days=days),
            }
        )
    env["dcrc.do.not.contact"].create(vals_list)
