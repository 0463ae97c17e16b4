import {ConnectionLostError} from "@web/core/network/rpc";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

const MODEL = "gestor.planned.action";

/**
 * Asks the user about an automatic step that is due: run it, later, or look first.
 */
export const askedService = {
    dependencies: ["action", "bus_service", "notification", "orm"],

    start(env, {action, bus_service, notification, orm}) {
        const shown = new Map();

        function close(id) {
            shown.get(id)?.();
            shown.delete(id);
        }

        async function call(id, method, args = []) {
            close(id);
            try {
                const result = await orm.call(MODEL, method, [[id], ...args]);
                if (result && typeof result === "object") {
                    await action.doAction(result);
                }
            } catch (error) {
                if (!(error instanceof ConnectionLostError)) {
                    throw error;
                }
            }
        }

        function ask({id, title, message}, buttons) {
            close(id);
            shown.set(
                id,
                notification.add(message || "", {
                    title,
                    type: "info",
                    sticky: true,
                    buttons,
                })
            );
        }

        function askHowLong(payload) {
            const postpone = (delay) => () =>
                call(payload.id, "action_postpone", [delay]);
            ask(payload, [
                {name: _t("15 minutes"), onClick: postpone("quarter")},
                {name: _t("1 hour"), onClick: postpone("hour")},
                {name: _t("Tomorrow"), onClick: postpone("tomorrow")},
            ]);
        }

        bus_service.subscribe("gestor_automation/asked", (payload) => {
            ask(payload, [
                {
                    name: _t("Run"),
                    primary: true,
                    onClick: () => call(payload.id, "action_run"),
                },
                {name: _t("Later"), onClick: () => askHowLong(payload)},
                {
                    name: _t("Open"),
                    onClick: () => call(payload.id, "action_open_document"),
                },
            ]);
        });
        bus_service.start();
    },
};

registry.category("services").add("gestor_automation.asked", askedService);
