import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { formatPhone } from "../console/console_format";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Component, onWillStart, useState } from "@odoo/owl";

const { DateTime } = luxon;
const DAYS_SHOWN = 7;

/**
 * Books, moves or puts on the waiting list, from wherever the customer is on the screen.
 *
 * Usage: `dialog.add(AppointmentBooking, { partnerId, vehicleId, followupId, onBooked })`;
 * `appointmentId` alone moves an appointment. `onBooked({ appointment_id, message })` is
 * called after the server has taken the places.
 */
export class AppointmentBooking extends Component {
    static template = "dcrc_dealer.AppointmentBooking";
    static components = { Dialog };
    static props = {
        partnerId: { type: [Number, Boolean], optional: true },
        vehicleId: { type: [Number, Boolean], optional: true },
        followupId: { type: [Number, Boolean], optional: true },
        appointmentId: { type: [Number, Boolean], optional: true },
        onBooked: { type: Function, optional: true },
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.formatPhone = formatPhone;
        this.state = useState({
            info: null,
            values: {},
            first: "",
            slots: [],
            slotMessage: "",
            start: "",
            problem: "",
            alternatives: [],
            link: "",
            busy: false,
        });
        onWillStart(() => this.load());
    }

    get info() {
        return this.state.info;
    }

    get values() {
        return this.state.values;
    }

    get title() {
        const moving = this.info.appointment_id;
        return moving
            ? _t("Move the appointment of %(name)s", { name: this.info.partner.name })
            : _t("Appointment for %(name)s", { name: this.info.partner.name });
    }

    get kind() {
        return this.info.kinds.find((kind) => kind.id === this.values.kind_id);
    }

    get days() {
        const first = DateTime.fromISO(this.state.first);
        return Array.from({ length: DAYS_SHOWN }, (_, n) => {
            const day = first.plus({ days: n });
            const iso = day.toISODate();
            return {
                iso,
                off: iso < this.info.today || iso > this.info.last_day,
                weekday: day.toFormat("ccc"),
                label: day.toLocaleString({ month: "numeric", day: "numeric" }),
            };
        });
    }

    get chosen() {
        return this.state.slots.find((slot) => slot.start === this.state.start);
    }

    get ready() {
        return Boolean(this.values.kind_id && this.state.start && !this.state.busy);
    }

    async load() {
        const { partnerId, vehicleId, followupId, appointmentId } = this.props;
        const info = await this.orm.call("dcrc.appointment", "get_booking", [
            partnerId || false,
            vehicleId || false,
            followupId || false,
            appointmentId || false,
        ]);
        const kinds = info.kinds.filter((kind) => !kind.problem);
        this.state.info = info;
        this.state.first = info.day;
        this.state.values = {
            kind_id: info.kind_id || (kinds.length === 1 && kinds[0].id),
            vehicle_id: info.vehicle_id,
            adviser_id: info.adviser_id,
            items: info.items,
            benefits: info.benefits,
            channel: info.channel,
            phone: info.phone,
            day: info.day,
        };
        await this.loadSlots();
    }

    async loadSlots() {
        Object.assign(this.state, { start: "", slots: [], slotMessage: "" });
        if (!this.values.kind_id) {
            return;
        }
        const { kind_id, day, adviser_id } = this.values;
        const found = await this.orm.call("dcrc.appointment", "get_free_slots", [
            kind_id,
            day,
            adviser_id || false,
            this.info.appointment_id || false,
        ]);
        if (found.day === this.values.day) {
            Object.assign(this.state, { slots: found.slots, slotMessage: found.message });
        }
    }

    async set(name, value, reload = false) {
        this.state.values[name] = value;
        if (reload) {
            Object.assign(this.state, { problem: "", alternatives: [] });
            await this.loadSlots();
        }
    }

    number(ev) {
        return Number(ev.target.value) || false;
    }

    async pickDate(value) {
        if (value) {
            this.state.first = value;
            await this.set("day", value, true);
        }
    }

    async page(weeks) {
        const day = DateTime.fromISO(this.state.first).plus({ days: weeks * DAYS_SHOWN });
        const iso = [this.info.today, day.toISODate()].sort()[1];
        await this.pickDate(iso);
    }

    pick(slot) {
        if (slot.free) {
            Object.assign(this.state, { start: slot.start, problem: "", alternatives: [] });
        }
    }

    prepare() {
        const { day, ...values } = this.values;
        return {
            ...values,
            partner_id: this.info.partner.id,
            followup_id: this.info.followup_id,
            appointment_id: this.info.appointment_id || false,
        };
    }

    async book(start = this.state.start) {
        await this.send({ ...this.prepare(), start });
    }

    /** The wish stands for the shown day and the six after it. */
    async wait() {
        const until = DateTime.fromISO(this.values.day).plus({ days: DAYS_SHOWN - 1 });
        await this.send({
            ...this.prepare(),
            wanted_from: this.values.day,
            wanted_to: until.toISODate(),
        });
    }

    /** The customer chooses alone: show the link to send. */
    async invite() {
        const result = await this.call("invite", this.prepare());
        if (result) {
            this.state.link = result.url;
        }
    }

    async copyLink() {
        await browser.navigator.clipboard.writeText(this.state.link);
        this.notification.add(_t("Copied"), { type: "success" });
    }

    /** @returns {Promise<Object|undefined>} what the server did; nothing when it said no */
    async call(method, values) {
        const result = await this.orm.call("dcrc.appointment", method, [values]);
        if (result.ok) {
            return result;
        }
        await this.loadSlots();
        Object.assign(this.state, { problem: result.message, alternatives: result.alternatives });
    }

    async send(values) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const result = await this.call("book", values);
            if (!result) {
                return;
            }
            this.notification.add(result.message, { type: "success" });
            await this.props.onBooked?.(result);
            this.props.close();
        } finally {
            this.state.busy = false;
        }
    }
}

/** Opens the dialog for the server's buttons: action `dcrc_dealer.book_appointment`. */
function bookAppointment(env, { params }) {
    return new Promise((resolve) => {
        env.services.dialog.add(
            AppointmentBooking,
            {
                partnerId: params.partner_id,
                vehicleId: params.vehicle_id,
                followupId: params.followup_id,
                appointmentId: params.appointment_id,
            },
            { onClose: () => resolve({ type: "ir.actions.client", tag: "soft_reload" }) }
        );
    });
}

registry.category("actions").add("dcrc_dealer.book_appointment", bookAppointment);
