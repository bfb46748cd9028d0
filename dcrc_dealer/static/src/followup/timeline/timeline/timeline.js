import { _t } from "@web/core/l10n/translation";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { formatClock, formatDay } from "../../console/console_format";

const PAGE = 40;
const ICONS = {
    delivery: "fa-car",
    visit: "fa-wrench",
    ownership: "fa-exchange",
    call: "fa-phone",
    complaint: "fa-exclamation-circle",
    correction: "fa-pencil",
    answer: "fa-comment-o",
    proposal: "fa-code-fork",
};
/** Kinds that have a day but no hour. */
const WHOLE_DAY = ["delivery", "ownership"];

/**
 * Everything that happened with one customer, newest first: by kind, by word,
 * and page by page, so that five hundred entries open as fast as five.
 */
export class Timeline extends Component {
    static template = "dcrc_dealer.Timeline";
    static props = {
        partnerId: { type: [Number, Boolean] },
        compact: { type: Boolean, optional: true },
        limit: { type: Number, optional: true },
    };
    static defaultProps = { compact: false, limit: PAGE };

    setup() {
        this.console = useService("dcrc_console");
        this.keepLast = new KeepLast();
        this.state = useState(this.emptyState);
        this.search = useDebounced(() => this.load(), 250);
        onWillStart(() => this.begin(this.props.partnerId));
        onWillUpdateProps((next) => {
            if (next.partnerId !== this.props.partnerId) {
                return this.begin(next.partnerId);
            }
        });
    }

    get emptyState() {
        return { entries: [], total: 0, kinds: [], kind: "", text: "", ready: false, failed: false };
    }

    /** Beside a call the history is extra: it neither delays nor breaks the call. */
    begin(partnerId) {
        this.partnerId = partnerId;
        Object.assign(this.state, this.emptyState);
        if (!partnerId) {
            return;
        }
        const loaded = this.load();
        if (!this.props.compact) {
            return loaded;
        }
        loaded.catch(() => Object.assign(this.state, { ready: true, failed: true }));
    }

    async load(more = false) {
        const { state } = this;
        const page = await this.keepLast.add(
            this.console.getTimeline(this.partnerId, {
                kind: state.kind || null,
                text: state.text.trim() || null,
                offset: more ? state.entries.length : 0,
                limit: this.props.limit,
                with_kinds: !this.props.compact && !state.ready,
            })
        );
        state.entries = more ? [...state.entries, ...page.entries] : page.entries;
        state.total = page.total;
        state.kinds = page.kinds || state.kinds;
        state.ready = true;
    }

    get left() {
        return this.state.total - this.state.entries.length;
    }

    get moreText() {
        return _t("Show more (%(count)s left)", { count: this.left });
    }

    get emptyText() {
        if (this.state.failed) {
            return _t("The history can't be shown now");
        }
        return this.state.kind || this.state.text
            ? _t("Nothing matches")
            : _t("Nothing has happened yet");
    }

    icon(entry) {
        return ICONS[entry.kind] || "fa-circle-o";
    }

    when(entry) {
        const day = formatDay(entry.date);
        return this.props.compact || WHOLE_DAY.includes(entry.kind)
            ? day
            : `${day} ${formatClock(entry.date)}`;
    }

    who(entry) {
        return [entry.vehicle, entry.user].filter(Boolean).join(" · ");
    }

    toggleKind(kind) {
        this.state.kind = this.state.kind === kind ? "" : kind;
        return this.load();
    }

    onSearch(ev) {
        this.state.text = ev.target.value;
        this.search();
    }

    open(entry) {
        this.console.showRecord(entry.res_model, entry.res_id);
    }
}
