import {Component, useEffect, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** Starts the clock on the activity whose form is opened, for users who want it. */
export class ClockOnOpen extends Component {
    static template = xml``;
    static props = {...standardWidgetProps};

    setup() {
        this.clock = useService("gestor_clock");
        useEffect(
            (id) => {
                if (id && session.gestor_clock_automatic) {
                    this.open(id);
                }
            },
            () => [this.props.record.resId]
        );
    }

    async open(id) {
        const before = this.clock.state.entry && this.clock.state.entry.id;
        await this.clock.open(id);
        const {entry} = this.clock.state;
        const {record} = this.props;
        const isStarted = entry && entry.id !== before && entry.activity_id === id;
        // The activity is in progress now
        if (isStarted && record.resId === id && !(await record.isDirty())) {
            await record.load();
        }
    }
}

registry.category("view_widgets").add("gestor_clock_on_open", {component: ClockOnOpen});
