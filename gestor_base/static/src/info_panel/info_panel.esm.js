import {Component, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

const STORAGE_KEY = "gestor_base.info_panel_closed";

/** The panel beside a document: its client, what is to do, last contacts, links. */
export class GestorInfoPanel extends Component {
    static template = "gestor_base.InfoPanel";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.storageKey = `${STORAGE_KEY}_${user.userId}`;
        this.state = useState({
            isOpen: !browser.localStorage.getItem(this.storageKey),
            info: null,
        });
        // the document does not wait for its panel; once saved it may have another client
        useRecordObserver((record) => {
            if (record.resId && !record.dirty) {
                this.load(record);
            }
        });
    }

    async load({resModel, resId}) {
        if (!this.state.isOpen || this.env.inDialog) {
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
        if (this.state.isOpen) {
            browser.localStorage.removeItem(this.storageKey);
            this.load(this.props.record);
        } else {
            browser.localStorage.setItem(this.storageKey, "1");
        }
    }

    open(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }

    get isSelf() {
        const {resModel, resId} = this.props.record;
        return resModel === "res.partner" && resId === this.state.info?.client?.id;
    }
}

export const gestorInfoPanel = {component: GestorInfoPanel};

registry.category("view_widgets").add("gestor_info_panel", gestorInfoPanel);
