import { useService } from "@web/core/utils/hooks";
import { Component, useState } from "@odoo/owl";
import { AppointmentBooking } from "@dcrc_dealer/appointment/appointment_booking/appointment_booking";
import { formatMoment } from "@dcrc_dealer/followup/console/console_format";

/** What becomes of the call: answered, called back, handed over, or carried on with all its data (HOT-3, HOT-4). */
export class HotlineOutcome extends Component {
    static template = "dcrc_dealer.HotlineOutcome";
    static props = { record: Object, typed: Object, onChange: Function, onTake: Function };

    setup() {
        this.console = useService("dcrc_console");
        this.dialog = useService("dialog");
        this.formatMoment = formatMoment;
        this.state = useState({ panel: "", item: "", right: "" });
    }

    get record() {
        return this.props.record;
    }

    toggle(panel) {
        this.state.panel = this.state.panel === panel ? "" : panel;
    }

    async take(method, ...args) {
        if (await this.props.onTake(method, ...args)) {
            this.state.panel = "";
        }
    }

    /** @param {string|false} moment the time that the caller named; false: within the limit */
    callBack(moment) {
        this.props.onChange({ callback_at: moment });
        return this.take("take_step", "action_call_back");
    }

    book() {
        this.dialog.add(AppointmentBooking, {
            partnerId: this.record.partner.id,
            vehicleId: this.props.typed.vehicle_id || false,
            onBooked: ({ appointment_id: id }) => this.take("link_appointment", id),
        });
    }

    correct() {
        const { item, right } = this.state;
        return this.take("make_correction", { item, new_value: right }).then(() => Object.assign(this.state, { item: "", right: "" }));
    }

    open(made) {
        return this.console.showRecord(made.model, made.id);
    }
}
