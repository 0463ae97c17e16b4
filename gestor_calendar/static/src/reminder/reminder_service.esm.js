import {ConnectionLostError} from "@web/core/network/rpc";
import {browser} from "@web/core/browser/browser";
import {calendarNotificationService} from "@calendar/js/services/calendar_notification_service";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {getDelay} from "./reminder_lib.esm";
import {patch} from "@web/core/utils/patch";
import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {session} from "@web/session";

/** Whether the user is reminded by Gestor. */
export function hasReminders() {
    return Boolean(session.gestor_calendar_models);
}

// the panel shows alarms of meetings too, and can put them off: not twice
patch(calendarNotificationService, {
    start(env, services) {
        return hasReminders() ? undefined : super.start(env, services);
    },
});

/** Knows which reminders are due, and asks again when the next one is. */
export const gestorReminderService = {
    dependencies: ["bus_service", "orm"],

    start(_env, {bus_service: bus, orm}) {
        const state = reactive({due: [], isOpen: false});
        let timer = null;

        async function load() {
            browser.clearTimeout(timer);
            let next = null;
            try {
                const found = await orm.silent.call("gestor.reminder", "get_due", []);
                next = found.next_at && deserializeDateTime(found.next_at);
                const known = new Set(state.due.map(({id}) => id));
                state.isOpen ||= found.due.some(({id}) => !known.has(id));
                state.isOpen &&= found.due.length > 0;
                state.due = found.due;
            } catch (error) {
                if (!(error instanceof ConnectionLostError)) {
                    throw error;
                }
            } finally {
                browser.clearTimeout(timer);
                timer = browser.setTimeout(load, getDelay(next));
            }
        }

        async function act(method, ids, ...args) {
            await orm.call("gestor.reminder", method, [ids, ...args]);
            await load();
        }

        if (hasReminders()) {
            bus.subscribe("gestor.reminder", load);
            bus.subscribe("calendar.alarm", load);
            bus.start();
            load();
        }
        return {
            state,
            load,
            snooze: (ids, minutes) => act("action_snooze", ids, minutes),
            snoozeUntil: (ids, moment) => act("action_snooze_until", ids, moment),
            dismiss: (ids) => act("action_dismiss", ids),
        };
    },
};

registry.category("services").add("gestor_reminder", gestorReminderService);
