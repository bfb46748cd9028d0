/**
 * A complaint goes to the department, goes its road, is signed; the manager confirms a change.
 *
 * Selectors: standard list, kanban and form views; button[name=action_reveal_phone]
 *            button[name=action_<step>], the dialog of a step · button[name=action_accept]
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
        { trigger: "body:not(:has(.modal))" }, // the form is read anew once it is closed
        { trigger: "div[name=answer] textarea", run: "edit 更换压缩机支架" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
    ],
});

/** A step's dialog: what it needs, words, and taking it. */
const takeStep = (button, words, ...asked) => [
    { trigger: `.o_form_view button[name=${button}]`, run: "click" },
    ...asked,
    { trigger: ".modal div[name=words] textarea", run: `edit ${words}` },
    { trigger: ".modal button[name=action_take]", run: "click" },
    { trigger: "body:not(:has(.modal))" },
];

tours.add("dcrc_voice_road", {
    steps: () => [
        { trigger: ".o_switch_view.o_kanban", run: "click" },
        { trigger: ".o_kanban_record:contains(空调异响)", run: "click" },
        ...takeStep("action_contact", "已致电客户"),
        { trigger: "div[name=contacted_on], .o_form_view button[name=action_judge]" },
        ...takeStep("action_judge", "情况属实", {
            trigger: ".modal div[name=founded] .o_selection_badge:first",
            run: "click",
        }),
        { trigger: ".o_form_view .o_arrow_button_current[data-value=investigate]" },
        ...takeStep(
            "action_find_cause",
            "未按清单检查",
            { trigger: ".modal div[name=cause_id] input", run: "click" },
            { trigger: ".o-autocomplete--dropdown-item a:not(.o_loading):first", run: "click" }
        ),
        { trigger: ".o_form_view .o_arrow_button_current[data-value=propose]" },
        { trigger: "div[name=proposal_ids] .o_field_x2many_list_row_add a", run: "click" },
        { trigger: "div[name=proposal_ids] .o_selected_row td[name=name] textarea", run: "edit 免费返修" },
        { trigger: "div[name=proposal_ids] .o_selected_row td[name=chosen] input", run: "click" },
        { trigger: "button[name=action_propose]", run: "click" },
        { trigger: ".o_form_view .o_arrow_button_current[data-value=carry]" },
        ...takeStep("action_consent", "客户同意", {
            trigger: ".modal div[name=consent] input[data-value=spoken]",
            run: "click",
        }),
        ...takeStep("action_done", "已返修完成"),
        { trigger: ".o_form_view .o_arrow_button_current[data-value=callback]" },
    ],
});

tours.add("dcrc_voice_sign", {
    steps: () => [
        { trigger: ".o_data_row td[name=text]:contains(空调异响)", run: "click" },
        ...takeStep("action_sign", "客户失联，已尽力"),
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
