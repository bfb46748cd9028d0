import { _t } from "@web/core/l10n/translation";
import { Component, useEffect, useRef } from "@odoo/owl";

// HOT-1: the six questions of a record
const PROMPTS = [
    _t("Which person"),
    _t("Which matter"),
    _t("At what time"),
    _t("At what place"),
    _t("For what reason"),
    _t("In what way"),
];

/** What the call is about: purpose, six prompts in one text, urgency, mood, rings. */
export class HotlineWords extends Component {
    static template = "dcrc_dealer.HotlineWords";
    static props = { record: Object, typed: Object, onChange: Function };

    setup() {
        this.prompts = PROMPTS;
        this.text = useRef("text");
        useEffect(
            () => this.text.el?.focus(),
            () => [this.props.record.id]
        );
    }

    get words() {
        return this.props.typed.text || "";
    }

    lead(prompt) {
        return _t("%(prompt)s:", { prompt });
    }

    isUsed(prompt) {
        return this.words.includes(this.lead(prompt));
    }

    /** Begin the answer to a prompt on a line of its own; one that is there already is gone to. */
    ask(prompt) {
        const lead = this.lead(prompt);
        const text = this.words;
        if (!this.isUsed(prompt)) {
            const gap = text && !text.endsWith("\n") ? "\n" : "";
            this.props.onChange({ text: `${text}${gap}${lead}` });
        }
        const el = this.text.el;
        el.value = this.words;
        const end = el.value.indexOf("\n", el.value.indexOf(lead));
        el.focus();
        el.setSelectionRange(end < 0 ? el.value.length : end, end < 0 ? el.value.length : end);
    }

    countRings(ev) {
        const rings = parseInt(ev.target.value, 10);
        this.props.onChange({ rings: Number.isNaN(rings) ? 0 : Math.min(Math.max(rings, 0), 99) });
    }
}
