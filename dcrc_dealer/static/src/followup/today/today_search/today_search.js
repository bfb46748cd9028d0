import { useDebounced } from "@web/core/utils/timing";
import { useService } from "@web/core/utils/hooks";
import { Component, useState } from "@odoo/owl";
import { formatDue } from "../../console/console_format";

const DELAY = 250;

/** Who is on the line? The end of a number, plate or VIN, or a name, and the customer's page is open. */
export class TodaySearch extends Component {
    static template = "dcrc_dealer.TodaySearch";
    static props = {};

    setup() {
        this.console = useService("dcrc_console");
        this.state = useState({ text: "", found: null, index: 0 });
        this.formatDue = formatDue;
        this.search = useDebounced(() => this.find(), DELAY);
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
            Object.assign(this.state, { found, index: 0 });
        }
    }

    async onKeydown(ev) {
        if (ev.isComposing) {
            return;
        }
        const { found } = this.state;
        if (ev.key === "Escape") {
            this.clear();
        } else if (found?.length && ["ArrowDown", "ArrowUp"].includes(ev.key)) {
            const step = ev.key === "ArrowDown" ? 1 : -1;
            this.state.index = (this.state.index + step + found.length) % found.length;
            ev.preventDefault();
        } else if (ev.key === "Enter") {
            ev.preventDefault();
            this.search.cancel();
            await this.find();
            const row = this.state.found?.[this.state.index];
            if (row) {
                this.open(row);
            }
        }
    }

    clear() {
        this.search.cancel();
        Object.assign(this.state, { text: "", found: null, index: 0 });
    }

    open(row) {
        return this.console.showRecord("res.partner", row.partner_id);
    }

    /** The call about what is open begins with the customer on the line. */
    take(row) {
        return this.console.takeCall(row.contact_id);
    }

    about(row) {
        return row.reasons.join(" + ");
    }
}
