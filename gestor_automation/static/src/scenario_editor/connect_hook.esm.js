import {useExternalListener, useState} from "@odoo/owl";

/**
 * Draw a line from one box to another, with the mouse or in two steps.
 *
 * @param {{el: HTMLElement}} root what the coordinates are counted from
 * @param {Function} onConnect called with the ids of both boxes
 * @returns {Object} `state.source`: the box the line begins at; `state.pointer`: where
 *  it ends while the mouse draws it
 */
export function useConnect(root, onConnect) {
    const state = useState({source: null, pointer: null});
    let isClickDone = false;

    const stop = () => Object.assign(state, {source: null, pointer: null});

    const connect = (id) => {
        const {source} = state;
        stop();
        if (source !== id) {
            onConnect(source, id);
        }
    };

    const position = (ev) => {
        const rect = root.el.getBoundingClientRect();
        return {x: ev.clientX - rect.left, y: ev.clientY - rect.top};
    };

    useExternalListener(window, "pointermove", (ev) => {
        if (state.pointer) {
            state.pointer = position(ev);
        }
    });
    useExternalListener(window, "pointerup", (ev) => {
        if (!state.pointer) {
            return;
        }
        state.pointer = null;
        const box = ev.target.closest?.(".o_gestor_stage_box");
        const id = box && root.el.contains(box) && Number(box.dataset.id);
        if (!id) {
            stop();
        } else if (id !== state.source) {
            // A release over the own dot is a click on it: the other box comes next
            isClickDone = true;
            connect(id);
        }
    });

    return {
        state,
        stop,
        connect,
        start(id) {
            state.source = id;
        },
        startDrag(ev, id) {
            ev.preventDefault();
            isClickDone = false;
            Object.assign(state, {source: id, pointer: position(ev)});
        },
        /** Whether the click that comes now only ends the drawing. */
        takeClick() {
            const isDone = isClickDone;
            isClickDone = false;
            return isDone;
        },
    };
}
