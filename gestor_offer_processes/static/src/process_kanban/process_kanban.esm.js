import {CrmKanbanRenderer} from "@crm/views/crm_kanban/crm_kanban_renderer";
import {crmKanbanView} from "@crm/views/crm_kanban/crm_kanban_view";
import {formatMonetary, formatPercentage} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";

/** What a column adds up beside the value that the host shows. */
const SUMS = ["gestor_cost", "gestor_margin"];
const VALUE = "gestor_amount_untaxed";

/**
 * The head of a column of processes: below the value its cost, profit and margin. The
 * margin is that of the whole column, not the average of its processes.
 */
class ProcessKanbanHeader extends CrmKanbanRenderer.components.KanbanHeader {
    static template = "gestor_offer_processes.KanbanHeader";

    getSum(name) {
        const {group, list, progressBarState} = this.props;
        const field = list.fields[name];
        const sum = progressBarState.getAggregateValue(group, field);
        return {...sum, name, title: field.string};
    }

    /** @returns {Array} Title and text of each figure; nothing for a worthless column */
    get processFigures() {
        if (!this.progressBar?.isReady) {
            return [];
        }
        const value = this.getSum(VALUE);
        // Amounts in several currencies make no sum
        if (!value.value || value.currencies?.length > 1) {
            return [];
        }
        const [currencyId] = value.currencies || [];
        const sums = SUMS.map((name) => this.getSum(name));
        const figures = sums.map((sum) => ({
            ...sum,
            text: formatMonetary(sum.value, {currencyId, digits: [16, 0]}),
        }));
        const margin = this.props.list.fields.gestor_margin_percent;
        figures.push({
            name: "gestor_margin_percent",
            title: margin.string,
            text: formatPercentage(sums[1].value / value.value),
        });
        return figures;
    }
}

class ProcessKanbanRenderer extends CrmKanbanRenderer {
    static components = {
        ...CrmKanbanRenderer.components,
        KanbanHeader: ProcessKanbanHeader,
    };
}

export const processKanbanView = {
    ...crmKanbanView,
    Controller: class extends crmKanbanView.Controller {
        get progressBarAggregateFields() {
            const {fields} = this.props;
            return [
                ...super.progressBarAggregateFields,
                ...SUMS.map((name) => fields[name]).filter(Boolean),
            ];
        }
    },
    Renderer: ProcessKanbanRenderer,
};

registry.category("views").add("gestor_process_kanban", processKanbanView);
