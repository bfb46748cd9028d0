import { Dialog } from "@web/core/dialog/dialog";
import { formatPhone } from "@dcrc_dealer/followup/console/console_format";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { Component, onWillStart, useState } from "@odoo/owl";
import { AppointmentLink } from "../appointment_link/appointment_link";

const { DateTime } = luxon;
const DAYS_SHOWN = 7;

/**
 * Books, moves or puts on the waiting list, from wherever the customer is on the screen.
 *
 * Usage: `dialog.add(AppointmentBooking, { partnerId, vehicleId, followupId, onBooked })`; `appointmentId`
 * alone moves an appointment. `onBooked({ appointment_id, message })` follows when the places are taken.
 */
export class AppointmentBooking extends Component {
    static template = "dcrc_dealer.AppointmentBooking";
    static components = { AppointmentLink, Dialog };
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
            tried: false,
            invited: null,
            sendLink: false,
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
        const { name } = this.info.partner;
        return this.info.now
            ? _t("Move the appointment of %(name)s", { name })
            : _t("Appointment for %(name)s", { name });
    }

    getKindLabel({ name, duration }) {
        return _t("%(name)s (%(minutes)s min)", { name, minutes: duration });
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

    keptTitle({ kept }) {
        return _t("Kept until %(time)s for a customer on the waiting list", { time: kept });
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
        this.state.first = this.startOfStrip(info);
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
        this.settled = info.settled;
        await this.loadSlots(this.find);
        this.choose(info.offered);
    }

    /** Around an estimated day the days before it are of interest, too. */
    startOfStrip({ day, due, today }) {
        const before = DateTime.fromISO(day).minus({ days: due ? 3 : 0 });
        return [today, before.toISODate()].sort()[1];
    }

    /** As long as nobody chose a day, the nearest one with a free time is shown. */
    get find() {
        return this.settled ? false : "near";
    }

    async loadSlots(find = false) {
        Object.assign(this.state, { start: "", slots: [], slotMessage: "" });
        if (!this.values.kind_id) {
            return;
        }
        const { kind_id, day, adviser_id } = this.values;
        const asked = (this.asked = Symbol("the last question counts"));
        const found = await this.orm.call("dcrc.appointment", "get_free_slots", [
            kind_id,
            find === "near" ? this.info.day : day,
            adviser_id || false,
            this.info.appointment_id || false,
            find,
        ]);
        if (asked === this.asked) {
            this.showDay(found.day);
            Object.assign(this.state, { slots: found.slots, slotMessage: found.message });
        }
    }

    /** The strip of days moves only when the day is not on it. */
    showDay(day) {
        this.values.day = day;
        const last = DateTime.fromISO(this.state.first).plus({ days: DAYS_SHOWN - 1 });
        if (day < this.state.first || day > last.toISODate()) {
            this.state.first = day;
        }
    }

    async set(name, value, reload = false) {
        this.state.values[name] = value;
        if (reload) {
            Object.assign(this.state, { problem: "", alternatives: [] });
            await this.loadSlots(this.find);
        }
    }

    async setDay(day) {
        this.settled = true;
        this.showDay(day);
        await this.set("day", day, true);
    }

    /** To the next or previous day that has a free time. */
    async seek(find) {
        this.settled = true;
        Object.assign(this.state, { problem: "", alternatives: [] });
        await this.loadSlots(find);
    }

    number(ev) {
        return Number(ev.target.value) || false;
    }

    page(weeks) {
        const day = DateTime.fromISO(this.state.first).plus({ days: weeks * DAYS_SHOWN });
        this.state.first = [this.info.today, day.toISODate()].sort()[1];
    }

    /** A full time answers with the two nearest free ones. */
    async pick(slot) {
        if (slot.free) {
            return this.choose(slot.start);
        }
        const { kind_id, adviser_id } = this.values;
        const found = await this.orm.call("dcrc.appointment", "get_alternatives", [
            kind_id,
            slot.start,
            adviser_id || false,
            this.info.appointment_id || false,
        ]);
        if (!found.message) {
            return this.loadSlots(); // it became free meanwhile
        }
        Object.assign(this.state, {
            start: "",
            tried: false,
            problem: found.message,
            alternatives: found.alternatives,
        });
    }

    choose(start) {
        if (this.state.slots.some((slot) => slot.start === start && slot.free)) {
            Object.assign(this.state, { start, problem: "", alternatives: [] });
        }
    }

    /** What was to be booked is booked at the other time; what was only looked at is chosen. */
    async takeAlternative({ start, day }) {
        if (this.state.tried) {
            return this.book(start);
        }
        await this.setDay(day);
        this.choose(start);
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
            this.state.invited = result;
        }
    }

    /** @returns {Promise<Object|undefined>} what the server did; nothing when it said no */
    async call(method, values) {
        const result = await this.orm.call("dcrc.appointment", method, [values]);
        if (result.ok) {
            return result;
        }
        await this.loadSlots();
        const { message: problem, alternatives } = result;
        Object.assign(this.state, { tried: true, problem, alternatives });
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
            if (this.state.sendLink) {
                const told = await this.orm.call("dcrc.appointment", "text_link", [result.appointment_id]);
                result.message += ` ${told.message}`;
                result.label &&= `${result.label} · ${told.message}`;
            }
            const tell = () => this.notification.add(result.message, { type: "success" });
            await (this.props.onBooked || tell)(result); // who opened the dialog shows it
            this.props.close();
        } finally {
            this.state.busy = false;
        }
    }
}
