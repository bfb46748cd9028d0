import { registry } from "@web/core/registry";
import { AppointmentBooking } from "./appointment_booking";

/** Opens the dialog for the server's buttons: action `dcrc_dealer.book_appointment`. */
function bookAppointment(env, { params }) {
    return new Promise((resolve) => {
        env.services.dialog.add(
            AppointmentBooking,
            {
                partnerId: params.partner_id,
                vehicleId: params.vehicle_id,
                followupId: params.followup_id,
                appointmentId: params.appointment_id,
            },
            { onClose: () => resolve({ type: "ir.actions.client", tag: "soft_reload" }) }
        );
    });
}

registry.category("actions").add("dcrc_dealer.book_appointment", bookAppointment);
