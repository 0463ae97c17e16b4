import {onWillUnmount, useState} from "@odoo/owl";

// less than that is a click
const THRESHOLD = 4;

/**
 * Drag a booking over the plan, or its end.
 *
 * @param {Function} onDrop called with the booking, the way moved (fraction of the
 *     width), the row under the pointer and whether only the end was dragged
 * @returns {Object} start(ev, booking, isEnd) and state with the booking being dragged
 */
export function useBookingDrag(onDrop) {
    const state = useState({booking: null, offset: 0, isEnd: false});
    let origin = null;

    function getRowId(ev) {
        const row = document
            .elementsFromPoint(ev.clientX, ev.clientY)
            .find((element) => element.dataset.resourceId);
        return row ? Number(row.dataset.resourceId) : null;
    }

    function move(ev) {
        const way = ev.clientX - origin.x;
        if (Math.hypot(way, ev.clientY - origin.y) > THRESHOLD) {
            origin.isMoved = true;
        }
        state.offset = origin.isMoved ? way : 0;
    }

    function stop() {
        document.removeEventListener("pointermove", move);
        document.removeEventListener("pointerup", drop);
        document.removeEventListener("keydown", abort, true);
        Object.assign(state, {booking: null, offset: 0, isEnd: false});
    }

    function drop(ev) {
        const {booking, isEnd, offset} = state;
        const {isMoved, width} = origin;
        const rowId = isMoved ? getRowId(ev) : null;
        stop();
        if (isMoved) {
            onDrop(booking, offset / width, rowId, isEnd);
        }
    }

    function abort(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            stop();
        }
    }

    function start(ev, booking, isEnd = false) {
        if (ev.button !== 0 || !booking.is_movable) {
            return;
        }
        const width = ev.target.closest(".o_gestor_plan_track").clientWidth;
        origin = {x: ev.clientX, y: ev.clientY, width, isMoved: false};
        Object.assign(state, {booking, offset: 0, isEnd});
        document.addEventListener("pointermove", move);
        document.addEventListener("pointerup", drop);
        document.addEventListener("keydown", abort, true);
    }

    onWillUnmount(stop);
    return {start, state, wasMoved: () => Boolean(origin?.isMoved)};
}
