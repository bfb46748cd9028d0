/**
 * A manager levels the month's reminders, and wins back a customer who stays away.
 *
 * Selectors: button[name=action_ask_move] · button[name=action_dcrc_ask_win_back] · button[name=action_won]
 */
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dcrc_service_load", {
    steps: () => [
        { trigger: ".o_group_header", run: "click" },
        { trigger: ".o_data_row .o_list_record_selector input", run: "click" },
        { trigger: "button[name=action_ask_move]", run: "click" },
        { trigger: ".modal .o_field_widget[name=preview]:contains(→)" },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("dcrc_retention_win_back", {
    steps: () => [
        { trigger: ".o_searchview_facet:not(.o_facet_with_domain) .o_facet_remove", run: "click" },
        { trigger: ".o_data_row:contains(渝A8K3P2) .o_list_record_selector input", run: "click" },
        { trigger: "button[name=action_dcrc_ask_win_back]", run: "click" },
        { trigger: ".modal .o_field_widget[name=new_count]:contains(1)" },
        { trigger: ".modal button[name=action_apply]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=risk_note]" },
        { trigger: ".o_field_widget[name=helped] input", run: "edit 到店免费检测" },
        { trigger: "button[name=action_won]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current[data-value=won]" },
    ],
});
