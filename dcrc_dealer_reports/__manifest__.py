{
    "name": "Dealer Customer Relationship Centre: Reports",
    "summary": "Daily sheets, figures and audits of a car dealer's customer centre",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "license": "LGPL-3",
    "author": "DCRC Dealer contributors",
    "depends": ["dcrc_dealer"],
    "data": [
        "security/ir.model.access.csv",
        "report/daily_sheet_templates.xml",
        "report/daily_sheet_reports.xml",
        "wizard/daily_sheet_views.xml",
    ],
    "assets": {"web.assets_tests": ["dcrc_dealer_reports/static/tests/tours/**/*"]},
}
