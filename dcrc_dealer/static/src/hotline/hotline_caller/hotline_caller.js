import { useDebounced } from "@web/core/utils/timing";
import { useService } from "@web/core/utils/hooks";
import { Component, useState } from "@odoo/owl";
import { formatPhone } from "@dcrc_dealer/followup/console/console_format";
import { dialLink } from "@dcrc_dealer/followup/console/dial";

const DELAY = 250;

/** Who calls: found by the number, by what is said, or a new file in two fields. */
export class HotlineCaller extends Component {
    static template = "dcrc_dealer.HotlineCaller";
    static props = { record: Object, typed: Object, onChange: Function, onChoose: Function, onTake: Function };

    setup() {
        this.console = useService("dcrc_console");
        this.formatPhone = formatPhone;
        this.dialLink = dialLink;
        this.state = useState({ text: "", found: null, name: "", number: "" });
        this.search = useDebounced(() => this.find(), DELAY);
    }

    get record() {
        return this.props.record;
    }

    /** What is looked for stands before what the number says. */
    get callers() {
        return this.state.found || this.record.callers;
    }

    onInput(ev) {
        this.state.text = ev.target.value;
        this.search();
    }

    /** An answer that comes after the next question is of no use. */
    async find() {
        const text = this.state.text.trim();
        const found = text ? await this.console.findCaller(text) : null;
        if (text === this.state.text.trim()) {
            this.state.found = found;
        }
    }

    choose(partnerId) {
        Object.assign(this.state, { text: "", found: null });
        return this.props.onChoose(partnerId);
    }

    async make() {
        const { name, number } = this.state;
        if (name.trim() && (await this.props.onTake("make_customer", name, number))) {
            Object.assign(this.state, { name: "", number: "", text: "", found: null });
        }
    }

    openFile() {
        return this.console.showRecord("res.partner", this.record.partner.id);
    }
}
