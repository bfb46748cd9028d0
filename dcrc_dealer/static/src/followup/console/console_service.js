import { registry } from "@web/core/registry";
import { sendBeacon } from "./beacon";

const MODEL = "dcrc.console";

/**
 * The one door between the Today and Call screens and the server.
 *
 * Shapes are those of the model `dcrc.console`; nothing is kept here, so two
 * browser tabs never disagree about a state that lives on the server.
 */
export const consoleService = {
    dependencies: ["orm", "action"],
    start(env, { orm, action }) {
        const call = (method, args, kwargs = {}) => orm.call(MODEL, method, args, kwargs);
        return {
            getToday: (team = null, silent = false) =>
                (silent ? orm.silent : orm).call(MODEL, "get_today", [team]),
            getOverview: (silent = false) => (silent ? orm.silent : orm).call(MODEL, "get_overview", []),
            findCaller: (text) => orm.silent.call(MODEL, "find_caller", [text]),
            claimNext: (skipContactId = null) => call("claim_next", [skipContactId]),
            openContact: (contactId, inbound = false) => call("open_contact", [contactId, inbound]),
            finishCall: (callId, values, wantNext = true) =>
                call("finish_call", [callId, values, wantNext]),
            askInstead: (callId, followupId) => call("ask_instead", [callId, followupId]),
            releaseContact: (contactId) => call("release_contact", [contactId]),
            explainEmpty: () => call("explain_empty", []),
            saveDraft: (callId, draft) => orm.silent.call(MODEL, "save_draft", [callId, draft]),
            beaconDraft: (callId, draft) => sendBeacon(MODEL, "save_draft", [callId, draft]),
            getTimeline: (partnerId, filters) =>
                orm.silent.call(MODEL, "get_timeline", [partnerId], filters),
            showCall: (contactId = false, options = {}) =>
                action.doAction("dcrc_dealer.console_call_action", {
                    ...options,
                    props: { ...(contactId ? { resId: contactId } : {}) },
                }),
            takeCall: (contactId) =>
                action.doAction("dcrc_dealer.console_call_action", {
                    additionalContext: { dcrc_inbound: true },
                    props: { resId: contactId },
                }),
            showToday: (messages = []) =>
                action.doAction("dcrc_dealer.console_today_action", {
                    clearBreadcrumbs: true,
                    props: { messages },
                }),
            showRecord: (resModel, resId) => showRecord(action, resModel, resId),
        };
    },
};

/** Models whose own form is not the one Odoo opens by itself. */
const FORMS = {
    "res.partner": "dcrc_dealer.customer_action",
    "fleet.vehicle": "dcrc_dealer.customer_car_action",
};

function showRecord(action, resModel, resId) {
    if (FORMS[resModel]) {
        return action.doAction(FORMS[resModel], { viewType: "form", props: { resId } });
    }
    return action.doAction({
        type: "ir.actions.act_window",
        res_model: resModel,
        res_id: resId,
        views: [[false, "form"]],
    });
}

registry.category("services").add("dcrc_console", consoleService);
