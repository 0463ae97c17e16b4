import {browser} from "@web/core/browser/browser";
import {ClockIdleDialog} from "./clock_idle_dialog.esm";
import {reactive} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {session} from "@web/session";

const MODEL = "gestor.activity.time";
const SEEN_KEY = "gestor_activity_time.seen";
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel"];
// How often a tab notes that somebody is there
const NOTE_EVERY = 5000;

/** Return seconds as 1:05:09. */
export function formatElapsed(seconds) {
    const total = Math.max(0, Math.floor(seconds));
    const two = (number) => String(number).padStart(2, "0");
    const minutes = Math.floor(total / 60);
    return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(total % 60)}`;
}

/** The clock of the user: asked for once, then kept up to date by the bus. */
export const gestorClockService = {
    dependencies: ["bus_service", "dialog", "orm"],

    start(env, {bus_service: bus, dialog, orm}) {
        const state = reactive({entry: false, recent: [], idleMinutes: 0, since: 0});
        let noted = 0;
        let isAsking = false;

        const update = (clock) => {
            state.entry = clock.entry;
            state.idleMinutes = clock.idle_minutes;
            state.since = Date.now();
            if (clock.recent) {
                state.recent = clock.recent;
            }
        };

        const call = async (method, ...args) =>
            update(await orm.call(MODEL, method, args));

        /** Seconds worked today on what the clock is on. */
        const elapsed = () => {
            if (!state.entry) {
                return 0;
            }
            const running = state.entry.state === "running";
            return (
                state.entry.elapsed + (running ? (Date.now() - state.since) / 1000 : 0)
            );
        };

        const seen = () => Number(browser.localStorage.getItem(SEEN_KEY)) || 0;

        const ask = (lastSeen) => {
            isAsking = true;
            const away = () => (Date.now() - lastSeen) / 1000;
            dialog.add(
                ClockIdleDialog,
                {
                    name: state.entry.name,
                    since: lastSeen,
                    cut: () => call("clock_leave_out", away(), false),
                    discard: () => call("clock_leave_out", away(), true),
                },
                {onClose: () => (isAsking = false)}
            );
        };

        /** Somebody is there: ask about the time in which nobody was, in any tab. */
        const note = () => {
            const now = Date.now();
            if (now - noted < NOTE_EVERY) {
                return;
            }
            noted = now;
            const before = seen();
            browser.localStorage.setItem(SEEN_KEY, now);
            const isRunning = state.entry && state.entry.state === "running";
            // What happened before the clock was started is not its business
            const last = Math.max(before, now - elapsed() * 1000);
            const isLong = now - last >= state.idleMinutes * 60000;
            if (isRunning && before && state.idleMinutes && isLong && !isAsking) {
                ask(last);
            }
        };

        if (session.gestor_clock) {
            update(session.gestor_clock);
            bus.subscribe(`${MODEL}/clock`, update);
            // What was sent while the connection was down is asked for once
            bus.addEventListener("BUS:RECONNECT", () => call("get_clock"));
            bus.start();
            for (const sign of SIGNS) {
                browser.addEventListener(sign, note, {capture: true, passive: true});
            }
        }
        return {
            state,
            elapsed,
            load: () => call("get_clock"),
            start: (activityId) => call("clock_start", activityId),
            open: (activityId) => call("clock_open", activityId),
            startNew: (name) => call("clock_start_new", name),
            pause: () => call("clock_pause"),
            resume: () => call("clock_resume"),
            stop: () => call("clock_stop"),
        };
    },
};

registry.category("services").add("gestor_clock", gestorClockService);
