import {
    Component,
    markup,
    onWillDestroy,
    onWillStart,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {Layout} from "@web/search/layout";
import {RPCError} from "@web/core/network/rpc";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {serializeDateTime} from "@web/core/l10n/dates";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

import {CallCard} from "./card.esm";
import {callAgainDelays} from "./delays.esm";
import {formWindow, messageWindow} from "./windows.esm";

const MODEL = "gestor.call.screen";
/** A reservation lasts ten minutes; it is kept alive this often. */
const KEEP_ALIVE = 4 * 60 * 1000;
/** Who comes back at a time is asked for this often, while nobody is shown. */
const LOOK_AGAIN = 30 * 1000;
const TYPING = "input, textarea, select, [contenteditable='true']";
const IN_FRONT = ".modal, .o-dropdown--menu, .o_popover";

/**
 * Leads from client to client of a call list. Everything has a key: a result is a
 * digit, the rest are letters; while something is typed they are letters again.
 */
export class CallListScreen extends Component {
    static template = "gestor_call_lists.Screen";
    static components = {CallCard, DateTimeInput, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.root = useRef("root");
        this.note = useRef("note");
        this.state = useState({
            head: {name: "", script: "", results: []},
            card: false,
            progress: {total: 0, served: 0, results: []},
            note: "",
            again: false,
            isBusy: false,
            isPaused: false,
        });
        onWillStart(() => this.open());
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
        const timers = [
            browser.setInterval(() => this.keep(), KEEP_ALIVE),
            browser.setInterval(() => this.lookAgain(), LOOK_AGAIN),
        ];
        onWillDestroy(() => {
            timers.forEach((timer) => browser.clearInterval(timer));
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
        const {card, isPaused} = this.state;
        const hasCard = Boolean(card);
        return [
            ["C", _t("Dial the number"), () => this.dial(), hasCard],
            ["O", _t("Open the client"), () => this.openClient(), hasCard],
            ["N", _t("Comment"), () => this.note.el.focus(), hasCard],
            ["A", _t("Call again on"), () => this.focusAgain(), hasCard],
            ["S", _t("Put off"), () => this.skip(), hasCard],
            ["U", _t("Undo"), () => this.undo(), true],
            ["M", _t("E-mail"), () => this.write("mail"), hasCard],
            ["X", _t("SMS"), () => this.write("sms"), hasCard],
            ["F", _t("Next activity"), () => this.plan(), hasCard],
            ["P", isPaused ? _t("Go on") : _t("Pause"), () => this.pause(), true],
            ...(hasCard
                ? []
                : [["D", _t("Finish the list"), () => this.finish(), true]]),
        ].map(([key, label, run, isOn]) => ({key, label, run, isOn}));
    }

    get againPlaceholder() {
        return _t("Day and time, or e.g. +2d");
    }

    get delays() {
        return callAgainDelays();
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
        } catch (error) {
            // a colleague has taken the client over: there is another one
            if (error instanceof RPCError && ["serve", "skip"].includes(method)) {
                await this.recover();
            }
            throw error;
        } finally {
            this.state.isBusy = false;
        }
    }

    async recover() {
        const {card, note, again} = this.state;
        try {
            this.show(await this.orm.silent.call(MODEL, "open", [this.activityId]));
        } catch {
            // the list is closed by now, as the first error says
            this.state.card = false;
        }
        if (this.state.card && this.state.card.row_id === card.row_id) {
            Object.assign(this.state, {note, again});
        }
    }

    show({head, card, progress}) {
        Object.assign(this.state, {card, progress, again: false});
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
        if (!card) {
            return;
        }
        return this.request("serve", card.row_id, {
            result_id: result.id,
            note,
            call_again_at: again ? serializeDateTime(again) : false,
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
        const {card} = this.state;
        return card && this.orm.silent.call(MODEL, "keep", [card.row_id]);
    }

    release() {
        const {card} = this.state;
        return card && this.orm.silent.call(MODEL, "release", [card.row_id]);
    }

    /** Whoever is to be called again at a time appears at that time. */
    async lookAgain() {
        const {card, isBusy, isPaused} = this.state;
        if (card || isBusy || isPaused) {
            return;
        }
        try {
            this.show(await this.orm.silent.call(MODEL, "open", [this.activityId]));
        } catch (error) {
            // a list that was closed meanwhile says so once
            this.state.isPaused = true;
            throw error;
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

    async finish() {
        await this.orm.call("gestor.activity", "action_finish", [[this.activityId]]);
        this.env.config.historyBack();
    }

    // === When to call again ===

    setAgain(moment) {
        this.state.again = moment || false;
    }

    focusAgain() {
        this.root.el.querySelector("#gestor_calls_again").focus();
    }

    // === Other windows ===

    dial() {
        this.root.el.querySelector("a[href^='tel:']")?.click();
    }

    openRecord({model, id, title}) {
        return this.action.doAction(formWindow(title, model, {}, id));
    }

    openClient() {
        const {partner_id: id, name: title} = this.state.card;
        return this.openRecord({model: "res.partner", id, title});
    }

    write(channel) {
        return this.action.doAction(messageWindow(channel, this.state.card.partner_id));
    }

    plan() {
        const context = {
            default_partner_id: this.state.card.partner_id,
            default_parent_id: this.activityId,
        };
        return this.action.doAction(
            formWindow(_t("Next activity"), "gestor.activity", context)
        );
    }

    // === Keyboard ===

    /** Tells whether a key is meant for the screen, not for a window in front of it. */
    isKeyOurs(ev) {
        const hasModifier = ev.ctrlKey || ev.altKey || ev.metaKey || ev.repeat;
        return !hasModifier && !document.querySelector(IN_FRONT);
    }

    onKeydown(ev) {
        if (ev.target.closest?.(TYPING)) {
            if (["Enter", "Escape"].includes(ev.key)) {
                ev.target.blur();
            }
            return;
        }
        const run = this.isKeyOurs(ev) && this.findKey(ev.key.toUpperCase());
        if (run) {
            // a letter that moves into a field is not typed there
            ev.preventDefault();
            return run();
        }
    }

    findKey(key) {
        const hasKey = (one) => one.key === key;
        const tool = this.tools.find(hasKey);
        if (tool) {
            return tool.isOn && tool.run;
        }
        const result = this.state.head.results.find(hasKey);
        const delay = this.state.card && this.delays.find(hasKey);
        return (
            (result && (() => this.serve(result))) ||
            (delay && (() => this.setAgain(delay.moment)))
        );
    }
}

registry.category("actions").add("gestor_call_lists.screen", CallListScreen);
