"""One gate and texts without gaps: what is stored takes the shape that the code now reads.

- The state of a number belongs to the number: lines of one number at one dealer get its worst state.
- Shipped texts have one wording a matter, with our own placeholders; rules that used the common
  reminder take the wording of their matter. Rules that a dealer has changed to another text keep it.
- Reasons of campaigns that ran have the gate's names; texts written down only are called so.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools.convert import convert_file

TEXTS = ("data/followup/sms_template_data.xml", "data/service/sms_template_data.xml")
OF_MATTER = {
    "insurance": "sms_template_insurance",
    "warranty_end": "sms_template_warranty",
    "inspection": "sms_template_inspection",
    "licence": "sms_template_licence",
}
OF_FESTIVAL = {
    "festival_spring": "sms_template_festival_spring",
    "festival_mid_autumn": "sms_template_festival_mid_autumn",
    "festival_national": "sms_template_festival_national",
    "festival_dragon_boat": "sms_template_festival_dragon_boat",
}

CHANGES = {
    "dcrc_phone.state": "the state belongs to the number: all who have it share the worst",
    "sms_template": "shipped texts have one wording a matter",
    "dcrc_followup_rule.sms_template_id": "reminders have the text of their matter",
    "dcrc_text_campaign.excluded": "reasons have the gate's names",
    "sms_sms.state": "what was only written down says so",
    "sms_sms.dcrc_error": "what was only written down says so by its state",
}


def migrate(cr, version):
    """Run after the add-on's data were loaded."""
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    _share_states(cr)
    _renew_texts(env)
    _give_rules_their_texts(env)
    _rename(cr)


def _share_states(cr):
    cr.execute(
        """UPDATE dcrc_phone p SET state = w.state
             FROM (SELECT company_id, number,
                          (ARRAY_AGG(state ORDER BY ARRAY_POSITION(
                           ARRAY['empty', 'transferred', 'wrong', 'suspended', 'ok', 'unverified'], state)))[1] AS state
                     FROM dcrc_phone GROUP BY company_id, number HAVING COUNT(DISTINCT state) > 1) w
            WHERE p.company_id = w.company_id AND p.number = w.number AND p.state != w.state"""
    )


def _renew_texts(env):
    """The old wordings ran code; translations of theirs go, the catalogue brings the new ones."""
    env.cr.execute(
        """UPDATE sms_template SET body = JSONB_BUILD_OBJECT('en_US', body ->> 'en_US'),
                  name = JSONB_BUILD_OBJECT('en_US', name ->> 'en_US')
            WHERE id IN (SELECT res_id FROM ir_model_data WHERE module = 'dcrc_dealer' AND model = 'sms.template')"""
    )
    env.invalidate_all()
    for path in TEXTS:
        convert_file(env, "dcrc_dealer", path, {}, mode="init", noupdate=True)


def _give_rules_their_texts(env):
    rules = env["dcrc.followup.rule"].with_context(active_test=False)

    def give(domain, old, new):
        old, new = env.ref(f"dcrc_dealer.{old}"), env.ref(f"dcrc_dealer.{new}")
        rules.search([*domain, ("sms_template_id", "=", old.id)]).sms_template_id = new

    for trigger, text in OF_MATTER.items():
        give([("trigger", "=", trigger)], "sms_template_reminder", text)
    for festival, text in OF_FESTIVAL.items():
        festival = env.ref(f"dcrc_dealer.{festival}", raise_if_not_found=False)
        if festival:
            give([("festival_id.name", "=", festival.name)], "sms_template_festival", text)
    late = env.ref("dcrc_dealer.sms_template_birthday_late")
    birthdays = rules.search([("trigger", "=", "birthday"), ("late_template_id", "=", False)])
    birthdays.write({"text_hour": 11, "late_days": 7, "late_template_id": late.id})


def _rename(cr):
    cr.execute(
        """UPDATE dcrc_text_campaign SET excluded = (
                  SELECT JSONB_OBJECT_AGG(CASE e.key WHEN 'no_number' THEN 'no_mobile'
                                                     WHEN 'opted_out' THEN 'do_not_contact' ELSE e.key END, e.value)
                    FROM JSONB_EACH(excluded) e)
            WHERE excluded ?| ARRAY['no_number', 'opted_out']"""
    )
    cr.execute(
        """UPDATE sms_sms s SET state = 'dcrc_recorded', dcrc_error = NULL
            WHERE s.dcrc_company_id IS NOT NULL AND s.state = 'sent' AND s.dcrc_delivered_at IS NULL
              AND s.dcrc_error IN ('Written down only.', '仅记录。')"""
    )
