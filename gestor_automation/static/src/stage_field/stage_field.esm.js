import {
    StatusBarField,
    statusBarField,
} from "@web/views/fields/statusbar/statusbar_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/**
 * The stage of a document as a status bar: the stages of its scenario, where it may go
 * from here, where it has been and for how long. A stage that needs a reason asks for
 * it in a dialog.
 */
export class GestorStageField extends StatusBarField {
    static template = "gestor_automation.StageField";

    setup() {
        super.setup();
        this.action = useService("action");
    }

    getDomain() {
        const {scenario_id: scenario} = this.props.record.data;
        return [["scenario_id", "=", scenario ? scenario.id : false]];
    }

    get path() {
        return this.props.record.data.stage_path || {next: [], hours: {}};
    }

    getAllItems() {
        const {next, hours} = this.path;
        return super.getAllItems().map((item) => ({
            ...item,
            isAllowed: next.includes(item.value),
            isPassed: !item.isSelected && String(item.value) in hours,
            hint: this.getHint(item, hours[item.value]),
        }));
    }

    getHint(item, hours) {
        if (hours === undefined) {
            return undefined;
        }
        const days = Math.floor(hours / 24);
        const rest = Math.floor(hours % 24);
        const minutes = Math.floor((hours * 60) % 60);
        if (days) {
            return _t("Time in this stage: %(days)s d %(hours)s h", {
                days,
                hours: rest,
            });
        }
        return _t("Time in this stage: %(hours)s h %(minutes)s min", {
            hours: rest,
            minutes,
        });
    }

    isItemDisabled(item) {
        return this.props.isDisabled || item.isSelected || !item.isAllowed;
    }

    getDropdownItemClassNames(item) {
        const classNames = super.getDropdownItemClassNames(item);
        return item.isAllowed ? classNames : `${classNames} disabled`;
    }

    async selectItem(item) {
        const {record} = this.props;
        if (!item || this.isItemDisabled(item) || !(await record.save())) {
            return;
        }
        const [stage] = await this.env.services.orm.read(
            "gestor.scenario.stage",
            [item.value],
            ["is_reason_required"]
        );
        if (!stage.is_reason_required) {
            return super.selectItem(item);
        }
        await this.action.doAction("gestor_automation.gestor_scenario_move_action", {
            additionalContext: {
                active_model: record.resModel,
                active_ids: [record.resId],
                default_stage_id: item.value,
            },
            onClose: () => record.load(),
        });
    }
}

export const gestorStageField = {
    ...statusBarField,
    component: GestorStageField,
    displayName: _t("Stage of a scenario"),
    // The looks of the host's status bar
    additionalClasses: ["o_field_statusbar"],
    supportedTypes: ["many2one"],
    fieldDependencies: [
        {name: "scenario_id", type: "many2one", relation: "gestor.scenario"},
        {name: "stage_path", type: "json"},
    ],
    extractProps: (staticInfo, dynamicInfo) => ({
        ...statusBarField.extractProps(
            {
                ...staticInfo,
                options: {
                    clickable: true,
                    fold_field: "is_folded",
                    ...staticInfo.options,
                },
            },
            dynamicInfo
        ),
    }),
};

registry.category("fields").add("gestor_stage", gestorStageField);
