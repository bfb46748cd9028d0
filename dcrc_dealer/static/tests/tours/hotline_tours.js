/**
 * A record by one key: customer found, words, complaint; and a call that rings on the agent's screen.
 *
 * Selectors: .o_dcrc_hotline[data-state] · .o_dcrc_find_caller · .o_dcrc_caller_row · .o_dcrc_hotline_text
 *            button[data-carry] · .o_dcrc_answered · .o_dcrc_made
 */
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("dcrc_hotline_key", {
    steps: () => [
        {
            trigger: ".o_dcrc_hotline_new",
            run: () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "F9", bubbles: true })),
        },
        { trigger: ".o_dcrc_hotline[data-state=open] .o_dcrc_find_caller", run: "edit 8000" },
        { trigger: ".o_dcrc_caller_row:contains(王芳)", run: "click" },
        { trigger: ".o_dcrc_hotline .o_dcrc_who_name" },
        { trigger: ".o_dcrc_hotline [data-name=mood][data-value=angry]", run: "click" },
        { trigger: ".o_dcrc_prompt:first", run: "click" },
        { trigger: ".o_dcrc_hotline_text", run: "edit 空调异响，第三次来电" },
        { trigger: ".o_dcrc_mark[data-mark=saved]" },
        { trigger: "button[data-carry=complaint]", run: "click" },
        { trigger: ".o_dcrc_made li button" },
        { trigger: ".o_dcrc_answered", run: "click" },
        { trigger: ".o_dcrc_hotline[data-state=done]" },
    ],
});

tours.add("dcrc_hotline_new_caller", {
    steps: () => [
        { trigger: ".o_dcrc_hotline_new", run: "click" },
        { trigger: ".o_dcrc_new_name", run: "edit 赵敏" },
        { trigger: ".o_dcrc_new_number", run: "edit 13986753090" },
        { trigger: ".o_dcrc_new_customer button", run: "click" },
        { trigger: ".o_dcrc_hotline .o_dcrc_who_name" },
        { trigger: ".o_dcrc_hotline_text", run: "edit 想问救援电话" },
        { trigger: ".o_dcrc_articles input", run: "edit 救援" },
        { trigger: ".o_dcrc_article_row:contains(道路救援)", run: "click" },
        { trigger: ".o_dcrc_article_body:contains(二十四小时)" },
        { trigger: ".o_dcrc_call_back", run: "click" },
        { trigger: ".o_dcrc_within_limit", run: "click" },
        { trigger: ".o_dcrc_hotline[data-state=callback]" },
    ],
});
