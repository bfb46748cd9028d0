"""What happens once when the add-on comes and goes."""

from odoo.tools import SQL

from odoo.addons.fleet.report.fleet_report import FleetVehicleCostReport


def post_init_hook(env):
    """Open a customer centre in every company that exists at installation."""
    env["res.company"].search([])._dcrc_open_centre()


def uninstall_hook(env):
    """Leave the dealer's contacts and Fleet as plain Odoo knows them.

    Customers' cars would turn into cars of the dealer's own fleet once the
    column that tells them apart is gone: they are archived instead.
    """
    cars = env["fleet.vehicle"].with_context(active_test=False).search([("dcrc_kind", "=", "customer")])
    cars.with_context(tracking_disable=True).write({"active": False})
    # Rules hold on to the shipped questionnaires and festivals, which go before them.
    rules = env["dcrc.followup.rule"].with_context(active_test=False)
    env.cr.execute(
        SQL(
            """UPDATE %s SET survey_id = NULL, festival_id = NULL,
                      trigger = CASE trigger WHEN 'holiday' THEN 'assignment' ELSE trigger END""",
            SQL.identifier(rules._table),
        )
    )
    env["dcrc.measure.mark"]._uninstall()
    # Our version of the view reads a column that goes now: give Fleet its own back.
    FleetVehicleCostReport.init(env["fleet.vehicle.cost.report"])
