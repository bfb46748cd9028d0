/**
 * Tours of the two screens, by keyboard.
 *
 * Selectors that stay as they are, for tours of other add-ons too:
 *   Today   .o_dcrc_today · [data-tile=late|due|callback|failed|problems|corrections|to_confirm]
 *           .o_dcrc_queue_row[data-contact] · .o_dcrc_next_call · .o_dcrc_today_team_tab
 *   Call    .o_dcrc_call[data-phase=call|taken|refused|empty] · .o_dcrc_who_name
 *           [data-followup] (tab) · .o_dcrc_question[data-question="<followup>:<question>"][data-code]
 *           .o_dcrc_question_focused · .o_dcrc_answer[data-level=1…5] · .o_dcrc_answer_given
 *           .o_dcrc_script_opening · .o_dcrc_script_closing · .o_dcrc_script_apology
 *           [data-outcome=<code>] · .o_dcrc_callback · .o_dcrc_complaint_text
 *           .o_dcrc_complaint_department · .o_dcrc_add_complaint · .o_dcrc_add_correction
 *           .o_dcrc_mark[data-mark=saving|saved|offline|refused] · .o_dcrc_problems
 *           .o_dcrc_save · .o_dcrc_save_next · .o_dcrc_skip · .o_dcrc_back · .o_dcrc_call_today
 */
import { registry } from "@web/core/registry";

const MOST_ACTIONS = 10;

let actions = 0;

function count(run) {
    return async (helpers) => {
        actions++;
        await run(helpers);
    };
}

/** Press a digit on every question that a digit can answer. */
async function answerAll({ press, waitFor }, digitOf) {
    const questions = document.querySelectorAll(".o_dcrc_question:has(.o_dcrc_answer)");
    for (const [index, question] of [...questions].entries()) {
        const { question: key } = question.dataset;
        await waitFor(`.o_dcrc_question_focused[data-question="${key}"]`);
        actions++;
        await press(digitOf(index));
        await waitFor(`[data-question="${key}"] .o_dcrc_answer_given`);
    }
}

const OPEN = [
    {
        content: "Today shows what is due",
        trigger: ".o_dcrc_today [data-tile=due] .o_dcrc_tile_count:contains(1)",
    },
    {
        content: "Enter is the next call",
        trigger: ".o_dcrc_today",
        run: "press Enter",
    },
    {
        content: "Who is called, and the opening with her data",
        trigger: ".o_dcrc_call .o_dcrc_script_opening",
        run: () => {
            actions = 0;
        },
    },
];

registry.category("web_tour.tours").add("dcrc_call_satisfied", {
    steps: () => [
        ...OPEN,
        {
            content: "Every question by one key",
            trigger: ".o_dcrc_question_focused",
            run: (helpers) => answerAll(helpers, () => "5"),
        },
        {
            content: "Reached and answered is chosen by itself",
            trigger: "[data-outcome=answered].o_dcrc_choice_given",
        },
        {
            content: "What was entered is kept",
            trigger: ".o_dcrc_mark[data-mark=saved]",
            run: count(({ press }) => press("Control+Enter")),
        },
        {
            content: "The next one, or nobody",
            trigger: ".o_dcrc_call[data-phase=empty]",
            run: () => {
                if (actions > MOST_ACTIONS) {
                    throw new Error(`A satisfied call took ${actions} keys, not ${MOST_ACTIONS}`);
                }
            },
        },
        {
            content: "Back to My Day",
            trigger: ".o_dcrc_call_today",
            run: "click",
        },
        {
            content: "Done is counted",
            trigger: ".o_dcrc_today_done:contains(1)",
        },
    ],
});

registry.category("web_tour.tours").add("dcrc_call_dissatisfied", {
    steps: () => [
        ...OPEN,
        {
            content: "The second answer is bad",
            trigger: ".o_dcrc_question_focused",
            run: (helpers) => answerAll(helpers, (index) => (index === 1 ? "1" : "5")),
        },
        {
            content: "The apology is on the screen",
            trigger: ".o_dcrc_script_apology",
        },
        {
            content: "Back to the bad answer: its words",
            trigger: ".o_dcrc_answer_bad",
            run: "click",
        },
        {
            trigger: ".o_dcrc_question:has(.o_dcrc_answer_bad) textarea",
            run: "edit 去过两次还有异响",
        },
        {
            content: "The words stand in the complaint, with its department",
            trigger: ".o_dcrc_complaint_text:value(去过两次还有异响)",
            run: () => {
                if (!document.querySelector(".o_dcrc_complaint_department").value) {
                    throw new Error("The complaint has no department");
                }
            },
        },
        {
            content: "Save, and back to Today",
            trigger: ".o_dcrc_save",
            run: "click",
        },
        {
            content: "It is a problem of the day",
            trigger: ".o_dcrc_today [data-tile=problems] .o_dcrc_tile_count:contains(1)",
        },
        {
            trigger: ".o_dcrc_day [data-kind=problem]:contains(异响)",
        },
    ],
});

registry.category("web_tour.tours").add("dcrc_caller", {
    steps: () => [
        { trigger: ".o_dcrc_search input", run: "edit 8000" },
        { trigger: ".o_dcrc_search_row:contains(王晓燕):contains(138****8000)", run: "click" },
        { content: "Her page: cars, reasons and what to do, without a tab", trigger: ".o_dcrc_customer [name=dcrc_vehicle_ids]" },
        { trigger: ".o_dcrc_customer [name=dcrc_open_followup_ids] .o_data_row" },
        { trigger: "button[name=action_dcrc_complain]" },
        { trigger: "button[name=action_dcrc_correct]" },
        { trigger: "button[name=action_dcrc_book]" },
        { trigger: "button[name=action_dcrc_call]", run: "click" },
        { trigger: ".o_dcrc_call[data-phase=call]" },
    ],
});
