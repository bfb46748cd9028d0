{
    "name": "Dealer Customer Relationship Centre",
    "summary": "Follow-up calls, DMS lists, complaints and customer file of a car dealer",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "license": "LGPL-3",
    "author": "DCRC Dealer contributors",
    "depends": [
        "contacts",
        "fleet",
        "phone_validation",
        "resource",
        "sms",
        "survey",
    ],
    "external_dependencies": {"python": ["phonenumbers", "python_calamine"]},
    "data": [
        # groups, rules, access
        "security/dcrc_security.xml",
        "security/ir.model.access-foundations.csv",
        "security/foundations_rules.xml",
        # menus
        "views/menus.xml",
        # foundations
        "wizard/foundations/assign_views.xml",
        "data/foundations/department_data.xml",
        "data/foundations/reason_data.xml",
        "data/foundations/res_partner_category_data.xml",
        "views/foundations/res_partner_views.xml",
        "views/foundations/fleet_vehicle_views.xml",
        "views/foundations/fleet_vehicle_model_views.xml",
        "views/foundations/fleet_own_views.xml",
        "views/foundations/service_visit_views.xml",
        "views/foundations/delivery_views.xml",
        "views/foundations/vehicle_owner_views.xml",
        "views/foundations/phone_views.xml",
        "views/foundations/do_not_contact_views.xml",
        "views/foundations/department_views.xml",
        "views/foundations/reason_views.xml",
        "views/foundations/res_company_views.xml",
        # dms
        # followup
        # voice
    ],
    "assets": {
        "web.assets_backend": ["dcrc_dealer/static/src/**/*"],
        "web.assets_tests": ["dcrc_dealer/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["dcrc_dealer/static/tests/**/*.test.js"],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "application": True,
}
