"""How each invariant of the self-check is broken: statements on the demo's data, by its key.

A room that adds an invariant adds its line. ``%(dealer)s`` and ``%(other)s`` are two dealers.
"""

FOUNDATIONS = {
    "apart": [
        """UPDATE dcrc_followup SET vehicle_id = (SELECT id FROM fleet_vehicle WHERE company_id = %(other)s LIMIT 1)
            WHERE id = (SELECT id FROM dcrc_followup WHERE company_id = %(dealer)s LIMIT 1)"""
    ],
    "owner": [
        """UPDATE fleet_vehicle SET dcrc_owner_id = NULL WHERE id = (
            SELECT vehicle_id FROM dcrc_vehicle_owner WHERE role = 'owner' AND date_to IS NULL
               AND company_id = %(dealer)s LIMIT 1)"""
    ],
    "owner_turns": [
        """UPDATE dcrc_vehicle_owner SET date_from = '2020-01-01' WHERE id = (
            SELECT id FROM dcrc_vehicle_owner WHERE role = 'owner' AND date_to IS NULL AND company_id = %(dealer)s
             LIMIT 1)""",
        """INSERT INTO dcrc_vehicle_owner (vehicle_id, partner_id, company_id, role, date_from, date_to, source)
           SELECT vehicle_id, partner_id, company_id, 'owner', date '2021-01-01', date '2022-01-01', 'manual'
             FROM dcrc_vehicle_owner WHERE role = 'owner' AND date_from = '2020-01-01' LIMIT 1""",
    ],
    "last_visit": [
        """UPDATE fleet_vehicle SET dcrc_last_visit_date = '2020-01-01' WHERE id = (
            SELECT vehicle_id FROM dcrc_service_visit WHERE company_id = %(dealer)s AND void IS NOT TRUE LIMIT 1)"""
    ],
    "number": [
        """UPDATE dcrc_phone SET number = (SELECT number FROM dcrc_phone WHERE company_id = %(dealer)s
                                              AND state = 'ok' LIMIT 1)
            WHERE id = (SELECT id FROM dcrc_phone WHERE company_id = %(dealer)s AND state = 'wrong' LIMIT 1)"""
    ],
    "void": [
        """UPDATE dcrc_delivery SET void = TRUE, void_cause = 'hand', void_by = 2, void_confirmed_by = 2
            WHERE id = (SELECT id FROM dcrc_delivery WHERE company_id = %(dealer)s LIMIT 1)"""
    ],
    "stamp": [
        """UPDATE dcrc_correction SET closed_by = NULL WHERE id = (
            SELECT id FROM dcrc_correction WHERE company_id = %(dealer)s AND state = 'verified' LIMIT 1)"""
    ],
    "clock": [
        """UPDATE dcrc_clock SET due_on = NULL WHERE id = (
            SELECT id FROM dcrc_clock WHERE company_id = %(dealer)s AND state = 'running' LIMIT 1)"""
    ],
    "clock_over": [
        """UPDATE dcrc_correction SET state = 'verified', closed_by = 2, closed_on = '2026-01-01' WHERE id = (
            SELECT res_id FROM dcrc_clock WHERE company_id = %(dealer)s AND state = 'running'
               AND res_model = 'dcrc.correction' LIMIT 1)"""
    ],
    "fact": [
        """DELETE FROM dcrc_measure_mark""",
        """UPDATE dcrc_measure_fact SET numerator = numerator + 1
            WHERE id = (SELECT id FROM dcrc_measure_fact WHERE company_id = %(dealer)s ORDER BY day DESC LIMIT 1)""",
    ],
    "climb": [
        """INSERT INTO dcrc_clock_climb (clock_id, company_id, warning, reached_on, told_on)
           SELECT id, company_id, FALSE, '2026-01-01', '2100-01-01' FROM dcrc_clock
            WHERE company_id = %(dealer)s AND state = 'running' LIMIT 1""",
        """UPDATE dcrc_clock SET state = 'met', met_on = '2099-01-01', next_on = NULL WHERE id = (
            SELECT clock_id FROM dcrc_clock_climb WHERE told_on = '2100-01-01')""",
    ],
}
DMS = {
    "rows": [
        """UPDATE dcrc_dms_import SET row_count = row_count + 1 WHERE id = (
            SELECT id FROM dcrc_dms_import WHERE company_id = %(dealer)s AND state = 'done' LIMIT 1)"""
    ],
    "held_why": [
        """UPDATE dcrc_dms_row SET reason = NULL WHERE id = (
            SELECT id FROM dcrc_dms_row WHERE company_id = %(dealer)s AND state = 'held' LIMIT 1)"""
    ],
}
DONE = "SELECT id FROM dcrc_followup WHERE company_id = %(dealer)s AND state = 'done' AND effective"
FOLLOWUP = {
    "paper": [
        # of the latest visit: papers from before the rule came into force need none
        """UPDATE dcrc_followup SET source_id = 0 WHERE id = (
            SELECT f.id FROM dcrc_followup f JOIN dcrc_service_visit v ON v.id = f.source_id AND v.void IS NOT TRUE
             WHERE f.company_id = %(dealer)s AND f.source_model = 'dcrc.service.visit' AND f.state = 'done'
             ORDER BY v.date DESC, f.id LIMIT 1)"""
    ],
    "once": [
        """UPDATE dcrc_followup f SET source_id = g.source_id, occurrence = 'again' FROM dcrc_followup g
            WHERE f.source_model = 'dcrc.service.visit' AND g.source_model = f.source_model AND f.state = 'done'
              AND g.state = 'done' AND g.rule_id = f.rule_id AND f.id = (
                  SELECT MAX(id) FROM dcrc_followup WHERE company_id = %(dealer)s AND state = 'done'
                     AND source_model = 'dcrc.service.visit')
              AND g.id = (SELECT MIN(id) FROM dcrc_followup WHERE company_id = %(dealer)s AND state = 'done'
                             AND source_model = 'dcrc.service.visit')"""
    ],
    "exit": [
        f"""UPDATE dcrc_followup SET base_state = 'out', exit_source = 'person', exit_on = done_on,
                   cancel_note = 'x', exit_found_by = 2, exit_confirmed_by = 2 WHERE id = ({DONE} LIMIT 1)"""
    ],
    "exit_waiting": [
        f"UPDATE dcrc_followup SET base_state = 'pending', exit_source = 'person' WHERE id = ({DONE} LIMIT 1)"
    ],
    "answer": [f"UPDATE dcrc_followup SET effective = FALSE WHERE id = ({DONE} AND user_input_id IS NOT NULL LIMIT 1)"],
    "opinion": [
        f"""UPDATE dcrc_followup SET user_input_id = NULL
             WHERE id = ({DONE} AND user_input_id IS NOT NULL AND source_model = 'dcrc.service.visit'
                          ORDER BY done_on DESC LIMIT 1)"""
    ],
    "asked_once": [
        f"""UPDATE dcrc_followup f SET contact_id = g.contact_id FROM dcrc_followup g
             WHERE f.id = (SELECT MAX(x.id) FROM dcrc_followup x WHERE x.id IN ({DONE})
                              AND x.source_model = 'dcrc.service.visit')
               AND g.id = (SELECT MIN(x.id) FROM dcrc_followup x WHERE x.id IN ({DONE})
                              AND x.source_model = 'dcrc.service.visit')"""
    ],
    "closed": [f"UPDATE dcrc_followup SET done_on = NULL WHERE id = ({DONE} LIMIT 1)"],
    "in_queue": [
        """UPDATE dcrc_followup SET contact_id = NULL WHERE id = (
            SELECT id FROM dcrc_followup WHERE company_id = %(dealer)s AND state = 'open' AND channel = 'phone'
             LIMIT 1)"""
    ],
    "one_open": [
        "DROP INDEX dcrc_contact_one_open",
        """UPDATE dcrc_contact SET state = 'open' WHERE id = (
            SELECT c.id FROM dcrc_contact c JOIN dcrc_contact o ON o.partner_id = c.partner_id AND o.state = 'open'
             WHERE c.company_id = %(dealer)s AND c.state != 'open' LIMIT 1)""",
    ],
    "one_a_day": [
        """UPDATE dcrc_call l SET started_at = o.done_on, ended_at = o.done_on FROM dcrc_contact o
            WHERE o.state = 'done' AND o.partner_id = l.partner_id AND o.id < l.contact_id
              AND l.company_id = %(dealer)s AND l.state = 'done'"""
    ],
    "work": [
        """UPDATE dcrc_followup SET contact_id = NULL WHERE contact_id = (
            SELECT id FROM dcrc_contact WHERE company_id = %(dealer)s AND state = 'open' LIMIT 1)"""
    ],
    "attempts": [
        """UPDATE dcrc_contact SET attempt_count = 1 WHERE id = (
            SELECT id FROM dcrc_contact WHERE company_id = %(dealer)s AND state = 'failed' AND attempt_count = 3
               AND last_outcome_id IN (SELECT id FROM dcrc_call_outcome WHERE retry) LIMIT 1)"""
    ],
    "slots": [
        """UPDATE dcrc_call l SET slot_id = (SELECT MIN(id) FROM dcrc_call_slot WHERE company_id = %(dealer)s)
             FROM dcrc_contact c WHERE c.id = l.contact_id AND c.state = 'failed' AND c.attempt_count = 3
              AND c.company_id = %(dealer)s"""
    ],
    "attempt_count": [
        """UPDATE dcrc_contact SET attempt_count = attempt_count + 1 WHERE id = (
            SELECT id FROM dcrc_contact WHERE company_id = %(dealer)s AND state = 'done' LIMIT 1)"""
    ],
}
TEXTING = {
    "text_once": [
        """INSERT INTO sms_sms (dcrc_company_id, dcrc_followup_id, number, body, state, dcrc_sent_at, uuid)
           SELECT company_id, id, '+8613900000000', 'x', 'sent', '2026-01-01', n
             FROM dcrc_followup, (VALUES ('one'), ('two')) v(n)
            WHERE id = (SELECT id FROM dcrc_followup WHERE company_id = %(dealer)s LIMIT 1)"""
    ],
    "text_sent": [
        """INSERT INTO sms_sms (dcrc_company_id, number, body, state, uuid)
           VALUES (%(dealer)s, '+8613900000000', 'x', 'sent', 'three')"""
    ],
}
SERVICE = {
    "due": [
        "UPDATE fleet_vehicle SET write_date = '2020-01-01' WHERE company_id = %(dealer)s",
        # of all cars: whose turn has come differs from day to day
        """UPDATE dcrc_followup SET source_id = -id
            WHERE company_id = %(dealer)s AND source_model = 'fleet.vehicle'""",
    ],
    "reminder_once": [
        """UPDATE dcrc_followup f SET vehicle_id = g.vehicle_id, service_base_date = g.service_base_date
             FROM dcrc_followup g JOIN dcrc_followup_rule r ON r.id = g.rule_id AND r.trigger = 'periodic_service'
            WHERE g.company_id = %(dealer)s AND g.state = 'done' AND f.rule_id = g.rule_id AND f.state = 'done'"""
    ],
    "reading_void": [
        """UPDATE dcrc_service_visit SET void = TRUE, void_cause = 'status' WHERE id = (
            SELECT visit_id FROM dcrc_mileage_reading WHERE company_id = %(dealer)s AND excluded IS NULL
               AND visit_id IS NOT NULL LIMIT 1)"""
    ],
}
APPOINTMENT = {
    "seat": [
        """DELETE FROM dcrc_appointment_seat WHERE appointment_id = (
            SELECT id FROM dcrc_appointment WHERE company_id = %(dealer)s AND state = 'booked' AND bay_id IS NOT NULL
               AND day > CURRENT_DATE + 1 LIMIT 1)"""
    ],
    "expected": [
        """UPDATE dcrc_appointment SET state = 'booked' WHERE id = (
            SELECT id FROM dcrc_appointment WHERE company_id = %(dealer)s AND day < CURRENT_DATE - 9 LIMIT 1)"""
    ],
    "served": [
        """UPDATE dcrc_appointment SET vehicle_id = (SELECT MIN(id) FROM fleet_vehicle WHERE company_id = %(dealer)s)
            WHERE visit_id IS NOT NULL AND company_id = %(dealer)s"""
    ],
}
RETENTION = {
    "stage": [
        """UPDATE fleet_vehicle SET dcrc_stage = CASE dcrc_stage WHEN 'lost' THEN 'active' ELSE 'lost' END WHERE id = (
            SELECT vehicle_id FROM dcrc_lifecycle_change WHERE company_id = %(dealer)s LIMIT 1)"""
    ],
    "won": [
        """UPDATE dcrc_service_visit SET void = TRUE, void_cause = 'status' WHERE id IN (
            SELECT visit_id FROM dcrc_retention_case WHERE company_id = %(dealer)s AND state = 'won')"""
    ],
    "case_over": [
        """UPDATE dcrc_followup SET state = 'planned', done_on = NULL WHERE id = (
            SELECT f.id FROM dcrc_followup f JOIN dcrc_retention_case c ON c.id = f.source_id AND c.state = 'won'
             WHERE f.company_id = %(dealer)s AND f.source_model = 'dcrc.retention.case' LIMIT 1)"""
    ],
}
VOICE = {
    "dialled": [
        """UPDATE dcrc_correction SET phone_id = l.phone_id, call_id = NULL, date = l.started_at - interval '1 hour',
                  closed_on = l.started_at + interval '1 hour'
             FROM dcrc_call l WHERE l.id = (SELECT MAX(id) FROM dcrc_call WHERE company_id = %(dealer)s
                                               AND phone_id IS NOT NULL AND state = 'done')
              AND item = 'phone' AND dcrc_correction.company_id = %(dealer)s
              AND dcrc_correction.state NOT IN ('open', 'proposed')"""
    ],
    "held": [
        f"""UPDATE dcrc_followup SET base_state = 'pending', block_reason = 'sold', state = 'blocked'
             WHERE id = ({DONE} LIMIT 1)"""
    ],
    "gripe": ["""UPDATE dcrc_complaint SET followup_id = NULL WHERE company_id = %(dealer)s"""],
    "closed_by": [
        """UPDATE dcrc_complaint SET closing = 'answer', closing_id = (
            SELECT id FROM dcrc_followup WHERE company_id = %(dealer)s AND source_model = 'dcrc.delivery' LIMIT 1)
            WHERE id = (SELECT id FROM dcrc_complaint WHERE company_id = %(dealer)s AND state = 'closed' LIMIT 1)"""
    ],
    "rounds": [
        """UPDATE dcrc_complaint SET round_no = round_no + 1 WHERE id = (
            SELECT id FROM dcrc_complaint WHERE company_id = %(dealer)s LIMIT 1)"""
    ],
    "another": [
        """INSERT INTO dcrc_complaint_round (complaint_id, company_id, number, started_on, handler_id)
           SELECT complaint_id, company_id, 99, started_on, 2 FROM dcrc_complaint_round
            WHERE company_id = %(dealer)s LIMIT 1""",
        """INSERT INTO dcrc_complaint_round (complaint_id, company_id, number, started_on, handler_id)
           SELECT complaint_id, company_id, 98, started_on, 2 FROM dcrc_complaint_round WHERE number = 99""",
    ],
    "calls_back": [
        """UPDATE dcrc_followup SET source_model = 'dcrc.complaint.round', source_id = 0, occurrence = 'broken'
            WHERE id = (SELECT id FROM dcrc_followup WHERE company_id = %(dealer)s AND state = 'planned' LIMIT 1)"""
    ],
}
HOTLINE = {
    "hotline_promised": [
        """UPDATE dcrc_hotline SET state = 'callback', closed_on = NULL WHERE id = (
            SELECT MIN(id) FROM dcrc_hotline WHERE company_id = %(dealer)s AND state = 'done')"""
    ],
    "hotline_over": [
        """UPDATE dcrc_followup SET source_model = 'dcrc.hotline', contact_id = NULL, state = 'planned',
                  rule_id = (SELECT MIN(id) FROM dcrc_followup_rule WHERE company_id = %(dealer)s
                                AND trigger = 'hotline_callback'),
                  source_id = (SELECT MIN(id) FROM dcrc_hotline WHERE company_id = %(dealer)s AND state = 'done')
            WHERE id = (SELECT MIN(id) FROM dcrc_followup WHERE company_id = %(dealer)s AND state = 'planned')"""
    ],
    "hotline_limit": [
        """UPDATE dcrc_clock SET state = 'ended', next_on = NULL
            WHERE company_id = %(dealer)s AND res_model = 'dcrc.hotline' AND state = 'running'"""
    ],
    "hotline_rang": [
        """INSERT INTO dcrc_hotline_ring (company_id, reference, direction, rung_at, ended_at, answered)
           VALUES (%(dealer)s, 'lost', 'in', '2026-01-01', '2026-01-01', FALSE)"""
    ],
}
WARRANTY = {
    "warranty_void": [
        """INSERT INTO dcrc_warranty_repair (visit_id, vehicle_id, company_id, day_in, fault_state, judged_on)
           SELECT MIN(id), (ARRAY_AGG(vehicle_id ORDER BY id))[1], company_id, '2026-01-01', 'own', '2100-01-01'
             FROM dcrc_service_visit WHERE company_id = %(dealer)s AND kind = 'periodic' AND void IS NOT TRUE
            GROUP BY company_id""",
        """UPDATE dcrc_service_visit SET void = TRUE, void_cause = 'hand', void_by = 2, void_confirmed_by = 2
            WHERE id = (SELECT visit_id FROM dcrc_warranty_repair WHERE judged_on = '2100-01-01')""",
    ],
    "warranty_figure": [
        """INSERT INTO dcrc_warranty_case (company_id, vehicle_id, partner_id, name, kind, level, state, figure)
           SELECT company_id, id, dcrc_contact_id, '/', 'fault', '1', 'open', 9 FROM fleet_vehicle
            WHERE company_id = %(dealer)s AND dcrc_kind = 'customer' AND dcrc_contact_id IS NOT NULL LIMIT 1"""
    ],
}
BREAKS = {
    **FOUNDATIONS,
    **DMS,
    **FOLLOWUP,
    **TEXTING,
    **SERVICE,
    **APPOINTMENT,
    **RETENTION,
    **WARRANTY,
    **VOICE,
    **HOTLINE,
}
