import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { Component } from "@odoo/owl";
import { formatDay, formatPhone } from "../../console/console_format";
import { dialLink } from "../../console/dial";
import { CallCopy } from "../call_copy/call_copy";

const USABLE = ["unverified", "ok"];

/** Who is called: name, title, grade, tags, warnings and numbers. */
export class CallWho extends Component {
    static template = "dcrc_dealer.CallWho";
    static components = { CallCopy };
    static props = {
        payload: Object,
        phoneId: { type: [Number, Boolean] },
        onPickPhone: Function,
    };

    setup() {
        this.console = useService("dcrc_console");
        this.formatPhone = formatPhone;
        this.dialLink = dialLink;
        this.copied = _t("Copied");
    }

    get partner() {
        return this.props.payload.partner;
    }

    isUsable(phone) {
        return USABLE.includes(phone.state) && !phone.refusal;
    }

    phoneState(phone) {
        if (phone.refusal && USABLE.includes(phone.state)) {
            return phone.refusal;
        }
        return phone.state === "ok" && phone.last_check
            ? _t("%(state)s %(day)s", { state: phone.state_label, day: formatDay(phone.last_check) })
            : phone.state_label;
    }

    get bestTime() {
        return _t("Best reached: %(time)s", { time: this.partner.preferred_time });
    }

    openFile() {
        this.console.showRecord("res.partner", this.partner.id);
    }
}
