/** The box in which a node is drawn; two of them never overlap. */
export const BOX = {width: 136, height: 64};
// two points so far apart differ by a whole box in one direction at least
const GAP = Math.SQRT2;

/**
 * How many nodes stand on a ring with a chord of GAP between neighbours.
 *
 * @param {Number} ring 1 is the innermost
 * @returns {Number}
 */
export function getCapacity(ring) {
    // a little slack keeps a rounding error from taking a place away
    return Math.floor(Math.PI / Math.asin(1 / (2 * ring)) + 1e-9);
}

/**
 * Deal nodes in their order to so many rings as they need, evenly.
 *
 * @param {Array} nodes in the order of their angles
 * @param {Number} first the innermost free ring
 * @returns {Array<Array>} nodes of each ring, in the order of their angles
 */
function dealToRings(nodes, first) {
    const capacities = [];
    for (let room = 0; room < nodes.length;) {
        const capacity = getCapacity(first + capacities.length);
        capacities.push(capacity);
        room += capacity;
    }
    const total = capacities.reduce((sum, capacity) => sum + capacity, 0);
    const rings = capacities.map(() => []);
    nodes.forEach((node, index) => {
        // the ring that lags most behind its share of the nodes dealt so far
        const lags = capacities.map((capacity, ring) =>
            rings[ring].length < capacity
                ? (capacity * (index + 1)) / total - rings[ring].length
                : -Infinity
        );
        rings[lags.indexOf(Math.max(...lags))].push(node);
    });
    return rings;
}

/**
 * The angles of the nodes on one ring: evenly, turned to where the first one belongs.
 *
 * @param {Array<{key: String}>} nodes
 * @param {Map<String, Number>} wanted angle by key
 * @param {Number} ring
 * @returns {Array<Number>}
 */
function getAngles(nodes, wanted, ring) {
    const step = (2 * Math.PI) / nodes.length;
    const start =
        nodes.reduce(
            (sum, node, index) => sum + wanted.get(node.key) - index * step,
            0
        ) / nodes.length;
    // neighbouring rings with nothing to follow are turned, so that edges can be seen
    return nodes.map((_node, index) => start + index * step + (ring % 2) * 0.1);
}

function getParents(edges) {
    const parents = new Map();
    for (const {from, to} of edges) {
        parents.set(from, [...(parents.get(from) || []), to]);
        parents.set(to, [...(parents.get(to) || []), from]);
    }
    return parents;
}

function compare(first, second) {
    return (
        first.label.localeCompare(second.label) ||
        first.name.localeCompare(second.name) ||
        first.key.localeCompare(second.key)
    );
}

/**
 * Place the nodes of a map: the first in the middle, each level on rings around it,
 * each node near the one it belongs to. The same map always gets the same places.
 *
 * @param {Array<{key: String, level: Number, label: String, name: String}>} nodes
 * @param {Array<{from: String, to: String}>} edges
 * @returns {Map<String, {x: Number, y: Number}>} middle of each node, in pixels
 */
export function layOut(nodes, edges) {
    const places = new Map();
    const angles = new Map();
    const neighbours = getParents(edges);
    let ring = 1;
    const levels = [...new Set(nodes.map((node) => node.level))].sort();
    for (const level of levels) {
        const members = nodes.filter((node) => node.level === level).sort(compare);
        if (level === 0) {
            members.forEach(({key}) => places.set(key, {x: 0, y: 0}));
            continue;
        }
        const wanted = new Map();
        members.forEach(({key}, index) => {
            const parent = (neighbours.get(key) || []).find((other) =>
                angles.has(other)
            );
            wanted.set(
                key,
                parent ? angles.get(parent) : (2 * Math.PI * index) / members.length
            );
        });
        members.sort((first, second) => wanted.get(first.key) - wanted.get(second.key));
        for (const group of dealToRings(members, ring)) {
            const turned = getAngles(group, wanted, ring);
            group.forEach(({key}, index) => {
                angles.set(key, turned[index]);
                places.set(key, {
                    x: GAP * BOX.width * ring * Math.cos(turned[index]),
                    y: GAP * BOX.height * ring * Math.sin(turned[index]),
                });
            });
            ring++;
        }
    }
    return places;
}

/**
 * The smallest rectangle around all nodes.
 *
 * @param {Map<String, {x: Number, y: Number}>} places
 * @returns {{left: Number, top: Number, width: Number, height: Number}}
 */
export function getBounds(places) {
    const xs = [...places.values()].map(({x}) => x);
    const ys = [...places.values()].map(({y}) => y);
    const left = Math.min(...xs) - BOX.width / 2;
    const top = Math.min(...ys) - BOX.height / 2;
    return {
        left,
        top,
        width: Math.max(...xs) + BOX.width / 2 - left,
        height: Math.max(...ys) + BOX.height / 2 - top,
    };
}

/**
 * The nearest node from another one in the direction of an arrow key.
 *
 * @param {Map<String, {x: Number, y: Number}>} places
 * @param {String} key where one stands
 * @param {String} arrow ArrowLeft, ArrowRight, ArrowUp or ArrowDown
 * @returns {String|undefined} key of the nearest node there
 */
export function getNext(places, key, arrow) {
    const here = places.get(key);
    const [ahead, aside] = ["ArrowLeft", "ArrowRight"].includes(arrow)
        ? ["x", "y"]
        : ["y", "x"];
    const sign = ["ArrowRight", "ArrowDown"].includes(arrow) ? 1 : -1;
    let best = undefined;
    let distance = Infinity;
    for (const [other, place] of places) {
        const forward = sign * (place[ahead] - here[ahead]);
        const sideways = Math.abs(place[aside] - here[aside]);
        // what lies much more to the side than ahead is reached by another arrow
        const isAhead = forward > 0 && sideways <= 2 * forward;
        if (isAhead && forward + 2 * sideways < distance) {
            best = other;
            distance = forward + 2 * sideways;
        }
    }
    return best;
}
