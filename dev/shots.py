"""The main screens: what `./dcrc shots` takes pictures of when it isn't told otherwise.

Each is (name, role, url, (width, height), selector to wait for, actions); roles are those that
the demo data returns. Actions are pairs, see `dev.chrome`.
"""

DESKTOP, WIDE, TABLET, PHONE = (1280, 800), (1440, 900), (1024, 768), (390, 844)
LIST, FORM, ROW = ".o_data_row", ".o_form_view", ".o_data_row .o_data_cell"


def _action(name, addon="dcrc_dealer"):
    return f"/odoo/action-{addon}.{name}"


SHOTS = [
    ("today", "specialist", "/odoo/today", DESKTOP, ".o_dcrc_today", []),
    ("today-tablet", "specialist", "/odoo/today", TABLET, ".o_dcrc_today", []),
    ("today-phone", "specialist", "/odoo/today", PHONE, ".o_dcrc_today", []),
    ("today-manager", "manager", "/odoo/today", DESKTOP, ".o_dcrc_today", []),
    ("call", "specialist", "/odoo/today", DESKTOP, ".o_dcrc_today",
     [("key", "Enter"), ("wait", ".o_dcrc_call")]),
    ("call-phone", "specialist", "/odoo/today", PHONE, ".o_dcrc_today",
     [("click", ".o_dcrc_next_call"), ("wait", ".o_dcrc_call")]),
    ("customers", "specialist", _action("customer_action"), DESKTOP, LIST, []),
    ("customer", "specialist", _action("customer_action"), DESKTOP, LIST,
     [("click", ROW), ("wait", FORM)]),
    ("cars", "specialist", _action("customer_car_action"), DESKTOP, LIST, []),
    ("followups", "manager", _action("followup_action"), DESKTOP, LIST, []),
    ("rules", "manager", _action("followup_rule_action"), DESKTOP, LIST, []),
    ("complaints", "manager", _action("complaint_action"), DESKTOP, ".o_kanban_view, .o_list_view",
     []),
    ("corrections", "manager", _action("correction_action"), DESKTOP,
     ".o_kanban_view, .o_list_view", []),
    ("appointments", "service", _action("appointment_board_action"), DESKTOP,
     ".o_dcrc_board", []),
    ("due-cars", "specialist", _action("due_car_action"), DESKTOP, ".o_list_view", []),
    ("dms-lists", "specialist", _action("dms_import_action"), DESKTOP, ".o_kanban_view", []),
    ("held-rows", "specialist", _action("dms_row_held_action"), DESKTOP, ".o_list_view", []),
]
