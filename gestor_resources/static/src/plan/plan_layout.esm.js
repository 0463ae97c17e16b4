/** Where things stand on a time line; no component, so it is tested without a screen. */
import {deserializeDateTime, serializeDateTime} from "@web/core/l10n/dates";

const {DateTime} = luxon;

export const SCALES = {
    day: {days: 1, step: 15, ticks: 24},
    week: {days: 7, step: 30, ticks: 7},
    fortnight: {days: 14, step: 60, ticks: 14},
    month: {days: 31, step: 120, ticks: 31},
};

/**
 * Give each item the first lane in which nothing overlaps it.
 *
 * @param {Object[]} items with start and stop, comparable
 * @returns {{lanes: Map, count: Number}} lane of each item, and how many there are
 */
export function getLanes(items) {
    const lanes = new Map();
    const ends = [];
    const sorted = [...items].sort((one, other) => one.start - other.start);
    for (const item of sorted) {
        let lane = ends.findIndex((end) => end <= item.start);
        if (lane < 0) {
            lane = ends.length;
        }
        ends[lane] = item.stop;
        lanes.set(item, lane);
    }
    return {lanes, count: Math.max(1, ends.length)};
}

/**
 * Return which part of the window an item takes, in percent, cut to the window.
 *
 * @param {Object} item with start and stop in milliseconds
 * @param {Object} span the window, likewise
 * @returns {{left: Number, width: Number}}
 */
export function getExtent(item, span) {
    const length = span.stop - span.start;
    const start = Math.max(item.start, span.start);
    const stop = Math.min(item.stop, span.stop);
    return {
        left: ((start - span.start) / length) * 100,
        width: (Math.max(0, stop - start) / length) * 100,
    };
}

/**
 * Return the moment of a place on the time line, on a full step.
 *
 * @param {Number} fraction of the width, from 0 to 1
 * @param {Object} span the window in milliseconds
 * @param {Number} step in minutes
 * @returns {Number} milliseconds
 */
export function getMoment(fraction, span, step) {
    return snap(fraction * (span.stop - span.start), step) + span.start;
}

/**
 * Return the nearest full step of a length.
 *
 * @param {Number} length in milliseconds
 * @param {Number} step in minutes
 * @returns {Number} milliseconds
 */
export function snap(length, step) {
    const size = step * 60000;
    return Math.round(length / size) * size;
}

/**
 * Return the milliseconds of what a clock on the wall shows.
 *
 * Each day has 24 hours on that clock, also the two in a year that have 23 or 25, so
 * what is moved by seven days keeps its hour.
 *
 * @param {DateTime} moment in the time zone of the user
 * @returns {Number}
 */
export function toWall(moment) {
    return moment.setZone("utc", {keepLocalTime: true}).toMillis();
}

/**
 * Return the moment at which the clock on the wall shows that.
 *
 * @param {Number} wall milliseconds, see toWall
 * @returns {DateTime}
 */
export function fromWall(wall) {
    return DateTime.fromMillis(wall, {zone: "utc"}).setZone(DateTime.local().zone, {
        keepLocalTime: true,
    });
}

/**
 * Read the times of items as the server wrote them.
 *
 * @param {Object[]} items with start and stop as text in UTC; they are changed
 * @returns {Object[]} the items
 */
export function readTimes(items) {
    for (const item of items) {
        item.start = toWall(deserializeDateTime(item.start));
        item.stop = toWall(deserializeDateTime(item.stop));
    }
    return items;
}

/**
 * Write a moment of the time line as the server reads it.
 *
 * @param {Number} wall milliseconds, see toWall
 * @returns {String} UTC
 */
export function writeTime(wall) {
    return serializeDateTime(fromWall(wall));
}

/**
 * Say from when to when something lasts.
 *
 * @param {Object} item with start and stop on the time line
 * @returns {String}
 */
export function describeTime({start, stop}) {
    return [start, stop]
        .map((wall) => fromWall(wall).toLocaleString(DateTime.DATETIME_SHORT))
        .join(" – ");
}

/**
 * Move a booking as far as the server allows; the caller loads the plan anew.
 *
 * @param {Object} orm the service
 * @param {Object} booking as the plan shows it, with its times read
 * @param {Number} start
 * @param {Number} stop
 * @param {Number} resourceId
 */
export async function moveBooking(orm, booking, start, stop, resourceId) {
    await orm.call("gestor.booking.plan", "move_booking", [
        booking.id,
        writeTime(start),
        writeTime(stop),
        resourceId,
        {
            start_at: writeTime(booking.start),
            stop_at: writeTime(booking.stop),
            resource_id: booking.resource_id,
        },
    ]);
}
