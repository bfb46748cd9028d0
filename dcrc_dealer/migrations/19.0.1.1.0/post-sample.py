"""Samples that an auditor drew are headquarters' (CUS-8)."""


def migrate(cr, version):
    cr.execute("""
        UPDATE dcrc_sample s SET drawn_for = 'headquarters'
          FROM res_groups_users_rel u JOIN ir_model_data d ON d.res_id = u.gid
         WHERE u.uid = s.user_id AND d.module = 'dcrc_dealer' AND d.name = 'group_dcrc_auditor'""")
