"""Complaints were open or closed; now they stand at a step of their road, and each closed one says how (CMP-3, CMP-4).

Before the database refuses what has neither answer nor signature: what was closed says that earlier rules held.
"""

CHANGES = {"dcrc_complaint.state": "an open complaint stands at a step of its road (CMP-3)"}


def migrate(cr, _version):
    """A second run finds no complaint that is merely open, and none closed without its way."""
    cr.execute("SELECT 1 FROM information_schema.tables WHERE table_name = 'dcrc_complaint'")
    if not cr.fetchone():
        return
    cr.execute("ALTER TABLE dcrc_complaint DROP CONSTRAINT IF EXISTS dcrc_complaint_closed_has_result")
    cr.execute("ALTER TABLE dcrc_complaint ADD COLUMN IF NOT EXISTS closing varchar")
    cr.execute("ALTER TABLE dcrc_complaint ADD COLUMN IF NOT EXISTS founded varchar")
    cr.execute("ALTER TABLE dcrc_complaint ADD COLUMN IF NOT EXISTS contacted_on timestamp")
    cr.execute("UPDATE dcrc_complaint SET closing = 'earlier' WHERE state = 'closed' AND closing IS NULL")
    cr.execute(
        """UPDATE dcrc_complaint
              SET contacted_on = answered_on,
                  founded = CASE WHEN department_id IS NOT NULL OR answered_on IS NOT NULL THEN 'yes' END,
                  state = CASE WHEN answered_on IS NOT NULL THEN 'carry'
                               WHEN department_id IS NOT NULL THEN 'investigate' ELSE 'received' END
            WHERE state = 'open'"""
    )
