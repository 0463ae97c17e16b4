import {
    Component,
    markup,
    onWillDestroy,
    onWillStart,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {serializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;
const MODEL = "gestor.call.screen";
/** A reservation lasts ten minutes; this many milliseconds keep it alive. */
const KEEP_ALIVE = 4 * 60 * 1000;
const TYPING = "input, textarea, select, [contenteditable='true']";

/**
 * Leads from client to client of a call list. Everything has a key: a result is a
 * digit, the rest are letters; while something is typed they are letters again.
 */
export class CallListScreen extends Component {
    static template = "gestor_call_lists.Screen";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.note = useRef("note");
        this.again = useRef("again");
        this.state = useState({
            head: {name: "", script: "", results: []},
            card: false,
            progress: {total: 0, served: 0, left_out: 0, today: 0, results: []},
            note: "",
            again: "",
            isBusy: false,
            isPaused: false,
        });
        onWillStart(() => this.open());
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        const timer = browser.setInterval(() => this.keep(), KEEP_ALIVE);
        onWillDestroy(() => {
            browser.clearInterval(timer);
            this.release();
        });
    }

    // === What is shown ===

    get activityId() {
        const {params, context} = this.props.action;
        return params?.activity_id || context?.active_id;
    }

    get script() {
        return markup(this.state.head.script);
    }

    get percent() {
        const {served, total} = this.state.progress;
        return total ? Math.round((100 * served) / total) : 0;
    }

    get tools() {
        const hasCard = Boolean(this.state.card);
        return [
            ["A", _t("Call again"), () => this.again.el.focus(), hasCard],
            ["N", _t("Comment"), () => this.note.el.focus(), hasCard],
            ["S", _t("Put off"), () => this.skip(), hasCard],
            ["M", _t("E-mail"), () => this.write("mail"), hasCard],
            ["X", _t("SMS"), () => this.write("sms"), hasCard],
            ["F", _t("Next activity"), () => this.plan(), hasCard],
            ["U", _t("Undo"), () => this.undo(), true],
            ["P", _t("Pause"), () => this.pause(), true],
        ].map(([key, label, run, isOn]) => ({key, label, run, isOn}));
    }

    get delays() {
        const now = DateTime.local();
        const morning = {hour: 9, minute: 0};
        return [
            [_t("In 1 hour"), now.plus({hours: 1})],
            [_t("In 3 hours"), now.plus({hours: 3})],
            [_t("Tomorrow"), now.plus({days: 1}).set(morning)],
            [_t("In a week"), now.plus({weeks: 1}).set(morning)],
        ].map(([label, moment]) => ({
            label,
            value: moment.toFormat("yyyy-MM-dd'T'HH:mm"),
        }));
    }

    // === Requests ===

    /** One request at a time: a key held down does not serve two clients. */
    async request(method, ...args) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            this.show(await this.orm.call(MODEL, method, args));
        } finally {
            this.state.isBusy = false;
        }
    }

    show({head, card, progress}) {
        Object.assign(this.state, {card, progress, note: "", again: ""});
        if (head) {
            this.state.head = head;
            this.env.config.setDisplayName(head.name);
        }
        this.state.note = (card && card.note) || "";
        this.shownAt = Date.now();
    }

    open() {
        return this.request("open", this.activityId);
    }

    serve(result) {
        const {card, note, again} = this.state;
        if (!card || this.state.isPaused) {
            return;
        }
        return this.request("serve", card.row_id, {
            result_id: result.id,
            note,
            call_again_at: again ? serializeDateTime(DateTime.fromISO(again)) : false,
            seconds: Math.round((Date.now() - this.shownAt) / 1000),
        });
    }

    skip() {
        return this.request("skip", this.state.card.row_id);
    }

    undo() {
        this.state.isPaused = false;
        return this.request("undo", this.activityId, this.state.card?.row_id || false);
    }

    keep() {
        const {card, isPaused} = this.state;
        if (card && !isPaused) {
            return this.orm.silent.call(MODEL, "keep", [card.row_id]);
        }
    }

    release() {
        const {card} = this.state;
        if (card) {
            return this.orm.silent.call(MODEL, "release", [card.row_id]);
        }
    }

    async pause() {
        if (this.state.isPaused) {
            this.state.isPaused = false;
            return this.open();
        }
        await this.release();
        Object.assign(this.state, {isPaused: true, card: false});
    }

    // === Other windows ===

    openWindow(model, context, id = false) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
            target: "new",
            context,
        });
    }

    write(channel) {
        const {partner_id: partnerId} = this.state.card;
        if (channel === "sms") {
            return this.openWindow("sms.composer", {
                default_composition_mode: "comment",
                default_res_model: "res.partner",
                default_res_id: partnerId,
            });
        }
        return this.openWindow("mail.compose.message", {
            default_composition_mode: "comment",
            default_model: "res.partner",
            default_res_ids: [partnerId],
            default_partner_ids: [partnerId],
        });
    }

    plan() {
        return this.openWindow("gestor.activity", {
            default_partner_id: this.state.card.partner_id,
            default_parent_id: this.activityId,
        });
    }

    openClient() {
        return this.openWindow("res.partner", {}, this.state.card.partner_id);
    }

    // === Keyboard ===

    /** Tells whether a key is meant for the screen, not for a field or a window. */
    isKeyOurs(ev) {
        const hasModifier = ev.ctrlKey || ev.altKey || ev.metaKey || ev.repeat;
        return !hasModifier && !document.querySelector(".modal, .o-dropdown--menu");
    }

    onKeydown(ev) {
        if (ev.target.closest?.(TYPING)) {
            if (ev.key === "Escape") {
                ev.target.blur();
            }
            return;
        }
        if (!this.isKeyOurs(ev)) {
            return;
        }
        const key = ev.key.toUpperCase();
        const result = this.state.head.results.find((one) => one.key === key);
        const tool = this.tools.find((one) => one.key === key && one.isOn);
        if (result || tool) {
            // a letter that moves into a field is not typed there
            ev.preventDefault();
            return result ? this.serve(result) : tool.run();
        }
    }
}

registry.category("actions").add("gestor_call_lists.screen", CallListScreen);
