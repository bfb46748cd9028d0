"""A follow-up is one a rule and paper, one a rule, source and occurrence where it comes again (FUP-12).

Before, the day told several apart. Of several about one paper (its date was corrected) the answered one keeps the
place, else the newest; the others stay as they are and get their own number.
"""


def migrate(cr, version):
    cr.execute("SELECT to_regclass('dcrc_followup')")
    if not cr.fetchone()[0]:
        return
    cr.execute("ALTER TABLE dcrc_followup ADD COLUMN IF NOT EXISTS occurrence varchar")
    cr.execute(
        "SELECT 1 FROM information_schema.columns"
        " WHERE table_name = 'dcrc_followup' AND column_name = 'service_base_date'"
    )
    cycle = (
        "WHEN r.trigger IN ('first_service', 'periodic_service', 'past_due')"
        " THEN COALESCE(f.service_base_date::text, 'new')"
        if cr.fetchone()
        else ""
    )
    cr.execute(f"""
        UPDATE dcrc_followup f SET occurrence = n.occurrence || CASE WHEN n.place = 1 THEN '' ELSE '~' || f.id END
          FROM (SELECT m.*, ROW_NUMBER() OVER (PARTITION BY rule_id, source_model, source_id, occurrence
                                               ORDER BY rank, id DESC) AS place
                  FROM (SELECT f.id, f.rule_id, f.source_model, f.source_id,
                               CASE WHEN f.source_model IN ('dcrc.delivery', 'dcrc.service.visit') THEN ''
                                    {cycle} ELSE f.anchor_date::text END AS occurrence,
                               CASE WHEN f.state = 'done' THEN 0 WHEN f.state IN ('open', 'planned', 'blocked') THEN 1
                                    WHEN f.state = 'cancelled' THEN 3 ELSE 2 END AS rank
                          FROM dcrc_followup f JOIN dcrc_followup_rule r ON r.id = f.rule_id) m) n
         WHERE n.id = f.id AND f.occurrence IS NULL""")
    # what is out of the base already left it under the old rules: by its correction or the file
    cr.execute("ALTER TABLE dcrc_followup ADD COLUMN IF NOT EXISTS exit_source varchar")
    cr.execute("ALTER TABLE dcrc_followup ADD COLUMN IF NOT EXISTS exit_on timestamp")
    cr.execute(
        "UPDATE dcrc_followup SET exit_source = 'rule', exit_on = COALESCE(done_on, write_date)"
        " WHERE base_state = 'out' AND exit_source IS NULL"
    )
