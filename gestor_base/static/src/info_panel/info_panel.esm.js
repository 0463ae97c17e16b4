import {Component, onMounted, status, toRaw, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useDebounced} from "@web/core/utils/timing";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useBus, useService} from "@web/core/utils/hooks";
import {FORM_RELOADING, THREAD_CHANGED} from "./chatter_patch.esm";
import {user} from "@web/core/user";

const STORAGE_KEY = "gestor_base.info_panel";
// On a narrower screen the sheet beside an open panel is so narrow that its status bar
// folds the current step away; the panel waits there until it is asked for.
const ROOMY = 1800;
const RELOAD_DELAY = 200;

/** The panel beside a document: its client, what is to do, last contacts, links. */
export class GestorInfoPanel extends Component {
    static template = "gestor_base.InfoPanel";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.storageKey = `${STORAGE_KEY}_${user.userId}`;
        this.state = useState({isOpen: this.isWanted, info: null});
        // one message makes the chatter ask more than once, and the form read itself
        // until the chatter has read its form again, which then asks for both
        this.isFormReloading = false;
        const reload = useDebounced(() => {
            if (!this.isFormReloading) {
                this.load(this.props.record);
            }
        }, RELOAD_DELAY);
        const onChange = ({detail}) => {
            const {resModel, resId} = this.props.record;
            if (detail.model === resModel && detail.id === resId) {
                this.isFormReloading = detail.isReloading ?? this.isFormReloading;
                reload();
            }
        };
        useBus(this.env.bus, THREAD_CHANGED, onChange);
        useBus(this.env.bus, FORM_RELOADING, onChange);
        // the document does not wait for its panel; once saved it may have another client
        onMounted(() => this.load(this.props.record));
        useRecordObserver((record) => {
            if (!record.resId || record.dirty) {
                return;
            }
            // drawn again is not read again: then there is nothing new to ask for
            const data = toRaw(record.data);
            if (data === this.data) {
                return;
            }
            this.data = data;
            // a panel that is never shown asks for nothing, so the first time waits
            const isSame = record.resId === this.resId;
            this.resId = record.resId;
            if (isSame) {
                reload();
            } else if (status(this) === "mounted") {
                reload.cancel();
                this.isFormReloading = false;
                this.load(record);
            }
        });
    }

    async load({resModel, resId}) {
        if (!resId || !this.state.isOpen || this.env.inDialog) {
            return;
        }
        const request = this.orm.silent.call("gestor.info", "get_info", [
            resModel,
            resId,
        ]);
        this.request = request;
        const info = await request;
        // another document may have been asked for meanwhile
        if (this.request === request) {
            this.state.info = info;
        }
    }

    toggle() {
        this.state.isOpen = !this.state.isOpen;
        browser.localStorage.setItem(
            this.storageKey,
            this.state.isOpen ? "open" : "closed"
        );
        if (this.state.isOpen) {
            this.load(this.props.record);
        }
    }

    /** Whether the panel opens: as the user left it, else where there is room. */
    get isWanted() {
        const choice = browser.localStorage.getItem(this.storageKey);
        if (choice) {
            return choice === "open";
        }
        return browser.innerWidth >= ROOMY;
    }

    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openHistory() {
        return this.action.doAction("gestor_base.gestor_history_action", {
            additionalContext: {
                gestor_base_history_partner: this.state.info.client.id,
            },
        });
    }

    get isSelf() {
        const {resModel, resId} = this.props.record;
        return resModel === "res.partner" && resId === this.state.info?.client?.id;
    }
}

export const gestorInfoPanel = {component: GestorInfoPanel};

registry.category("view_widgets").add("gestor_info_panel", gestorInfoPanel);
