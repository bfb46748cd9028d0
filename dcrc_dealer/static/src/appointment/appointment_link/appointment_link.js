import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { Component, useState } from "@odoo/owl";

/** The customer's own link: to copy, or to send as a text; what became of it stands below. */
export class AppointmentLink extends Component {
    static template = "dcrc_dealer.AppointmentLink";
    static props = { url: String, appointmentId: Number };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ told: "", busy: false });
    }

    async copy() {
        await browser.navigator.clipboard.writeText(this.props.url);
        this.state.told = _t("Copied");
    }

    /** The server says to which number it goes, or why not. */
    async text() {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const args = [this.props.appointmentId];
            const { message } = await this.orm.call("dcrc.appointment", "text_link", args);
            this.state.told = message;
        } finally {
            this.state.busy = false;
        }
    }
}
