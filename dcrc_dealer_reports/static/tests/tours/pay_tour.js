import { registry } from "@web/core/registry";

/** A manager looks at the month's figures, opens the rows of one, and closes the month before. */
registry.category("web_tour.tours").add("dcrc_figures", {
    steps: () => [
        { content: "the month before", trigger: "button[name=action_month_before]", run: "click" },
        {
            content: "the success of calls, and its rows",
            trigger: "tr.o_data_row:has(td:contains('回访成功率')) button[name=action_open_base]",
            run: "click",
        },
        { content: "the rows that were counted", trigger: ".o_list_view tr.o_data_row" },
    ],
});

registry.category("web_tour.tours").add("dcrc_kpi_close", {
    steps: () => [
        { content: "the month of the department", trigger: "tr.o_data_row td[name=scheme_id]:contains('部门绩效')", run: "click" },
        { content: "its lines, with what is missing", trigger: ".o_form_view tr.o_data_row:contains('–')" },
        { content: "close it", trigger: "button[name=action_close]", run: "click" },
        { content: "yes", trigger: ".modal .btn-primary", run: "click" },
        { content: "it stays", trigger: ".o_arrow_button_current[data-value=closed]" },
    ],
});
