/**
 * From the DMS's list to the finished call and its sheet; see tests/test_journey.py.
 * The lists lie in two public attachments, because their dates move with today.
 */
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";

async function dropLists(names) {
    const input = document.querySelector(".o_dcrc_dms_dropzone input[type=file]");
    const transfer = new DataTransfer();
    for (const name of names) {
        const [found] = await rpc("/web/dataset/call_kw/ir.attachment/search_read", {
            model: "ir.attachment",
            method: "search_read",
            args: [[["name", "=", name]], ["datas"]],
            kwargs: { limit: 1 },
        });
        const bytes = Uint8Array.from(atob(found.datas), (char) => char.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
    }
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

const answer = (code, level) => ({
    content: `Answer ${code}: ${level}`,
    trigger: `.o_dcrc_question[data-code='${code}'] .o_dcrc_answer[data-level='${level}']`,
    run: "click",
});

registry.category("web_tour.tours").add("dcrc_journey_lists", {
    steps: () => [
        {
            content: "Drop the sales list",
            trigger: ".o_dcrc_dms_dropzone",
            run: () => dropLists(["journey_sales.csv"]),
        },
        {
            content: "The preview holds one row back",
            trigger: ".o_dcrc_dms_chip[data-verdict='held'] .o_dcrc_dms_count:contains(/^1$/)",
        },
        {
            content: "and would create two",
            trigger: ".o_dcrc_dms_chip[data-verdict='created'] .o_dcrc_dms_count:contains(/^2$/)",
        },
        { content: "Import it", trigger: "button[name='action_import']", run: "click" },
        {
            content: "It waits for its turn",
            trigger: ".o_statusbar_status .o_arrow_button_current:not([data-value='preview'])",
        },
    ],
});

registry.category("web_tour.tours").add("dcrc_journey_plan", {
    steps: () => [
        {
            content: "Open the rule of the first call",
            trigger: ".o_data_row:first .o_data_cell",
            run: "click",
        },
        { content: "Plan now", trigger: "button[name='action_plan_now']", run: "click" },
        { content: "It says so", trigger: ".o_notification" },
    ],
});

registry.category("web_tour.tours").add("dcrc_journey_call", {
    steps: () => [
        { content: "Today shows the customer", trigger: ".o_dcrc_today .o_dcrc_next_call:enabled", run: "click" },
        { content: "The call is open", trigger: ".o_dcrc_call[data-phase='call'] .o_dcrc_question" },
        answer("A", 1),
        ...["B", "C", "D", "E", "F"].map((code) => answer(code, 5)),
        {
            content: "What happened stands in the complaint, in the customer's words",
            trigger: ".o_dcrc_complaint_text",
            run: "edit 提车时空调有异响",
        },
        { content: "Save", trigger: ".o_dcrc_save", run: "click" },
        { content: "and be back on Today", trigger: ".o_dcrc_today" },
    ],
});

registry.category("web_tour.tours").add("dcrc_journey_sheet", {
    steps: () => [
        {
            content: "One follow-up stands on the day's sheet",
            trigger: ".o_field_widget[name='row_count']:contains(/^1$/)",
        },
        { content: "It can be printed", trigger: "button[name='action_print']:enabled" },
    ],
});
