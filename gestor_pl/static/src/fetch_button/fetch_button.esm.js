/** Ask the registers about the client of a form, saved or just begun. */
import {Component, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

export class FetchButton extends Component {
    static template = "gestor_pl.FetchButton";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.state = useState({isBusy: false});
    }

    async onClick() {
        const record = this.props.record;
        if (!record.isNew && !(await record.save())) {
            return;
        }
        // A new client needs no name yet: the number says who it is.
        const args = [record.resId || false, record.data.vat || false];
        this.state.isBusy = true;
        this.ui.block();
        let dialog = null;
        try {
            dialog = await this.orm.call(
                "gestor.register.fetch",
                "action_open_for",
                args
            );
        } finally {
            this.ui.unblock();
            this.state.isBusy = false;
        }
        await this.action.doAction(dialog);
    }
}

registry.category("view_widgets").add("gestor_fetch_button", {
    component: FetchButton,
    fieldDependencies: [{name: "vat", type: "char"}],
});
