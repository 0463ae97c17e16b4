/**
 * The plane of the map: Web Mercator, as all street maps use it, so that pictures of
 * streets fit under the pins. A world is a square of WORLD pixels at zoom 0 and doubles
 * with each zoom. A view is {x, y, zoom}: the point of the zoom-0 world in the middle.
 */
export const WORLD = 256;
export const ZOOM = {min: 1, max: 18};
// nearer pins cover each other
export const CELL = 44;
const LATITUDE_MAX = 85.05;
const GRATICULE_STEPS = [30, 10, 5, 2, 1, 0.5, 0.2, 0.1];
const GRATICULE_GAP = 120;

/** The point of the zoom-0 world of a place on the globe. */
export function project(latitude, longitude) {
    const bounded = Math.max(-LATITUDE_MAX, Math.min(LATITUDE_MAX, latitude));
    const sine = Math.sin((bounded * Math.PI) / 180);
    return {
        x: WORLD * (longitude / 360 + 0.5),
        y: WORLD * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)),
    };
}

/** The place on the globe of a point of the zoom-0 world. */
export function unproject({x, y}) {
    const angle = Math.PI * (1 - (2 * y) / WORLD);
    return {
        latitude: (Math.atan(Math.sinh(angle)) * 180) / Math.PI,
        longitude: (x / WORLD - 0.5) * 360,
    };
}

/** Where a point of the zoom-0 world is in a window of the given size. */
export function toWindow(point, view, size) {
    const scale = 2 ** view.zoom;
    return {
        x: (point.x - view.x) * scale + size.width / 2,
        y: (point.y - view.y) * scale + size.height / 2,
    };
}

/** The view in which all points are in the window, not nearer than zoomMax. */
export function fit(points, size, zoomMax = 13) {
    if (!points.length) {
        // Poland
        return {...project(52.1, 19.4), zoom: 5};
    }
    // no spreading of arguments: there may be thousands
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const {x, y} of points) {
        left = Math.min(left, x);
        right = Math.max(right, x);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y);
    }
    const room = {
        width: Math.max(size.width - 2 * CELL, 1),
        height: Math.max(size.height - 2 * CELL, 1),
    };
    const zoom = Math.min(
        Math.log2(room.width / (right - left || 1e-9)),
        Math.log2(room.height / (bottom - top || 1e-9)),
        zoomMax
    );
    return {
        x: (left + right) / 2,
        y: (top + bottom) / 2,
        zoom: Math.max(ZOOM.min, Math.floor(zoom)),
    };
}

/**
 * Gather pins that would cover each other; only those in or near the window. The cells
 * hang on the world, so clusters stay as they are while the map is dragged.
 *
 * @returns {Array} {key, pins, x, y}: x and y in the window
 */
export function cluster(pins, view, size) {
    const scale = 2 ** view.zoom;
    const cells = new Map();
    for (const pin of pins) {
        const {x, y} = toWindow(pin, view, size);
        if (x < -CELL || y < -CELL || x > size.width + CELL || y > size.height + CELL) {
            continue;
        }
        const column = Math.floor((pin.x * scale) / CELL);
        const key = `${column}:${Math.floor((pin.y * scale) / CELL)}`;
        const cell = cells.get(key);
        if (cell) {
            cell.pins.push(pin);
            cell.x += x;
            cell.y += y;
        } else {
            cells.set(key, {key, pins: [pin], x, y});
        }
    }
    for (const cell of cells.values()) {
        cell.x /= cell.pins.length;
        cell.y /= cell.pins.length;
    }
    return [...cells.values()];
}

/** Meridians and parallels in the window: {key, label, x} or {key, label, y}. */
export function graticule(view, size) {
    const half = {
        x: size.width / 2 ** (view.zoom + 1),
        y: size.height / 2 ** (view.zoom + 1),
    };
    const start = unproject({x: view.x - half.x, y: view.y + half.y});
    const stop = unproject({x: view.x + half.x, y: view.y - half.y});
    const pixels = (WORLD * 2 ** view.zoom) / 360;
    const step = GRATICULE_STEPS.findLast((item) => item * pixels >= GRATICULE_GAP);
    if (!step) {
        return [];
    }
    const label = (value) => `${Number(Math.abs(value).toFixed(1))}°`;
    const lines = [];
    const first = Math.max(-180, Math.ceil(start.longitude / step) * step);
    for (let at = first; at <= Math.min(180, stop.longitude); at += step) {
        const {x} = toWindow(project(0, at), view, size);
        lines.push({key: `x${at.toFixed(1)}`, label: label(at), x});
    }
    const lowest = Math.max(-80, Math.ceil(start.latitude / step) * step);
    for (let at = lowest; at <= Math.min(80, stop.latitude); at += step) {
        const {y} = toWindow(project(at, 0), view, size);
        lines.push({key: `y${at.toFixed(1)}`, label: label(at), y});
    }
    return lines;
}

/** The pictures of streets that cover the window: {key, src, x, y}, WORLD wide. */
export function tiles(url, view, size) {
    const count = 2 ** view.zoom;
    const from = (middle, length) => Math.floor((middle * count - length / 2) / WORLD);
    const to = (middle, length) => Math.floor((middle * count + length / 2) / WORLD);
    const found = [];
    for (let y = from(view.y, size.height); y <= to(view.y, size.height); y++) {
        for (let x = from(view.x, size.width); x <= to(view.x, size.width); x++) {
            if (x < 0 || y < 0 || x >= count || y >= count) {
                continue;
            }
            const at = {x: (x * WORLD) / count, y: (y * WORLD) / count};
            found.push({
                key: `${view.zoom}/${x}/${y}`,
                src: url.replace("{z}", view.zoom).replace("{x}", x).replace("{y}", y),
                ...toWindow(at, view, size),
            });
        }
    }
    return found;
}

/** Lines of longitude and latitude in turn, as one path on the zoom-0 world. */
export function toPath(lines) {
    const parts = [];
    for (const line of lines) {
        for (let at = 0; at < line.length; at += 2) {
            const {x, y} = project(line[at + 1], line[at]);
            parts.push(`${at ? "L" : "M"}${x.toFixed(4)} ${y.toFixed(4)}`);
        }
    }
    return parts.join("");
}
