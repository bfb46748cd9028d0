/**
 * A complaint goes to the department, is answered and closed; the manager confirms a change.
 *
 * Selectors: standard list, kanban and form views; button[name=action_reveal_phone]
 *            button[name=action_ask_result] · button[name=action_accept]
 */
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("dcrc_voice_answer", {
    steps: () => [
        { trigger: ".o_data_row td[name=text]:contains(空调异响)", run: "click" },
        { trigger: ".o_form_view div[name=phone_masked]:contains(138****8000)" },
        { trigger: "button[name=action_reveal_phone]", run: "click" },
        { trigger: ".modal div[name=why] input[data-value=call]", run: "click" },
        { trigger: ".modal button[name=action_show]", run: "click" },
        { trigger: ".o_notification:contains(+8613800138000)" },
        { trigger: "div[name=answer] textarea", run: "edit 更换压缩机支架" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
    ],
});

tours.add("dcrc_voice_close", {
    steps: () => [
        { trigger: ".o_switch_view.o_kanban", run: "click" },
        { trigger: ".o_kanban_record:contains(空调异响)", run: "click" },
        { trigger: ".o_form_view button[name=action_ask_result]", run: "click" },
        { trigger: ".modal div[name=result] textarea", run: "edit 客户满意" },
        { trigger: ".modal button[name=action_close]", run: "click" },
        { trigger: ".o_form_view .o_arrow_button_current[data-value=closed]" },
    ],
});

tours.add("dcrc_voice_changes", {
    steps: () => [
        { trigger: ".o_data_row:contains(王方) .o_list_record_selector input", run: "click" },
        { trigger: ".o_control_panel button[name=action_accept]", run: "click" },
        { trigger: ".o_view_nocontent, .o_list_view:not(:has(.o_data_row))" },
    ],
});

tours.add("dcrc_voice_desk", {
    steps: () => [
        { trigger: ".o_form_view div[name=text] input", run: "edit 2345" },
        { trigger: "button[name=action_find]", run: "click" },
        { trigger: ".o_form_view div[name=chosen]:contains(王*)" },
        { trigger: ".o_form_view div[name=numbers]:contains(138****8000)" },
        { trigger: "div[name=new_value] input", run: "edit 13900139000" },
        { trigger: "button[name=action_send]", run: "click" },
        { trigger: ".o_notification .text-success, .o_notification.border-success, .o_notification:contains(K)" },
    ],
});
