/** Reload a form while the server works on its record. */
import {Component, onMounted, onWillUnmount, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const INTERVAL_MS = 2000;
const BUSY_STATES = ["checking", "running", "waiting"];

export class GestorRefresh extends Component {
    static template = xml`<span class="o_gestor_refresh"/>`;
    static props = {...standardWidgetProps};

    setup() {
        this.isLoading = false;
        onMounted(() => {
            this.timer = setInterval(() => this.refresh(), INTERVAL_MS);
        });
        onWillUnmount(() => clearInterval(this.timer));
    }

    async refresh() {
        const record = this.props.record;
        if (this.isLoading || !BUSY_STATES.includes(record.data.state)) {
            return;
        }
        if (record.dirty) {
            return;
        }
        this.isLoading = true;
        try {
            await record.load();
        } catch {
            // The server may be restarting: the next round tries again.
        } finally {
            this.isLoading = false;
        }
    }
}

registry.category("view_widgets").add("gestor_refresh", {
    component: GestorRefresh,
    fieldDependencies: [{name: "state", type: "selection"}],
});
