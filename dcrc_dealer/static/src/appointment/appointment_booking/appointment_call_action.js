import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { noteAppointment } from "@dcrc_dealer/followup/call/call_appointments";
import { AppointmentBooking } from "./appointment_booking";

/** "Book" on the call screen: customer, car and reason are carried over. */
registry.category("dcrc_call_actions").add("booking", {
    name: "booking",
    label: _t("Book…"),
    key: "a",
    room: "appointment",
    run({ dialog, call }) {
        const followup = call.activeFollowup;
        dialog.add(AppointmentBooking, {
            partnerId: call.payload.partner.id,
            vehicleId: followup?.vehicle_id || call.payload.cars[0]?.id || false,
            followupId: followup?.id || false,
            onBooked: ({ appointment_id, label, message }) =>
                noteAppointment(call, {
                    id: appointment_id,
                    label: label || message,
                    booked: Boolean(label),
                }),
        });
    },
});
