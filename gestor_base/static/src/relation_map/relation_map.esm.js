import {BOX, getBounds, getNext, layOut} from "./relation_layout.esm";
import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useRef,
    useState,
} from "@odoo/owl";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const ZOOM = {min: 0.2, max: 2, step: 1.2};
// edges go from icon to icon
const ICON_ABOVE_MIDDLE = 14;
const DOUBLE_CLICK_MS = 250;
// more names of edges than that cover each other; the others appear when pointed at
const NAMED_EDGES = 12;

/** The drawn map of what belongs to a document. */
export class GestorRelationMap extends Component {
    static template = "gestor_base.RelationMap";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.canvas = useRef("canvas");
        this.state = useState({
            nodes: [],
            edges: [],
            closed: new Set(),
            pointed: null,
            view: {x: 0, y: 0, scale: 1},
        });
        this.places = new Map();
        this.display = {controlPanel: {}};
        onWillStart(() => this.load(...this.getOrigin()));
        onMounted(() => this.fit());
        onWillUnmount(() => browser.clearTimeout(this.clickTimer));
    }

    /** The document of the button, or after a reload that of the address. */
    getOrigin() {
        const {context = {}, params = {}} = this.props.action;
        const [model, id] = context.gestor_base_link_origin || [];
        return [model || params.gestor_model, id || Number(params.gestor_id)];
    }

    async load(model, id) {
        const {nodes, edges} = await this.orm.call("gestor.relation.map", "get_map", [
            model,
            id,
        ]);
        Object.assign(this.state, {nodes, edges, pointed: null});
        this.state.closed.clear();
        this.places = layOut(nodes, edges);
        this.props.updateActionState({gestor_model: model, gestor_id: id});
        this.env.config.setDisplayName(_t("Relations map: %s", nodes[0].name));
    }

    // === What is drawn ===

    get kinds() {
        const counts = new Map();
        for (const {label, level, hidden} of this.state.nodes) {
            if (level) {
                counts.set(label, (counts.get(label) || 0) + (hidden?.length || 1));
            }
        }
        return [...counts].map(([label, count]) => ({
            label,
            count,
            isShown: !this.state.closed.has(label),
        }));
    }

    get nodes() {
        return this.state.nodes.filter(
            ({label, level}) => !level || !this.state.closed.has(label)
        );
    }

    get edges() {
        const shown = new Set(this.nodes.map(({key}) => key));
        const edges = this.state.edges.filter(
            ({from, to}) => shown.has(from) && shown.has(to)
        );
        const isFew = edges.length <= NAMED_EDGES;
        return edges.map((edge) => {
            const [first, second] = [edge.from, edge.to].map((key) => {
                const {x, y} = this.places.get(key);
                return {x, y: y - ICON_ABOVE_MIDDLE};
            });
            const isLit = [edge.from, edge.to].includes(this.state.pointed);
            return {
                ...edge,
                key: `${edge.from}-${edge.to}`,
                first,
                second,
                isLit,
                isNamed: Boolean(edge.kind) && (isFew || isLit),
                x: (first.x + second.x) / 2,
                y: (first.y + second.y) / 2,
            };
        });
    }

    get canvasStyle() {
        const {x, y, scale} = this.state.view;
        return `transform: translate(${x}px, ${y}px) scale(${scale});`;
    }

    getNodeStyle({key}) {
        const {x, y} = this.places.get(key);
        return `left: ${x - BOX.width / 2}px; top: ${y - BOX.height / 2}px;`;
    }

    getNodeClass({key, level, hidden}) {
        const {pointed, edges} = this.state;
        const isNear =
            key === pointed ||
            edges.some(
                ({from, to}) =>
                    (from === key && to === pointed) || (to === key && from === pointed)
            );
        return {
            [`o_gestor_map_level_${level}`]: true,
            o_gestor_map_rest: Boolean(hidden),
            o_gestor_map_faint: Boolean(pointed) && !isNear,
        };
    }

    getNodeHint({label, name, info}) {
        return [`${label}: ${name}`, info].filter(Boolean).join("\n");
    }

    // === What is done ===

    toggleKind(label) {
        const {closed} = this.state;
        if (!closed.delete(label)) {
            closed.add(label);
        }
    }

    /** A click opens, but two of them put the node in the middle. */
    onClickNode(node) {
        browser.clearTimeout(this.clickTimer);
        this.clickTimer = browser.setTimeout(() => this.open(node), DOUBLE_CLICK_MS);
    }

    async onDoubleClickNode(node) {
        browser.clearTimeout(this.clickTimer);
        if (node.level && !node.hidden) {
            await this.load(node.model, node.id);
            this.fit();
        }
    }

    open(node) {
        if (node.hidden) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                name: node.label,
                res_model: node.model,
                domain: [["id", "in", node.hidden]],
                views: [
                    [false, "list"],
                    [false, "form"],
                ],
            });
        }
        return this.action.doAction(
            node.action || {
                type: "ir.actions.act_window",
                res_model: node.model,
                res_id: node.id,
                views: [[false, "form"]],
            }
        );
    }

    onKeydownNode(ev, node) {
        if (ev.key === "Enter") {
            this.open(node);
        } else if (ev.key === " ") {
            this.onDoubleClickNode(node);
        } else if (ev.key.startsWith("Arrow")) {
            const shown = new Map(
                this.nodes.map(({key}) => [key, this.places.get(key)])
            );
            const next = getNext(shown, node.key, ev.key);
            this.canvas.el.querySelector(`[data-key="${next}"]`)?.focus();
        } else {
            return;
        }
        ev.preventDefault();
    }

    // === Zoom and pan ===

    fit() {
        const {clientWidth, clientHeight} = this.canvas.el;
        const {left, top, width, height} = getBounds(this.places);
        const scale = Math.max(
            ZOOM.min,
            Math.min(
                1,
                clientWidth / (width + BOX.height),
                clientHeight / (height + BOX.height)
            )
        );
        this.state.view = {
            scale,
            x: clientWidth / 2 - scale * (left + width / 2),
            y: clientHeight / 2 - scale * (top + height / 2),
        };
    }

    /** Zoom so that the given point, by default the middle, stays where it is. */
    zoom(factor, point = null) {
        const {x, y, scale} = this.state.view;
        const {clientWidth, clientHeight} = this.canvas.el;
        const at = point || {x: clientWidth / 2, y: clientHeight / 2};
        const next = Math.min(ZOOM.max, Math.max(ZOOM.min, scale * factor));
        this.state.view = {
            scale: next,
            x: at.x - ((at.x - x) * next) / scale,
            y: at.y - ((at.y - y) * next) / scale,
        };
    }

    onWheel(ev) {
        const {left, top} = this.canvas.el.getBoundingClientRect();
        this.zoom(ev.deltaY < 0 ? ZOOM.step : 1 / ZOOM.step, {
            x: ev.clientX - left,
            y: ev.clientY - top,
        });
    }

    onPointerDown(ev) {
        if (ev.button || ev.target.closest(".o_gestor_map_node")) {
            return;
        }
        const {x, y} = this.state.view;
        this.drag = {x: x - ev.clientX, y: y - ev.clientY};
        this.canvas.el.setPointerCapture(ev.pointerId);
    }

    onPointerMove(ev) {
        if (this.drag) {
            this.state.view.x = this.drag.x + ev.clientX;
            this.state.view.y = this.drag.y + ev.clientY;
        }
    }

    onPointerUp() {
        this.drag = null;
    }

    onKeydown(ev) {
        const keys = {
            "+": () => this.zoom(ZOOM.step),
            "-": () => this.zoom(1 / ZOOM.step),
            0: () => this.fit(),
        };
        keys[ev.key]?.();
    }
}

registry.category("actions").add("gestor_base.relation_map", GestorRelationMap);
