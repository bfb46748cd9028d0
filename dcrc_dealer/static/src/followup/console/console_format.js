import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { insertThousandsSep } from "@web/core/utils/numbers";

const { DateTime, IANAZone } = luxon;

/** The user's own zone, as the server's texts have it; else the browser's. */
export function userZone() {
    return IANAZone.isValidZone(user.tz || "") ? user.tz : "default";
}

/** A UTC text of the server as a moment of the user's clock. */
export function toMoment(value) {
    return deserializeDateTime(value, { tz: userZone() });
}

export function currentMoment() {
    return DateTime.now().setZone(userZone());
}

/** Clock time of a moment in the user's zone: "14:30". */
export function formatClock(value) {
    return value ? toMoment(value).toFormat("HH:mm") : "";
}

/** Short day: "Nov 21" this year, "11/21/2025" otherwise. */
export function formatDay(value) {
    if (!value) {
        return "";
    }
    const day = value.length > 10 ? toMoment(value) : deserializeDate(value);
    if (day.year === currentMoment().year) {
        return day.toLocaleString({ month: "short", day: "numeric" });
    }
    return day.toLocaleString(DateTime.DATE_SHORT);
}

/** Moment told from today: "today 14:30", "tomorrow 09:00", else day and time. */
export function formatMoment(value) {
    if (!value) {
        return "";
    }
    const moment = toMoment(value);
    const time = moment.toFormat("HH:mm");
    const days = moment.startOf("day").diff(currentMoment().startOf("day"), "days").days;
    if (days === 0) {
        return _t("%(time)s today", { time });
    }
    if (days === 1) {
        return _t("%(time)s tomorrow", { time });
    }
    if (days === -1) {
        return _t("%(time)s yesterday", { time });
    }
    return `${formatDay(value)} ${time}`;
}

/** Due day in words: "today", "3 days late", "Nov 25". */
export function formatDue(value, late) {
    if (!value) {
        return "";
    }
    const days = Math.round(
        deserializeDate(value, { zone: userZone() }).diff(currentMoment().startOf("day"), "days").days
    );
    if (late || days < 0) {
        return days === -1 ? _t("1 day late") : _t("%(days)s days late", { days: -days });
    }
    if (days === 0) {
        return _t("by today");
    }
    return days === 1 ? _t("by tomorrow") : _t("by %(day)s", { day: formatDay(value) });
}

/** Seconds as mm:ss; hours only when there are some. */
export function formatTimer(seconds) {
    const pad = (n) => String(n).padStart(2, "0");
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    return h ? `${h}:${pad(m)}:${pad(s)}` : `${pad(m)}:${pad(s)}`;
}

const MOBILE = /^(?:\+86)?(1\d{2})(\d{4})(\d{4})$/;
const LANDLINE = /^\+86(10|2\d|[3-9]\d{2})(\d{7,8})$/;

/** As people read it out: "138 0013 8000", "023 67001122"; others unchanged. */
export function formatPhone(number) {
    const [, ...mobile] = MOBILE.exec(number || "") || [];
    if (mobile.length) {
        return mobile.join(" ");
    }
    const landline = LANDLINE.exec(number || "");
    return landline ? `0${landline[1]} ${landline[2]}` : number || "";
}

/** A whole number with the user's thousands mark. */
export function formatNumber(value) {
    return insertThousandsSep(String(value), localization.thousandsSep, localization.grouping);
}
