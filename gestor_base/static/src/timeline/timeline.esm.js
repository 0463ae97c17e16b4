import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useRef,
    useState,
} from "@odoo/owl";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;
const TYPING_MS = 300;

/** Everything that was done with a client, newest first. */
export class GestorTimeline extends Component {
    static template = "gestor_base.Timeline";
    // the address leads here, with its parameters, also in another tab
    static path = "gestor-history";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.end = useRef("end");
        this.display = {controlPanel: {}};
        const {context = {}, params = {}} = this.props.action;
        this.partnerId =
            context.gestor_base_history_partner || Number(params.gestor_partner);
        this.state = useState({
            entries: [],
            counts: [],
            cursor: null,
            isLoading: false,
            // a typed address may name no client
            isNobody: !this.partnerId,
            kinds: [],
            period: "",
            text: "",
        });
        this.onType = useDebounced((text) => this.filter({text}), TYPING_MS);
        onWillStart(() => this.start());
        onMounted(() => {
            this.observer = new IntersectionObserver(([{isIntersecting}]) => {
                if (isIntersecting) {
                    this.loadMore();
                }
            });
            this.observer.observe(this.end.el);
        });
        onWillUnmount(() => this.observer.disconnect());
    }

    async start() {
        if (this.state.isNobody) {
            return;
        }
        const [[partner]] = await Promise.all([
            this.orm.read("res.partner", [this.partnerId], ["display_name"]),
            this.load(),
        ]);
        this.env.config.setDisplayName(_t("Contact history: %s", partner.display_name));
        this.props.updateActionState({gestor_partner: this.partnerId});
    }

    // === Data ===

    get periods() {
        const today = DateTime.local().startOf("day");
        return [
            {value: "", label: _t("All time")},
            {value: today.minus({days: 7}).toISODate(), label: _t("Last 7 days")},
            {value: today.minus({days: 30}).toISODate(), label: _t("Last 30 days")},
            {value: today.minus({days: 90}).toISODate(), label: _t("Last 90 days")},
            {value: today.minus({days: 365}).toISODate(), label: _t("Last 365 days")},
        ];
    }

    get filters() {
        const {kinds, period, text} = this.state;
        return {kinds: [...kinds], date_from: period || false, text: text.trim()};
    }

    /** Load the first page; the numbers may come a moment later. */
    async load() {
        this.orm.silent
            .call("gestor.history", "get_counts", [this.partnerId, this.filters])
            .then((counts) => Object.assign(this.state, {counts}));
        this.state.cursor = null;
        await this.loadPage();
    }

    async loadPage() {
        const {cursor} = this.state;
        this.state.isLoading = true;
        const request = this.orm.call("gestor.history", "get_page", [
            this.partnerId,
            this.filters,
            cursor,
        ]);
        this.request = request;
        const page = await request;
        // the filters may have changed meanwhile
        if (this.request === request) {
            Object.assign(this.state, {
                entries: cursor
                    ? [...this.state.entries, ...page.entries]
                    : page.entries,
                cursor: page.cursor,
                isLoading: false,
            });
        }
    }

    async loadMore() {
        if (this.state.cursor && !this.state.isLoading) {
            await this.loadPage();
        }
    }

    filter(values) {
        Object.assign(this.state, values);
        return this.load();
    }

    toggleKind(kind) {
        const {kinds} = this.state;
        return this.filter({
            kinds: kinds.includes(kind)
                ? kinds.filter((other) => other !== kind)
                : [...kinds, kind],
        });
    }

    // === What is shown ===

    get counts() {
        const {counts, kinds} = this.state;
        return counts.filter(({count, kind}) => count || kinds.includes(kind));
    }

    get isFiltered() {
        const {kinds, period, text} = this.state;
        return Boolean(kinds.length || period || text);
    }

    /** The entries under their months and days, in the user's time zone. */
    get months() {
        const months = [];
        for (const entry of this.state.entries) {
            const moment = deserializeDateTime(entry.date, {
                tz: entry.is_day ? "UTC" : undefined,
            });
            const month = moment.toFormat("LLLL yyyy");
            if (months.at(-1)?.label !== month) {
                months.push({label: month, days: []});
            }
            const {days} = months.at(-1);
            const day = formatDate(moment);
            if (days.at(-1)?.label !== day) {
                days.push({label: day, weekday: moment.toFormat("cccc"), entries: []});
            }
            days.at(-1).entries.push({
                ...entry,
                time: entry.is_day ? "" : moment.toFormat("HH:mm"),
            });
        }
        return months;
    }

    open({model, id}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("gestor_base.timeline", GestorTimeline);
