"""The main screens: what `./dcrc shots` takes pictures of when it isn't told otherwise.

Each is (name, role, url, (width, height), selector to wait for, actions); roles are those that
the demo data returns. Actions are pairs, see `dev.chrome`.
"""

DESKTOP, WIDE, TABLET, PHONE = (1280, 800), (1440, 900), (1024, 768), (390, 844)
LIST, FORM, ROW = ".o_data_row", ".o_form_view", ".o_data_row .o_data_cell"


def _action(name, addon="dcrc_dealer"):
    return f"/odoo/action-{addon}.{name}"


SHOTS = [
    ("today", "specialist", "/odoo/dcrc-today", DESKTOP, ".o_dcrc_today", []),
    ("today-tablet", "specialist", "/odoo/dcrc-today", TABLET, ".o_dcrc_today", []),
    ("today-phone", "specialist", "/odoo/dcrc-today", PHONE, ".o_dcrc_today", []),
    ("today-manager", "manager", "/odoo/dcrc-today", DESKTOP, ".o_dcrc_today", []),
    ("call", "specialist", "/odoo/dcrc-today", DESKTOP, ".o_dcrc_today", [("key", "Enter"), ("wait", ".o_dcrc_call")]),
    (
        "call-phone",
        "specialist",
        "/odoo/dcrc-today",
        PHONE,
        ".o_dcrc_today",
        [("click", ".o_dcrc_next_call"), ("wait", ".o_dcrc_call")],
    ),
    ("customers", "specialist", _action("customer_action"), DESKTOP, LIST, []),
    ("customer", "specialist", _action("customer_action"), DESKTOP, LIST, [("click", ROW), ("wait", FORM)]),
    ("cars", "specialist", _action("customer_car_action"), DESKTOP, LIST, []),
    ("followups", "manager", _action("followup_action"), DESKTOP, LIST, []),
    ("rules", "manager", _action("followup_rule_action"), DESKTOP, LIST, []),
    ("complaints", "manager", _action("complaint_action"), DESKTOP, ".o_kanban_view, .o_list_view", []),
    ("corrections", "manager", _action("correction_action"), DESKTOP, ".o_kanban_view, .o_list_view", []),
    ("due-cars", "specialist", _action("due_car_action"), DESKTOP, LIST, []),
    ("load", "manager", _action("load_action"), DESKTOP, ".o_list_view", []),
    (
        "reminder",
        "specialist",
        _action("contact_action"),
        DESKTOP,
        LIST,
        [
            ("click", ROW),
            ("wait", "button[name=action_call]"),
            ("click", "button[name=action_call]"),
            ("wait", ".o_dcrc_call"),
        ],
    ),
    ("return", "manager", _action("return_report_action"), DESKTOP, ".o_graph_renderer, .o_pivot, .o_list_view", []),
    ("board", "service", _action("appointment_board_action"), DESKTOP, ".o_dcrc_board", []),
    ("board-phone", "service", _action("appointment_board_action"), PHONE, ".o_dcrc_board", []),
    ("appointments", "specialist", _action("appointment_action"), DESKTOP, ".o_calendar_view, .o_list_view", []),
    ("campaigns", "manager", _action("text_campaign_action"), DESKTOP, LIST, []),
    ("texts", "manager", _action("sms_sms_action"), DESKTOP, LIST, []),
    ("lost-cars", "manager", _action("lost_car_action"), DESKTOP, ".o_list_view, .o_pivot", []),
    ("win-back", "manager", _action("retention_case_action"), DESKTOP, ".o_kanban_view, .o_list_view", []),
    ("effect", "manager", _action("retention_effect_action"), DESKTOP, ".o_list_view, .o_pivot, .o_graph_renderer", []),
    ("settings", "manager", _action("res_company_settings_server_action"), DESKTOP, FORM, []),
    ("dms-lists", "specialist", _action("dms_import_action"), DESKTOP, ".o_kanban_view", []),
    ("held-rows", "specialist", _action("dms_row_held_action"), DESKTOP, ".o_list_view", []),
]
