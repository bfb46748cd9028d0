import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { AppointmentBooking } from "./appointment_booking";

/** "Book" on the call screen: customer, car and reason are carried over. */
registry.category("dcrc_call_actions").add("booking", {
    name: "booking",
    label: _t("Book…"),
    run({ dialog, call }) {
        const followup = call.activeFollowup;
        dialog.add(AppointmentBooking, {
            partnerId: call.payload.partner.id,
            vehicleId: followup?.vehicle_id || call.payload.cars[0]?.id || false,
            followupId: followup?.id || false,
            onBooked: () => followup && call.answerByValue(followup.id, "booked"),
        });
    },
});
