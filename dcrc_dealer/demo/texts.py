"""A month of texts and a finished campaign, as the ledger would have kept them."""

import random
from datetime import timedelta

from odoo import fields

CARE = (
    "{customer}，您的爱车{plate}已保养完毕，欢迎来店取车。",
    "{customer}，今日致电未能接通，方便时请回电。",
    "{customer}，{dealer}祝您生日快乐！",
)
WINTER = "{customer}，冬季用车免费检测本周开始，欢迎您驾车到店。"
# what became of a hundred texts
SHARES = (("sent", 93), ("error", 4), ("pending", 2), ("dcrc_unknown", 1))
ERRORS = ("MK:0012 空号", "MK:0001 关机", "EXPIRED 超时未达")


def build_texts(env, company, days=30):
    """Fill the ledger of a dealer; nothing is sent, and its account goes on to record only."""
    rng = random.Random(f"texts {company.id}")
    account = env["dcrc.text.account"]._get_for(company)
    account.write({"signature": company.name[:12]})
    partners = env["res.partner"].search(
        [("dcrc_customer", "=", True), ("company_id", "=", company.id)], limit=160, order="id"
    )
    template = _create_template(env, company)
    campaign = env["dcrc.text.campaign"].create(
        {"name": "冬季免费检测", "company_id": company.id, "template_id": template.id}
    )
    audience = {partner_id: number for partner_id, number, reason in campaign._get_audience() if not reason}
    excluded = campaign._count_audience()
    now = fields.Datetime.now()
    rows = []
    for partner in partners.filtered(lambda p: p.id in audience)[:70]:
        values = campaign._values(partner)
        moment = now - timedelta(days=rng.randrange(1, days), hours=rng.randrange(6))
        rows.append((moment, _prepare(partner, audience, rng.choice(CARE), values, "care")))
    start = now - timedelta(days=12)
    for partner in env["res.partner"].browse(audience):
        moment = start + timedelta(seconds=rng.randrange(600))
        row = _prepare(partner, audience, WINTER, campaign._values(partner), "marketing")
        rows.append((moment, {**row, "dcrc_campaign_id": campaign.id}))
    _write(env, company, rows, rng)
    campaign.write(
        {
            "state": "done",
            "prepared": True,
            "excluded": excluded,
            "started_at": start,
            "started_by": env.uid,
            "done_at": start + timedelta(minutes=11),
        }
    )


def _create_template(env, company):
    return env["sms.template"].create(
        {
            "name": "冬季免费检测",
            "body": WINTER,
            "model_id": env["ir.model"]._get_id("res.partner"),
            "dcrc_company_id": company.id,
            "dcrc_purpose": "marketing",
        }
    )


def _prepare(partner, audience, words, values, purpose):
    return {
        "partner_id": partner.id,
        "number": audience[partner.id],
        "body": words.format(**{key: value or "" for key, value in values.items()}),
        "dcrc_purpose": purpose,
    }


def _write(env, company, rows, rng):
    """Queue the texts and say what became of each; ``rows``: ``[(moment, values)]``."""
    texts = env["sms.sms"]._dcrc_queue(company, [vals for _moment, vals in rows], wake=False)
    states, shares = zip(*SHARES, strict=True)
    for text, (moment, _vals) in zip(texts, rows, strict=True):
        state = rng.choices(states, shares)[0]
        vals = {"state": state, "dcrc_claimed_at": moment, "dcrc_sent_at": moment}
        if state == "sent":
            vals["dcrc_delivered_at"] = moment + timedelta(seconds=rng.randrange(3, 90))
        if state == "error":
            vals.update(dcrc_error=rng.choice(ERRORS), failure_type="unknown")
        if state == "dcrc_unknown":
            vals["dcrc_error"] = "等待回执超时"
        text.write({**vals, "dcrc_cost": text.dcrc_parts * 0.045})
