import {Component, onWillUnmount, useEffect, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {formatElapsed} from "./clock_service.esm";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";
import {useService} from "@web/core/utils/hooks";

/** The clock in the top bar: what runs, for how long, and what to switch to. */
export class ClockSystray extends Component {
    static template = "gestor_activity_time.ClockSystray";
    static components = {Dropdown};
    static props = {};

    setup() {
        this.clock = useService("gestor_clock");
        this.action = useService("action");
        this.state = useState(this.clock.state);
        this.local = useState({elapsed: "", subject: "", isBusy: false});
        this.dropdown = useDropdownState({onOpen: () => this.clock.load()});
        const tick = () => (this.local.elapsed = formatElapsed(this.clock.elapsed()));
        let timer = null;
        useEffect(
            () => {
                tick();
                clearInterval(timer);
                timer = this.isRunning ? setInterval(tick, 1000) : null;
            },
            () => [this.state.entry && this.state.entry.state, this.state.since]
        );
        onWillUnmount(() => clearInterval(timer));
    }

    get isRunning() {
        return Boolean(this.state.entry) && this.state.entry.state === "running";
    }

    async run(method, ...args) {
        if (this.local.isBusy) {
            return;
        }
        this.local.isBusy = true;
        try {
            await this.clock[method](...args);
        } finally {
            this.local.isBusy = false;
        }
    }

    async startNew() {
        const subject = this.local.subject.trim();
        if (subject) {
            await this.run("startNew", subject);
            this.local.subject = "";
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.startNew();
        }
    }

    openActivity(id) {
        this.dropdown.close();
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "gestor.activity",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openEntries() {
        this.dropdown.close();
        return this.action.doAction("gestor_activity_time.gestor_activity_time_action");
    }
}

if (session.gestor_clock) {
    registry
        .category("systray")
        .add("gestor_activity_time.clock", {Component: ClockSystray}, {sequence: 29});
}
