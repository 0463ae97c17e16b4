import {KeepLast} from "@web/core/utils/concurrency";
import {useDebounced} from "@web/core/utils/timing";
import {useFormDialog} from "./form_dialog_hook.esm";
import {useService} from "@web/core/utils/hooks";
import {useState} from "@odoo/owl";

/**
 * What the calendar and the Day screen share: setup, preferences, opening.
 *
 * @param {Function} load called with the KeepLast through which to ask the server
 * @returns {Object}
 */
export function useCalendarData(load) {
    const orm = useService("orm");
    const keepLast = new KeepLast();
    const state = useState({kinds: [], resourceModel: false, preferences: {}});
    const remember = useDebounced(
        () =>
            orm.silent.call("gestor.calendar", "set_preferences", [
                {...state.preferences},
            ]),
        800,
        {execBeforeUnmount: true}
    );

    const data = {
        state,
        reload: () => load(keepLast),
        async start() {
            const setup = await orm.call("gestor.calendar", "get_setup", []);
            state.kinds = setup.kinds;
            state.resourceModel = setup.resource_model;
            state.preferences = setup.preferences;
            await data.reload();
        },
        change(values) {
            Object.assign(state.preferences, values);
            remember();
        },
        get filters() {
            const {user_ids, partner_ids, resource_ids} = state.preferences;
            return {user_ids, partner_ids, resource_ids};
        },
        isVisible(item) {
            return !state.preferences.hidden_kinds.includes(item.kind);
        },
        open(item) {
            if (!item.is_busy_only) {
                data.openForm({
                    resModel: item.model,
                    resId: item.id,
                    title: item.title,
                });
            }
        },
        openForm: useFormDialog(() => data.reload()),
    };
    return data;
}
