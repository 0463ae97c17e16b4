import {Component, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {OPEN_STATES} from "./jobs_service.esm";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";
import {useService} from "@web/core/utils/hooks";

/** The background work of the user: bars, numbers, time left. */
export class JobsSystray extends Component {
    static template = "gestor_automation.JobsSystray";
    static components = {Dropdown};
    static props = {};

    setup() {
        this.service = useService("gestor_jobs");
        this.action = useService("action");
        this.state = useState(this.service.state);
        this.dropdown = useDropdownState();
    }

    get runningCount() {
        return this.state.jobs.filter((job) => this.isOpen(job)).length;
    }

    get hasEnded() {
        return this.runningCount < this.state.jobs.length;
    }

    isOpen(job) {
        return OPEN_STATES.includes(job.state);
    }

    barClass(job) {
        return {
            done: "text-bg-success",
            partial: "text-bg-danger",
            cancelled: "text-bg-secondary",
        }[job.state];
    }

    status(job) {
        if (job.is_runner_missing) {
            return _t("Waiting: no job runner serves this database");
        }
        return {
            waiting: _t("Waiting"),
            running: this.timeLeft(job.seconds_left),
            done: _t("Done"),
            partial: _t("Partly failed"),
            cancelled: _t("Cancelled"),
        }[job.state];
    }

    timeLeft(seconds) {
        if (!seconds) {
            return _t("Running");
        }
        if (seconds < 60) {
            return _t("Time left: %s s", seconds);
        }
        const minutes = Math.ceil(seconds / 60);
        if (minutes < 60) {
            return _t("Time left: %s min", minutes);
        }
        return _t("Time left: %(hours)s h %(minutes)s min", {
            hours: Math.floor(minutes / 60),
            minutes: minutes % 60,
        });
    }

    openJob(job) {
        this.dropdown.close();
        this.service.open(job.id);
    }

    openAll() {
        this.dropdown.close();
        this.action.doAction("gestor_automation.gestor_job_action");
    }
}

registry
    .category("systray")
    .add("gestor_automation.jobs", {Component: JobsSystray}, {sequence: 30});
