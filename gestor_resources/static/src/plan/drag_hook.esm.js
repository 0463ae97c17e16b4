import {onWillUnmount, useState} from "@odoo/owl";

// less than that is a click
const THRESHOLD = 4;

/**
 * Drag an item over the time line, or its end.
 *
 * @param {Function} onDrop called with the item, the way moved (fraction of the
 *     width), the key of the row under the pointer and whether only the end was dragged
 * @returns {Object} start(ev, item, isEnd) and state with the item being dragged
 */
export function useItemDrag(onDrop) {
    const state = useState({item: null, offset: 0, isEnd: false});
    let origin = null;

    function getRowKey(ev) {
        const row = document
            .elementsFromPoint(ev.clientX, ev.clientY)
            .find((element) => element.dataset.rowKey);
        return row ? row.dataset.rowKey : null;
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
        Object.assign(state, {item: null, offset: 0, isEnd: false});
    }

    function drop(ev) {
        const {item, isEnd, offset} = state;
        const {isMoved, width} = origin;
        const rowKey = isMoved ? getRowKey(ev) : null;
        stop();
        if (isMoved) {
            onDrop(item, offset / width, rowKey, isEnd);
        }
    }

    function abort(ev) {
        if (ev.key === "Escape") {
            ev.stopPropagation();
            stop();
        }
    }

    function start(ev, item, isEnd = false) {
        if (ev.button !== 0 || !item.isMovable) {
            return;
        }
        const width = ev.target.closest(".o_gestor_plan_track").clientWidth;
        origin = {x: ev.clientX, y: ev.clientY, width, isMoved: false};
        Object.assign(state, {item, offset: 0, isEnd});
        document.addEventListener("pointermove", move);
        document.addEventListener("pointerup", drop);
        document.addEventListener("keydown", abort, true);
    }

    onWillUnmount(stop);
    return {start, state, wasMoved: () => Boolean(origin?.isMoved)};
}
