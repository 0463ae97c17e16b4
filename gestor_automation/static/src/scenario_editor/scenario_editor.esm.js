import {
    Component,
    onPatched,
    onWillRender,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {BOX, ROW, drawDiagram} from "./layout.esm";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useConnect} from "./connect_hook.esm";
import {useService} from "@web/core/utils/hooks";
import {useSortable} from "@web/core/utils/sortable_owl";

const STAGE = "gestor.scenario.stage";

/**
 * The stages of a scenario as boxes in their order, the allowed moves as arrows.
 *
 * Every change is saved at once. With the mouse: the grip reorders, the dot on the
 * right is dragged to another stage (or clicked, then the other stage), a click opens
 * a stage. With the keyboard: arrows move between the stages, Alt+arrow reorders,
 * Enter opens, C begins or ends a move to another stage, Escape gives up.
 */
export class ScenarioEditor extends Component {
    static template = "gestor_automation.ScenarioEditor";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.list = useRef("list");
        this.connect = useConnect(this.root, (from, to) => this.toggle(from, to));
        this.state = useState({active: null});
        this.focusId = null;
        useSortable({
            ref: this.list,
            enable: () => this.canEdit,
            elements: ".o_gestor_stage_box",
            handle: ".o_gestor_stage_grip",
            cursor: "grabbing",
            onDrop: ({element, previous}) => this.onDrop(element, previous),
        });
        onWillRender(() => {
            this.drawing = this.prepareDrawing();
        });
        onPatched(() => this.restoreFocus());
    }

    // === What is drawn ===

    get diagram() {
        return this.props.record.data[this.props.name] || {};
    }

    get stages() {
        return this.diagram.stages || [];
    }

    get canEdit() {
        return Boolean(this.diagram.can_edit);
    }

    /** Moves are drawn only where they are not free. */
    get canConnect() {
        return this.canEdit && !this.diagram.is_free;
    }

    prepareDrawing() {
        const {is_free: isFree} = this.diagram;
        return drawDiagram(
            isFree ? this.stages.map((stage) => ({...stage, next: []})) : this.stages
        );
    }

    arrowClass({from, to, isAuto}) {
        const id = this.connect.state.source || this.state.active;
        const isOwn = [this.stages[from].id, this.stages[to].id].includes(id);
        return [
            "o_gestor_arrow",
            isAuto ? "o_gestor_arrow_auto" : "",
            id && isOwn ? "o_gestor_arrow_active" : "",
            id && !isOwn ? "o_gestor_arrow_dim" : "",
        ].join(" ");
    }

    /** The line that the mouse is drawing. */
    get rubber() {
        const {source, pointer} = this.connect.state;
        const index = this.stages.findIndex((stage) => stage.id === source);
        if (!pointer || index < 0) {
            return null;
        }
        const {boxLeft, boxWidth} = this.drawing;
        const y = index * ROW + BOX / 2;
        return `M ${boxLeft + boxWidth} ${y} L ${pointer.x} ${pointer.y}`;
    }

    boxStyle(index) {
        const {boxLeft, boxWidth} = this.drawing;
        return `height:${BOX}px;margin-bottom:${ROW - BOX}px;margin-left:${boxLeft}px;width:${boxWidth}px`;
    }

    /** While a move is drawn: what a choice of this stage would do. */
    connection(stage) {
        const {source} = this.connect.state;
        if (!source || source === stage.id) {
            return null;
        }
        return this.isAllowed(source, stage.id) ? "forbid" : "allow";
    }

    isAllowed(fromId, toId) {
        return this.stages.find((stage) => stage.id === fromId).next.includes(toId);
    }

    outcomeLabel(stage) {
        return {
            won: _t("Ended well"),
            lost: _t("Ended badly"),
            cancelled: _t("Cancelled"),
        }[stage.outcome];
    }

    /** What a screen reader says of the box. */
    label(stage) {
        const names = new Map(this.stages.map(({id, name}) => [id, name]));
        const next = stage.next.map((id) => names.get(id)).filter(Boolean);
        if (this.diagram.is_free || !next.length) {
            return stage.name;
        }
        return _t("%(stage)s, next: %(stages)s", {
            stage: stage.name,
            stages: next.join(", "),
        });
    }

    get hint() {
        if (this.connect.state.source) {
            return _t("Choose the stage to allow or forbid the move to. Esc: give up.");
        }
        return _t(
            "Click: open. Grip or Alt+arrow: reorder. Dot or C: allow or forbid a move."
        );
    }

    // === Changes ===

    /** Save what was typed in the form before a change of the stages. */
    async change(operation) {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        try {
            await operation(record.resId);
        } finally {
            await record.load();
        }
    }

    async toggle(fromId, toId) {
        // [3, id] takes the move away, [4, id] allows it
        const command = [this.isAllowed(fromId, toId) ? 3 : 4, toId];
        await this.change(() =>
            this.orm.write(STAGE, [fromId], {next_stage_ids: [command]})
        );
    }

    async reorder(ids) {
        await this.change(() => this.orm.webResequence(STAGE, ids));
    }

    async onDrop(element, previous) {
        const id = Number(element.dataset.id);
        const ids = this.stages
            .map((stage) => stage.id)
            .filter((other) => other !== id);
        const before = previous ? ids.indexOf(Number(previous.dataset.id)) + 1 : 0;
        ids.splice(before, 0, id);
        await this.reorder(ids);
    }

    async shift(stage, step) {
        const ids = this.stages.map(({id}) => id);
        const index = ids.indexOf(stage.id);
        if (!(index + step in ids)) {
            return;
        }
        [ids[index], ids[index + step]] = [ids[index + step], ids[index]];
        this.focusId = stage.id;
        await this.reorder(ids);
    }

    openStage(stage) {
        this.dialog.add(FormViewDialog, {
            resModel: STAGE,
            resId: stage.id,
            title: stage.name,
            readonly: !this.canEdit,
            preventEdit: !this.canEdit,
            preventCreate: true,
            onRecordSaved: () => this.props.record.load(),
        });
    }

    /** A new stage comes last, and the last one before it leads to it. */
    async addStage() {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        const last = this.stages.at(-1);
        this.dialog.add(FormViewDialog, {
            resModel: STAGE,
            title: _t("New stage"),
            context: {
                default_scenario_id: record.resId,
                default_sequence: this.stages.length * 10 + 1000,
            },
            onRecordSaved: async (stage) => {
                await record.load();
                if (last && last.outcome === "open" && this.canConnect) {
                    await this.toggle(last.id, stage.resId);
                }
            },
        });
    }

    // === Mouse and keyboard ===

    onBoxClick(stage) {
        if (this.connect.takeClick()) {
            return;
        }
        if (this.connect.state.source) {
            this.connect.connect(stage.id);
        } else {
            this.openStage(stage);
        }
    }

    onConnectKey(stage) {
        if (this.connect.state.source) {
            this.connect.connect(stage.id);
        } else {
            this.connect.start(stage.id);
        }
    }

    getKeyAction(ev, stage, index) {
        const step = {ArrowUp: -1, ArrowDown: 1}[ev.key];
        if (step) {
            return ev.altKey && this.canEdit
                ? () => this.shift(stage, step)
                : () => this.focusBox(this.stages[index + step]);
        }
        const {state, stop} = this.connect;
        return {
            Enter: () => this.onBoxClick(stage),
            " ": () => this.onBoxClick(stage),
            Escape: state.source && stop,
            c: this.canConnect && !ev.ctrlKey && (() => this.onConnectKey(stage)),
        }[ev.key.length === 1 ? ev.key.toLowerCase() : ev.key];
    }

    onKeydown(ev, stage, index) {
        const action = this.getKeyAction(ev, stage, index);
        if (action) {
            ev.preventDefault();
            ev.stopPropagation();
            action();
        }
    }

    focusBox(stage) {
        if (stage) {
            this.root.el.querySelector(`[data-id="${stage.id}"]`).focus();
        }
    }

    restoreFocus() {
        const stage = this.stages.find(({id}) => id === this.focusId);
        this.focusId = null;
        this.focusBox(stage);
    }
}

export const scenarioEditor = {
    component: ScenarioEditor,
    displayName: _t("Scenario diagram"),
    supportedTypes: ["json"],
};

registry.category("fields").add("gestor_scenario_editor", scenarioEditor);
