import { session } from "@web/session";
import { user } from "@web/core/user";

/** What the dealer has set for the hotline, as the session knows it from its start. */
export function hotlineSettings() {
    return session.dcrc_hotline?.[user.activeCompany?.id] || { open: false, dial: "" };
}

/** What a click on a number opens: the dealer's own dial address, else the device's telephone. */
export function dialLink(number) {
    const dialled = String(number || "").replace(/\s+/g, "");
    const { dial } = hotlineSettings();
    return dial ? dial.replaceAll("{number}", encodeURIComponent(dialled)) : `tel:${dialled}`;
}
