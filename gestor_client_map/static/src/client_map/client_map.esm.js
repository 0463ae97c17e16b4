import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {
    ZOOM,
    cluster,
    fit,
    graticule,
    project,
    tiles,
    toPath,
} from "./lib/map_layout.esm";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const BORDERS = "/gestor_client_map/static/lib/natural_earth/borders.json";
// nearer than that the borders are too rough to say anything
const BORDERS_ZOOM_MAX = 11;
const PAN = 80;
const WHEEL_PAUSE_MS = 120;

/** Clients as pins on borders and, where switched on, on streets. */
export class GestorClientMap extends Component {
    static template = "gestor_client_map.ClientMap";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.http = useService("http");
        this.action = useService("action");
        this.pane = useRef("pane");
        this.display = {controlPanel: {}};
        this.state = useState({
            view: {x: 0, y: 0, zoom: 1},
            size: {width: 0, height: 0},
            path: "",
        });
        onWillStart(() => this.load());
        onMounted(() => {
            this.measure();
            this.fit();
            this.loadBorders();
        });
        useExternalListener(window, "resize", () => this.measure());
        onWillUnmount(() => {
            this.isGone = true;
        });
    }

    get domain() {
        return this.props.action.params?.domain || [];
    }

    async load() {
        const found = await this.orm.call("res.partner", "get_gestor_map", [
            this.domain,
        ]);
        this.found = found;
        this.pins = found.pins.map(
            ([id, name, city, latitude, longitude, importance]) => ({
                id,
                name,
                city,
                importance,
                ...project(latitude, longitude),
            })
        );
    }

    /** The pins do not wait for the borders, nor need them. */
    async loadBorders() {
        const path = toPath(await this.http.get(BORDERS));
        if (!this.isGone) {
            this.state.path = path;
        }
    }

    // === What is drawn ===

    get clusters() {
        const {view, size} = this.state;
        return cluster(this.pins, view, size).map((item) => ({
            ...item,
            // pins come with the important ones first
            importance: item.pins[0].importance,
            hint: this.getHint(item.pins),
        }));
    }

    getHint(pins) {
        const names = pins
            .slice(0, 5)
            .map(({name, city}) => [name, city].filter(Boolean).join(", "));
        if (pins.length > names.length) {
            names.push(_t("and %s more", pins.length - names.length));
        }
        return names.join("\n");
    }

    get countText() {
        const {total} = this.found;
        const shown = this.pins.length;
        return total > shown
            ? _t("On the map: %(shown)s of %(total)s, the most important ones", {
                  shown,
                  total,
              })
            : _t("On the map: %s", shown);
    }

    get missingText() {
        return _t("Without a position: %s", this.found.missing);
    }

    get importances() {
        const used = new Set(this.pins.map(({importance}) => importance));
        return Object.entries(this.found.importances)
            .filter(([value]) => used.has(value))
            .reverse();
    }

    get graticule() {
        return graticule(this.state.view, this.state.size);
    }

    get tiles() {
        const {tiles: source} = this.found;
        return source ? tiles(source.url, this.state.view, this.state.size) : [];
    }

    get hasBorders() {
        return !this.found.tiles && this.state.view.zoom <= BORDERS_ZOOM_MAX;
    }

    get bordersTransform() {
        const {view, size} = this.state;
        const scale = 2 ** view.zoom;
        const x = size.width / 2 - view.x * scale;
        const y = size.height / 2 - view.y * scale;
        return `translate(${x} ${y}) scale(${scale})`;
    }

    // === What is done ===

    async open({pins}) {
        if (pins.length === 1) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                res_model: "res.partner",
                res_id: pins[0].id,
                views: [[false, "form"]],
            });
        }
        const view = fit(pins, this.state.size, ZOOM.max);
        if (view.zoom > this.state.view.zoom) {
            this.state.view = view;
            return;
        }
        // one place: no zoom parts them
        await this.openList(_t("Clients in this place"), [
            ["id", "in", pins.map(({id}) => id)],
        ]);
    }

    openMissing() {
        return this.openList(_t("Clients without a position on the map"), [
            ...this.domain,
            ["partner_latitude", "=", 0],
            ["partner_longitude", "=", 0],
        ]);
    }

    openList(name, domain) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "res.partner",
            domain,
            views: [
                [false, "list"],
                [false, "form"],
            ],
        });
    }

    // === Zoom and pan ===

    measure() {
        const {clientWidth: width, clientHeight: height} = this.pane.el;
        this.state.size = {width, height};
    }

    fit() {
        this.state.view = fit(this.pins, this.state.size);
    }

    /** Zoom so that the given point, by default the middle, stays where it is. */
    zoom(step, point = null) {
        const {view, size} = this.state;
        const zoom = Math.max(ZOOM.min, Math.min(ZOOM.max, view.zoom + step));
        const x = (point?.x ?? size.width / 2) - size.width / 2;
        const y = (point?.y ?? size.height / 2) - size.height / 2;
        const change = 1 / 2 ** view.zoom - 1 / 2 ** zoom;
        this.state.view = {x: view.x + x * change, y: view.y + y * change, zoom};
    }

    pan(x, y) {
        const {view} = this.state;
        const scale = 2 ** view.zoom;
        this.state.view = {...view, x: view.x + x / scale, y: view.y + y / scale};
    }

    /** One step at a time, however fast the wheel turns. */
    onWheel(ev) {
        if (ev.timeStamp - (this.wheeledAt || 0) < WHEEL_PAUSE_MS) {
            return;
        }
        this.wheeledAt = ev.timeStamp;
        const {left, top} = this.pane.el.getBoundingClientRect();
        const point = {x: ev.clientX - left, y: ev.clientY - top};
        this.zoom(ev.deltaY < 0 ? 1 : -1, point);
    }

    onPointerDown(ev) {
        if (ev.button || ev.target.closest("button")) {
            return;
        }
        this.drag = {x: ev.clientX, y: ev.clientY};
        this.pane.el.setPointerCapture(ev.pointerId);
    }

    onPointerMove(ev) {
        if (this.drag) {
            this.pan(this.drag.x - ev.clientX, this.drag.y - ev.clientY);
            this.drag = {x: ev.clientX, y: ev.clientY};
        }
    }

    onPointerUp() {
        this.drag = null;
    }

    onKeydown(ev) {
        const keys = {
            "+": () => this.zoom(1),
            "-": () => this.zoom(-1),
            0: () => this.fit(),
            ArrowLeft: () => this.pan(-PAN, 0),
            ArrowRight: () => this.pan(PAN, 0),
            ArrowUp: () => this.pan(0, -PAN),
            ArrowDown: () => this.pan(0, PAN),
        };
        if (keys[ev.key]) {
            keys[ev.key]();
            ev.preventDefault();
        }
    }
}

registry.category("actions").add("gestor_client_map.map", GestorClientMap);
