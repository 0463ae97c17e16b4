import {getExtent, getLanes, getMoment, snap, toWall} from "./plan_layout.esm";
import {Component} from "@odoo/owl";
import {useItemDrag} from "./drag_hook.esm";

const {DateTime} = luxon;
const LANE_HEIGHT = 30;
const LOAD_HEIGHT = 16;

/**
 * Rows in groups, and what stands in them over the days of a window.
 *
 * A group has key, name and rows. A row has key (text), name, detail, items, shades
 * (key, name, start, stop, className) and, if it has a load, one for each day (percent,
 * text, label, className). An item has key, name, detail, hint, start, stop, className and
 * isMovable. Times are those of the clock on the wall, see toWall.
 */
export class PlanTimeline extends Component {
    static template = "gestor_resources.PlanTimeline";
    static props = {
        frame: Object,
        groups: Array,
        onItemClick: Function,
        onItemMove: Function,
        onTrackClick: Function,
        onOutsideDrop: {type: Function, optional: true},
        slots: {type: Object, optional: true},
    };

    setup() {
        this.drag = useItemDrag((...args) => this.onDrop(...args));
    }

    get span() {
        return this.props.frame.span;
    }

    get nowStyle() {
        const now = toWall(DateTime.local());
        const {left} = getExtent({start: now, stop: now}, this.span);
        return now > this.span.start && now < this.span.stop ? `left: ${left}%` : null;
    }

    getRow({items, shades = [], loads = []}) {
        const {lanes, count} = getLanes(items);
        const height = count * LANE_HEIGHT + 8 + (loads.length ? LOAD_HEIGHT : 0);
        return {
            style: `min-height: ${height}px`,
            items: items.map((item) => ({
                item,
                style: this.getItemStyle(item, lanes.get(item)),
            })),
            shades: shades.map((shade) => {
                const {left, width} = getExtent(shade, this.span);
                return {...shade, style: `left: ${left}%; width: ${width}%`};
            }),
            loads,
        };
    }

    getItemStyle(item, lane) {
        const {left, width} = getExtent(item, this.span);
        const dragged = this.drag.state;
        let style = `left: ${left}%; width: ${width}%; top: ${lane * LANE_HEIGHT + 4}px;`;
        if (dragged.item?.key === item.key) {
            style += dragged.isEnd
                ? `width: calc(${width}% + ${dragged.offset}px);`
                : `transform: translateX(${dragged.offset}px);`;
        }
        return style;
    }

    getPointed(ev) {
        const box = ev.currentTarget.getBoundingClientRect();
        const fraction = (ev.clientX - box.left) / box.width;
        return getMoment(fraction, this.span, this.props.frame.step);
    }

    onTrackClick(ev, row) {
        if (!this.drag.wasMoved()) {
            this.props.onTrackClick(row, this.getPointed(ev));
        }
    }

    onItemClick(item) {
        if (!this.drag.wasMoved()) {
            this.props.onItemClick(item);
        }
    }

    onDragOver(ev) {
        if (this.props.onOutsideDrop) {
            ev.preventDefault();
        }
    }

    onOutsideDrop(ev, row) {
        ev.preventDefault();
        this.props.onOutsideDrop?.(row, this.getPointed(ev));
    }

    onDrop(item, way, rowKey, isEnd) {
        const length = snap(
            way * (this.span.stop - this.span.start),
            this.props.frame.step
        );
        const start = item.start + (isEnd ? 0 : length);
        this.props.onItemMove(item, {start, stop: item.stop + length, rowKey, isEnd});
    }
}
