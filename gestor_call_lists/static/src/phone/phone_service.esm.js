import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/**
 * Shows who is calling, and offers to write a call down. Nothing is kept until the
 * user says so: an activity begins as a form that may be discarded.
 */
export const phoneService = {
    dependencies: ["action", "bus_service", "notification"],

    start(env, {action, bus_service, notification}) {
        function open(model, context, id = false) {
            return action.doAction({
                type: "ir.actions.act_window",
                res_model: model,
                res_id: id,
                views: [[false, "form"]],
                target: id ? "current" : "new",
                context,
            });
        }

        function logCall(number, direction, partnerId) {
            return open("gestor.activity", {
                gestor_activities_kind: "phone",
                default_name: _t("Call: %s", number),
                default_call_direction: direction,
                default_phone: number,
                default_partner_id: partnerId || false,
            });
        }

        function show({number, callers}) {
            const [caller] = callers;
            const names = callers.map(({name, guardian}) =>
                guardian ? `${name} (${guardian})` : name
            );
            const logButton = {
                name: _t("Log the call"),
                onClick: () => run(() => logCall(number, "in", caller?.id)),
            };
            const openButtons = callers.map(({id, name}) => ({
                name,
                primary: true,
                onClick: () => run(() => open("res.partner", {}, id)),
            }));
            const newButton = {
                name: _t("New client"),
                onClick: () => run(() => open("res.partner", {default_phone: number})),
            };
            const close = notification.add(names.join(", ") || _t("Unknown number"), {
                title: _t("Incoming call: %s", number),
                type: "info",
                sticky: true,
                buttons: caller ? [...openButtons, logButton] : [newButton, logButton],
            });
            function run(what) {
                close();
                return what();
            }
        }

        function onClick(ev) {
            const link = ev.target.closest?.("a[href^='tel:']");
            // on the screen of a call list the result is written down anyway
            if (!link || link.closest(".o_gestor_calls")) {
                return;
            }
            const number = decodeURIComponent(link.getAttribute("href").slice(4));
            const close = notification.add(number, {
                title: _t("Outgoing call"),
                type: "info",
                buttons: [
                    {
                        name: _t("Log the call"),
                        onClick: () => {
                            close();
                            return logCall(number, "out");
                        },
                    },
                ],
            });
        }

        bus_service.subscribe("gestor_call_lists/incoming", show);
        bus_service.start();
        document.addEventListener("click", onClick, true);
    },
};

registry.category("services").add("gestor_call_lists.phone", phoneService);
