/** What stands where in the common calendar; no component, so tested without a screen. */

import {deserializeDateTime, getStartOfLocalWeek} from "@web/core/l10n/dates";

const {DateTime} = luxon;

export const MODES = {
    month: {view: "dayGridMonth", step: {months: 1}},
    work_week: {view: "timeGridWeek", step: {weeks: 1}, isWithoutWeekend: true},
    week: {view: "timeGridWeek", step: {weeks: 1}},
    day: {view: "timeGridDay", step: {days: 1}},
};

/**
 * Return the window that a mode shows around a day, half-open.
 *
 * @param {String} mode a key of MODES
 * @param {DateTime} day any moment of the window
 * @returns {{start: DateTime, stop: DateTime}}
 */
export function getWindow(mode, day) {
    if (mode === "day") {
        return {start: day.startOf("day"), stop: day.startOf("day").plus({days: 1})};
    }
    if (mode === "month") {
        const start = getStartOfLocalWeek(day.startOf("month"));
        const last = getStartOfLocalWeek(day.endOf("month"));
        return {start, stop: last.plus({days: 7})};
    }
    const start = getStartOfLocalWeek(day);
    return {start, stop: start.plus({days: 7})};
}

/**
 * The full hour a new thing of this day starts at: the next one today, nine on
 * other days. Late in the evening it stays the running hour, or the thing would
 * fall out of the day that is shown.
 */
export function getNextHour(day) {
    const now = DateTime.local();
    if (!day.hasSame(now, "day")) {
        return day.set({hour: 9});
    }
    const next = now.startOf("hour").plus({hours: 1});
    return next.hasSame(now, "day") ? next : now.startOf("hour");
}

/** The text of a moment that stands in no time zone, as that of whole days. */
export function toDayText(day) {
    return `${day.toISODate()} 00:00:00`;
}

/** The key by which an item is told from all others. */
export function getKey(item) {
    return `${item.model},${item.id}`;
}

/**
 * Return an item as FullCalendar wants it.
 *
 * @param {Object} item of get_items
 * @returns {Object}
 */
export function toEvent(item) {
    const hasLength = item.start !== item.stop;
    return {
        id: getKey(item),
        title: item.title,
        start: item.all_day ? item.start.slice(0, 10) : toISO(item.start),
        end: hasLength
            ? item.all_day
                ? item.stop.slice(0, 10)
                : toISO(item.stop)
            : undefined,
        allDay: item.all_day,
        startEditable: item.can_move,
        durationEditable: item.can_move && hasLength,
    };
}

function toISO(text) {
    return `${text.replace(" ", "T")}Z`;
}

/**
 * Return the moments of an item after it was dragged, for the server.
 *
 * In the month, days are dragged and the hours stay, also over a clock change.
 *
 * @param {Object} item of get_items, as it was
 * @param {Object} event of FullCalendar: start and end (Date), startStr, endStr
 * @param {Boolean} isMonth whether days are dragged
 * @returns {{start: String, stop: String}}
 */
export function getDropped(item, event, isMonth) {
    if (item.all_day) {
        const first = DateTime.fromISO(event.startStr.slice(0, 10), {zone: "utc"});
        const stop = event.endStr
            ? DateTime.fromISO(event.endStr.slice(0, 10), {zone: "utc"})
            : first.plus({days: 1});
        return {start: toDayText(first), stop: toDayText(stop)};
    }
    const [oldStart, oldStop] = [item.start, item.stop].map(deserializeDateTime);
    let start = DateTime.fromJSDate(event.start);
    let stop = event.end ? DateTime.fromJSDate(event.end) : null;
    if (isMonth) {
        const days = start.startOf("day").diff(oldStart.startOf("day"), "days").days;
        start = oldStart.plus({days: Math.round(days)});
        stop = oldStop.plus({days: Math.round(days)});
    }
    if (item.start === item.stop) {
        stop = start;
    }
    stop ??= start.plus(oldStop.diff(oldStart));
    return {start: toServer(start), stop: toServer(stop)};
}

/** The text of a moment for the server. */
export function toServer(moment) {
    return moment.toUTC().toFormat("yyyy-MM-dd HH:mm:ss");
}

/**
 * Return the background events that shade what is outside working hours.
 *
 * @param {Array|Boolean} hours pairs of texts; false if unknown
 * @param {{start: DateTime, stop: DateTime}} span the window
 * @returns {Object[]}
 */
export function getShades(hours, span) {
    if (!hours) {
        return [];
    }
    const shade = {groupId: "hours", classNames: ["o_gestor_calendar_free"]};
    if (!hours.length) {
        return [
            {
                ...shade,
                start: span.start.toISO(),
                end: span.stop.toISO(),
                display: "background",
            },
        ];
    }
    return hours.map(([start, stop]) => ({
        ...shade,
        start: toISO(start),
        end: toISO(stop),
        display: "inverse-background",
    }));
}

/** The days (ISO) of the window on which nobody works; none if that is unknown. */
export function getFreeDays(hours, span) {
    const free = new Set();
    if (!hours) {
        return free;
    }
    for (let day = span.start; day < span.stop; day = day.plus({days: 1})) {
        free.add(day.toISODate());
    }
    for (const [start] of hours) {
        free.delete(deserializeDateTime(start).toISODate());
    }
    return free;
}

/**
 * Return the colour of each item, 0 to 11.
 *
 * @param {Object[]} items of get_items
 * @param {String} colorBy "kind" or "person"
 * @param {Number[]} people in the order of their colours
 * @returns {Map} by key
 */
export function getColors(items, colorBy, people) {
    return new Map(
        items.map((item) => {
            if (colorBy === "kind") {
                return [getKey(item), item.color];
            }
            const first = item.user_ids.find((id) => people.includes(id));
            return [getKey(item), getPersonColor(first, people)];
        })
    );
}

/** The colour of a person, who is perhaps none of the chosen people. */
export function getPersonColor(userId, people) {
    const index = people.indexOf(userId);
    return index < 0 ? 0 : (index % 11) + 1;
}

/**
 * Return how a window is called.
 *
 * @param {String} mode a key of MODES
 * @param {DateTime} day any moment of the window
 * @returns {String}
 */
export function getTitle(mode, day) {
    if (mode === "month") {
        return day.toFormat("LLLL yyyy");
    }
    const format = {day: "numeric", month: "long", year: "numeric"};
    if (mode === "day") {
        return day.toLocaleString({...format, weekday: "long"});
    }
    const {start} = getWindow(mode, day);
    const last = start.plus({days: MODES[mode].isWithoutWeekend ? 4 : 6});
    return `${start.toLocaleString(format)} – ${last.toLocaleString(format)}`;
}
