/**
 * A manager prepares a text campaign, looks at whom it reaches and what it costs, starts and pauses it.
 *
 * Selectors: button[name=action_ask_start] · button[name=action_start] · button[name=action_stop]
 */
import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("dcrc_texting_campaign", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit 冬季检测邀约" },
        { trigger: ".o_field_widget[name=template_id] input", run: "edit 冬季" },
        { trigger: ".o-autocomplete--dropdown-item:contains(冬季免费检测)", run: "click" },
        { trigger: ".o_field_widget[name=preview]:contains(拒收请回复R)" },
        { trigger: ".o_field_widget[name=send_count]:contains(2)" },
        { trigger: "button[name=action_ask_start]", run: "click" },
        { trigger: ".modal .o_field_widget[name=estimate]:contains(0.09)" },
        { trigger: ".modal .o_field_widget[name=exclusions]:contains(1)" },
        { trigger: ".modal button[name=action_start]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=running]" },
        { trigger: ".o_dcrc_text_progress_done:contains(2)" },
        { trigger: "button[name=action_stop]", run: "click" },
        { trigger: ".o_arrow_button_current[data-value=stopped]" },
        { trigger: "button[name=action_resume]" },
    ],
});
