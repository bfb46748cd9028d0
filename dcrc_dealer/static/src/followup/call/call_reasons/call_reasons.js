import { _t } from "@web/core/l10n/translation";
import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { formatDay, formatPhone } from "../../console/console_format";
import { CallQuestion } from "../call_question/call_question";

/** One tab a reason to call: script with the customer's data, and questions. */
export class CallReasons extends Component {
    static template = "dcrc_dealer.CallReasons";
    static components = { CallQuestion };
    static props = { call: Object, onAskInstead: { type: Function, optional: true } };

    setup() {
        this.call = useState(this.props.call);
        this.note = useRef("note");
        this.formatPhone = formatPhone;
        useEffect(
            (typing) => {
                if (typing) {
                    this.note.el.focus();
                    this.call.typing = "";
                }
            },
            () => [this.call.typing === "note"]
        );
    }

    get followup() {
        return this.call.activeFollowup;
    }

    get dissatisfied() {
        return this.call.isFollowupDissatisfied(this.followup.id);
    }

    /** One conversation, one opinion: the questions of a like reason stand there once. */
    get askedWith() {
        const leader = this.call.followups.find((f) => f.id === this.followup.asked_with);
        return leader
            ? _t("Asked once, together with “%(reason)s”: %(source)s", {
                  reason: leader.rule,
                  source: leader.source_label,
              })
            : "";
    }

    get questions() {
        return this.call.questionsOf(this.followup);
    }

    get closing() {
        const { script } = this.followup;
        return this.dissatisfied ? script.closing_dissatisfied : script.closing_satisfied;
    }

    source(followup) {
        const parts = [followup.source_label];
        if (followup.due) {
            parts.push(_t("due %(day)s", { day: formatDay(followup.due) }));
        }
        return parts.filter(Boolean).join(" · ");
    }

    /** The scale's words stand once above the questions that share them. */
    showsScale(index) {
        const { questions } = this;
        const words = (question) =>
            question?.type === "level" ? question.answers.map((a) => a.label).join("|") : "";
        return Boolean(words(questions[index])) && words(questions[index]) !== words(questions[index - 1]);
    }

    onNote(ev) {
        this.call.set({ note: ev.target.value });
    }
}
