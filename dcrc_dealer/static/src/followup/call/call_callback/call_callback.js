import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { serializeDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { Component, useState } from "@odoo/owl";
import { currentMoment, formatMoment, toMoment, userZone } from "../../console/console_format";

/** When to call back: the dealer's usual times at a click, or any other. */
export class CallCallback extends Component {
    static template = "dcrc_dealer.CallCallback";
    static components = { DateTimeInput };
    static props = { call: Object };

    setup() {
        this.call = useState(this.props.call);
        this.state = useState({ custom: false });
        Object.assign(this, { formatMoment, zone: userZone() });
    }

    get value() {
        return this.call.data.callbackAt;
    }

    get isWanted() {
        return Boolean(this.call.outcome?.asks_callback) && !this.value;
    }

    get chosen() {
        return _t("Call back %(moment)s", { moment: formatMoment(this.value) });
    }

    get isPreset() {
        return this.call.payload.callback_presets.some((p) => p.value === this.value);
    }

    get customValue() {
        return this.value ? toMoment(this.value) : currentMoment().plus({ hours: 2 }).startOf("hour");
    }

    get format() {
        return `${localization.dateFormat} HH:mm`;
    }

    get earliest() {
        return currentMoment();
    }

    pick(value) {
        this.call.pickCallback(this.value === value ? false : value);
    }

    onCustom(moment) {
        if (moment) {
            this.call.pickCallback(serializeDateTime(moment.startOf("minute")));
        }
    }
}
