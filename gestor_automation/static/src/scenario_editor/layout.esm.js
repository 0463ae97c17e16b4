/** Where the boxes and arrows of a scenario stand. Without the DOM, all in pixels. */

export const ROW = 76;
export const BOX = 54;
export const LANE = 16;
const BOX_WIDTH = 300;

/**
 * Give each arc that jumps over stages a lane of its own, the short ones nearest to
 * the boxes.
 *
 * @param {{from: Number, to: Number}[]} arcs positions of the stages, from 0
 * @returns {Number[]} the lane of each arc, from 0; arcs in one lane do not overlap
 */
export function assignLanes(arcs) {
    const lanes = [];
    const result = new Array(arcs.length);
    const order = [...arcs.keys()].sort(
        (a, b) =>
            Math.abs(arcs[a].to - arcs[a].from) - Math.abs(arcs[b].to - arcs[b].from) ||
            Math.min(arcs[a].from, arcs[a].to) - Math.min(arcs[b].from, arcs[b].to) ||
            a - b
    );
    for (const index of order) {
        const low = Math.min(arcs[index].from, arcs[index].to);
        const high = Math.max(arcs[index].from, arcs[index].to);
        let lane = lanes.findIndex((taken) =>
            taken.every(([start, stop]) => high <= start || low >= stop)
        );
        if (lane < 0) {
            lane = lanes.push([]) - 1;
        }
        lanes[lane].push([low, high]);
        result[index] = lane;
    }
    return result;
}

/**
 * List the arrows between stages in their order.
 *
 * @param {Object[]} stages `id`, `next` (ids), `target` (id or false)
 * @returns {Object[]} `key`, `from` and `to` (positions), `isAuto`
 */
export function listArrows(stages) {
    const position = new Map(stages.map((stage, index) => [stage.id, index]));
    return stages.flatMap((stage, from) => {
        const ids = new Set(stage.next);
        if (stage.target) {
            ids.add(stage.target);
        }
        return [...ids]
            .filter((id) => position.has(id))
            .map((id) => ({
                key: `${stage.id}-${id}`,
                from,
                to: position.get(id),
                isAuto: id === stage.target,
            }));
    });
}

/**
 * Draw the arrows: to the next stage straight down, onward ones on the right of the
 * boxes, backward ones on the left.
 *
 * @param {Object[]} arrows from `listArrows`
 * @returns {{right: Number, left: Number, arrows: Object[]}} the number of lanes on
 *  each side; each arrow with its `side` ("straight", "right" or "left") and `lane`
 */
export function placeArrows(arrows) {
    const sideOf = ({from, to}) => {
        if (to === from + 1) {
            return "straight";
        }
        return to > from ? "right" : "left";
    };
    const placed = arrows.map((arrow) => ({...arrow, side: sideOf(arrow), lane: 0}));
    const counts = {};
    for (const side of ["right", "left"]) {
        const own = placed.filter((arrow) => arrow.side === side);
        const lanes = assignLanes(own);
        own.forEach((arrow, index) => {
            arrow.lane = lanes[index];
        });
        counts[side] = own.length ? Math.max(...lanes) + 1 : 0;
    }
    return {...counts, arrows: placed};
}

/**
 * Return the SVG path of an arrow.
 *
 * @param {Object} arrow from `placeArrows`
 * @param {Number} left the x of the left edge of the boxes
 * @param {Number} right the x of their right edge
 * @returns {String}
 */
export function arrowPath({from, to, side, lane}, left, right) {
    const middle = (index) => index * ROW + BOX / 2;
    if (side === "straight") {
        const x = left + 40;
        return `M ${x} ${from * ROW + BOX} V ${to * ROW - 3}`;
    }
    // An arrow leaves below the middle of its side and arrives above or below it, so
    // that those which come and those which go can be told apart
    const down = to > from;
    const start = middle(from) + (down ? 9 : -9);
    const stop = middle(to) + (down ? -9 : 9);
    const edge = side === "right" ? right : left;
    const sign = side === "right" ? 1 : -1;
    const x = edge + sign * (22 + lane * LANE);
    const turn = sign * 10;
    const vertical = down ? 10 : -10;
    return [
        `M ${edge} ${start}`,
        `H ${x - turn}`,
        `Q ${x} ${start} ${x} ${start + vertical}`,
        `V ${stop - vertical}`,
        `Q ${x} ${stop} ${x - turn} ${stop}`,
        `H ${edge + sign * 4}`,
    ].join(" ");
}

/**
 * Say where everything of a diagram stands.
 *
 * @param {Object[]} stages see `listArrows`
 * @returns {Object} `boxLeft`, `boxWidth`, `width`, `height` and the `arrows` with
 *  their paths `d`
 */
export function drawDiagram(stages) {
    const {left, right, arrows} = placeArrows(listArrows(stages));
    const boxLeft = 30 + left * LANE;
    const boxRight = boxLeft + BOX_WIDTH;
    return {
        boxLeft,
        boxWidth: BOX_WIDTH,
        width: boxRight + 50 + right * LANE,
        height: Math.max(stages.length * ROW, BOX),
        arrows: arrows.map((arrow) => ({
            ...arrow,
            d: arrowPath(arrow, boxLeft, boxRight),
        })),
    };
}
