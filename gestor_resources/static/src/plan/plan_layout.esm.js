/** Where things stand on the plan; no component, so it is tested without a screen. */

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
 * Return the moment of a place on the plan, on a full step.
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
