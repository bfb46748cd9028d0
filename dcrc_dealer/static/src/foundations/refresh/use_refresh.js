import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { onMounted, onWillUnmount, useExternalListener, useState } from "@odoo/owl";

/**
 * Look again and again at what the server has, for every screen of ours that does.
 *
 * One look at a time; none while the page is hidden or `when` says no; at once when the page is
 * seen again. What was read last stays on the screen: a lost connection is told by `stale` alone,
 * any other error is shown once, not again at every look, until one succeeds.
 *
 * @param {() => Promise} look reads and shows; throws what the server throws
 * @param {Object} options
 * @param {number} options.pace milliseconds between two looks
 * @param {() => boolean} [options.when] whether there is something to look for
 * @returns {{stale: boolean}} reactive; true as long as the last look failed
 */
export function useRefresh(look, { pace, when = () => true }) {
    const state = useState({ stale: false });
    let timer;
    let looking = false;
    let told = false;

    async function refresh() {
        if (looking || document.visibilityState !== "visible" || !when()) {
            return;
        }
        looking = true;
        try {
            await look();
            state.stale = false;
            told = false;
        } catch (error) {
            state.stale = true;
            if (!told && !(error instanceof ConnectionLostError)) {
                told = true;
                throw error;
            }
        } finally {
            looking = false;
        }
    }

    onMounted(() => {
        timer = browser.setInterval(refresh, pace);
    });
    onWillUnmount(() => browser.clearInterval(timer));
    useExternalListener(document, "visibilitychange", refresh);
    return state;
}
