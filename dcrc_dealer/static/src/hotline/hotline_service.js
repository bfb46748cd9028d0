import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { sendBeacon } from "@dcrc_dealer/followup/console/beacon";
import { hotlineSettings } from "@dcrc_dealer/followup/console/dial";

const MODEL = "dcrc.hotline";
const RING = "dcrc_dealer.hotline_ring";
const KEY = "F9";
const SCREEN = "dcrc_dealer.hotline_screen_action";

/**
 * The hotline from anywhere in the web client: one key, a command, and calls that a telephone system
 * announces, through the bus or, as long as its websocket is down, by asking (see `HotlineSystray`).
 */
export const hotlineService = {
    dependencies: ["action", "bus_service", "command", "notification", "orm", "ui"],
    start(env, { action, bus_service: bus, command, notification, orm, ui }) {
        const call = (method, args) => orm.call(MODEL, method, args);
        const isOpen = Boolean(hotlineSettings().open);
        const shown = new Set();
        const show = (props = {}) => action.doAction(SCREEN, { props });

        /** Open the caller's file; the notice stays until it is open, should an unsaved form be in the way. */
        async function onRing({ ring_id: ringId }) {
            if (shown.has(ringId)) {
                return;
            }
            shown.add(ringId);
            const open = () => show({ ringId }).then(() => close());
            const close = notification.add(_t("A call is coming in."), {
                sticky: true,
                type: "info",
                buttons: [{ name: _t("Open"), primary: true, onClick: open }],
            });
            if (document.visibilityState === "visible") {
                await open();
            }
        }

        function onKeydown(ev) {
            const plain = !(ev.ctrlKey || ev.altKey || ev.metaKey || ev.shiftKey || ev.repeat);
            if (ev.key === KEY && plain && !ui.isBlocked) {
                ev.preventDefault();
                show();
            }
        }

        if (isOpen) {
            bus.subscribe(RING, onRing);
            browser.addEventListener("keydown", onKeydown, { capture: true });
            command.add(_t("New hotline record"), () => show(), { category: "app", global: true });
        }
        return {
            isOpen,
            /** Whether nothing comes through the bus now. */
            isDeaf: () => isOpen && bus.workerState !== "CONNECTED",
            /** Ask what rings, and open it. */
            async look() {
                for (const ring of await orm.silent.call("dcrc.hotline.ring", "get_ringing", [])) {
                    await onRing(ring);
                }
            },
            show,
            openNew: (values = {}) => orm.call(MODEL, "open_new", [], values),
            openRing: (ringId) => call("open_ring", [ringId]),
            read: (id) => call("read_record", [[id]]),
            save: (id, draft) => orm.silent.call(MODEL, "save_typed", [[id], draft]),
            beacon: (id, draft) => sendBeacon(MODEL, "save_typed", [[id], draft]),
            leave: (id) => orm.silent.call(MODEL, "leave_record", [[id]]),
            /** Any other method of the record that returns what the screen shows then. */
            run: (id, method, ...args) => call(method, [[id], ...args]),
            findArticles: (text, topicId = false) =>
                orm.silent.call("dcrc.article", "find_articles", [text, topicId]),
            readArticle: (id) => orm.call("dcrc.article", "read_article", [[id]]),
            noteMiss: (text) => orm.silent.call("dcrc.article.miss", "note_miss", [text]),
        };
    },
};

registry.category("services").add("dcrc_hotline", hotlineService);
