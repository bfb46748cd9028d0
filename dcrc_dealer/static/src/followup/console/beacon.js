import { browser } from "@web/core/browser/browser";

/**
 * Send one last call while the page goes away; the browser delivers it even
 * after the tab is gone.
 *
 * @param {string} model
 * @param {string} method
 * @param {any[]} args
 * @returns {boolean} whether the browser took it
 */
export function sendBeacon(model, method, args) {
    const params = { model, method, args, kwargs: {} };
    const body = JSON.stringify({ jsonrpc: "2.0", method: "call", params });
    return Boolean(
        browser.navigator.sendBeacon?.(
            `/web/dataset/call_kw/${model}/${method}`,
            new Blob([body], { type: "application/json" })
        )
    );
}
