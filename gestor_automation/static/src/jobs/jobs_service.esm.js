import {_t} from "@web/core/l10n/translation";
import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {session} from "@web/session";

export const OPEN_STATES = ["waiting", "running"];

/** The user's background work, kept up to date by the bus. */
export const gestorJobsService = {
    dependencies: ["action", "bus_service", "notification", "orm"],

    start(env, {action, bus_service: bus, notification, orm}) {
        const state = reactive({jobs: []});

        const open = (id) =>
            action.doAction({
                type: "ir.actions.act_window",
                res_model: "gestor.job",
                res_id: id,
                views: [[false, "form"]],
            });

        const load = async () => {
            state.jobs = await orm.silent.call("gestor.job", "get_my_jobs");
        };

        const tellEnd = (job) => {
            const isFine = job.state === "done";
            notification.add(
                isFine
                    ? _t("Done: %(count)s", {count: job.done})
                    : _t("Done: %(done)s, failed: %(failed)s", job),
                {
                    title: job.name,
                    type: isFine ? "success" : "warning",
                    sticky: !isFine,
                    buttons: [
                        {name: _t("Show"), primary: true, onClick: () => open(job.id)},
                    ],
                }
            );
        };

        const update = (job) => {
            const known = state.jobs.find(({id}) => id === job.id);
            if (known) {
                const hasEnded =
                    OPEN_STATES.includes(known.state) &&
                    ["done", "partial"].includes(job.state);
                Object.assign(known, job, {is_runner_missing: false});
                if (hasEnded) {
                    tellEnd(job);
                }
            } else {
                state.jobs.unshift(job);
            }
        };

        const dismiss = async () => {
            const ids = state.jobs
                .filter((job) => !OPEN_STATES.includes(job.state))
                .map(({id}) => id);
            state.jobs = state.jobs.filter(({id}) => !ids.includes(id));
            await orm.call("gestor.job", "action_dismiss", [ids]);
        };

        bus.subscribe("gestor.job/progress", update);
        // What was sent while the connection was down is asked for once
        bus.addEventListener("BUS:RECONNECT", () => state.jobs.length && load());
        bus.start();
        if (session.gestor_has_jobs) {
            load();
        }
        return {state, open, dismiss};
    },
};

registry.category("services").add("gestor_jobs", gestorJobsService);
