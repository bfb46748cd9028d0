/**
 * A specialist books for a customer from the file; the board shows the car.
 *
 * Selectors: button[name=action_dcrc_book] · .o_dcrc_booking_kind · .o_dcrc_booking_slot[data-start]
 *            .o_dcrc_booking_book · .o_dcrc_board_card[data-state]
 */
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dcrc_appointment_book", {
    steps: () => [
        { trigger: "button[name=action_dcrc_book]", run: "click" },
        { trigger: ".o_dcrc_booking_kind", run: "selectByIndex 1" },
        { trigger: ".o_dcrc_booking_day:not(.active):enabled", run: "click" },
        { trigger: ".o_dcrc_booking_slot:enabled", run: "click" },
        { trigger: ".o_dcrc_booking_items", run: "edit 首保，检查异响" },
        { trigger: ".o_dcrc_booking_book:enabled", run: "click" },
        { trigger: "body:not(:has(.o_dcrc_booking))" },
        { trigger: "button[name=action_dcrc_appointments]" },
    ],
});

registry.category("web_tour.tours").add("dcrc_appointment_board", {
    steps: () => [
        { trigger: ".o_dcrc_board_day:eq(1)", run: "click" },
        { trigger: ".o_dcrc_board_card[data-state=booked] .o_dcrc_board_plate:contains(渝A8K3P2)" },
    ],
});
