import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { isDissatisfied } from "../call_complaints";

/**
 * One question: a scale or choices, one click or key each, and the remark in
 * the customer's words.
 */
export class CallQuestion extends Component {
    static template = "dcrc_dealer.CallQuestion";
    static props = {
        call: Object,
        followupId: Number,
        question: Object,
        number: Number,
        showsScale: Boolean,
    };

    setup() {
        this.call = useState(this.props.call);
        this.root = useRef("root");
        this.words = useRef("words");
        useEffect(
            (focused) => {
                if (focused) {
                    this.onFocused();
                }
                this.shown = true;
            },
            () => [this.isFocused]
        );
        useEffect(
            (typing) => {
                if (typing) {
                    this.words.el.focus();
                    this.call.typing = "";
                }
            },
            () => [this.call.typing === this.key && Boolean(this.words.el)]
        );
    }

    get key() {
        return `${this.props.followupId}:${this.props.question.id}`;
    }

    get isFocused() {
        return this.call.data.focus === this.key;
    }

    get given() {
        return this.call.answerOf(this.props.followupId, this.props.question.id);
    }

    get isLevel() {
        return this.props.question.type === "level";
    }

    /** Levels stand from worst (1) to best (5), as the keys count them. */
    get answers() {
        const { answers } = this.props.question;
        return this.isLevel ? [...answers].sort((a, b) => a.level - b.level) : answers;
    }

    get isDissatisfied() {
        return isDissatisfied(this.props.question, this.given.answer_id);
    }

    get showsWords() {
        const { question } = this.props;
        return (
            question.type === "text" ||
            (question.comments &&
                (Boolean(this.given.text) || this.isDissatisfied || this.call.revealed === this.key))
        );
    }

    digit(answer, index) {
        if (this.isLevel) {
            return answer.level;
        }
        return index < 9 ? index + 1 : ""; // there is no key for the tenth
    }

    /** The eye and the screen reader follow the keys, unless somebody types. */
    onFocused() {
        if (!document.activeElement?.closest("textarea, input, select")) {
            this.root.el.focus({ preventScroll: true });
        }
        if (this.shown) {
            this.root.el.scrollIntoView({ block: "nearest" });
        }
    }

    onPick(answer) {
        this.call.answer(this.props.followupId, this.props.question.id, answer.id);
    }

    onWords(ev) {
        this.call.patchAnswer(this.props.followupId, this.props.question.id, {
            text: ev.target.value,
        });
    }

    onEnter() {
        this.call.focus(this.props.followupId, this.props.question.id);
    }

    onReveal() {
        this.onEnter();
        this.call.typeRemark();
    }
}
