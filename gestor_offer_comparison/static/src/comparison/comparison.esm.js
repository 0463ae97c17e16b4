import {Component, onWillStart, useState} from "@odoo/owl";
import {
    formatFloat,
    formatMonetary,
    formatPercentage,
} from "@web/views/fields/formatters";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const TOTALS = [
    ["amount_untaxed", _t("Net")],
    ["amount_tax", _t("VAT")],
    ["amount_total", _t("Gross")],
    ["margin", _t("Margin")],
    ["margin_percent", _t("Margin (%)")],
];

/** Variants of an offer, or versions of it, side by side. */
export class GestorOfferComparison extends Component {
    static template = "gestor_offer_comparison.Comparison";
    // the address leads here, with its parameters, also in another tab
    static path = "gestor-offer-comparison";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.totals = TOTALS;
        this.state = useState({tables: [], isEditable: false, onlyDifferences: false});
        this.display = {controlPanel: {}};
        onWillStart(() => this.load());
    }

    /** The offer and versions of the button, or after a reload those of the address. */
    getOrigin() {
        const {context = {}, params = {}} = this.props.action;
        const versions = params.gestor_versions;
        return {
            offerId: context.gestor_offer_id || Number(params.gestor_offer),
            versionIds:
                context.gestor_version_ids ||
                (versions ? String(versions).split(",").map(Number) : []),
        };
    }

    async load() {
        const {offerId, versionIds} = this.getOrigin();
        const {title, is_editable, tables} = await this.orm.call(
            "gestor.offer",
            "get_comparison",
            [[offerId], versionIds]
        );
        Object.assign(this.state, {tables, isEditable: is_editable});
        this.props.updateActionState({
            gestor_offer: offerId,
            gestor_versions: versionIds.join(",") || false,
        });
        this.env.config.setDisplayName(_t("Comparison: %s", title));
    }

    getRows(table) {
        return table.rows.filter((row) => row.differs || !this.state.onlyDifferences);
    }

    /** What of a line is shown in its cell, with what is marked as changed. */
    getParts({line, changes}, {currency_id: currencyId}) {
        if ("text" in line) {
            return [{name: "text", text: line.text || "", isChanged: false}];
        }
        const number = {trailingZeros: false};
        const parts = [
            {
                name: "quantity",
                text: `${formatFloat(line.quantity, number)} ${line.uom || ""}`,
                isChanged: changes.includes("quantity") || changes.includes("uom"),
            },
            {
                name: "price",
                text: `× ${formatMonetary(line.price, {currencyId})}`,
                isChanged: changes.includes("price"),
            },
        ];
        if (line.discount || changes.includes("discount")) {
            parts.push({
                name: "discount",
                text: `− ${formatFloat(line.discount, number)}%`,
                isChanged: changes.includes("discount"),
            });
        }
        return parts;
    }

    getAmount(line, column) {
        return formatMonetary(line.amount, {currencyId: column.currency_id});
    }

    getTotal(column, name) {
        if (!column.totals) {
            return "";
        }
        const value = column.totals[name];
        return name === "margin_percent"
            ? formatPercentage(value)
            : formatMonetary(value, {currencyId: column.currency_id});
    }

    /** How much more or less than the column it is compared with. */
    getDifference(table, index) {
        const base = table.columns[table.reference ?? index - 1];
        const column = table.columns[index];
        if (
            !base?.totals ||
            !column.totals ||
            base === column ||
            base.currency_id !== column.currency_id
        ) {
            return "—";
        }
        const difference = column.totals.amount_total - base.totals.amount_total;
        const sign = difference > 0 ? "+" : "";
        return sign + formatMonetary(difference, {currencyId: column.currency_id});
    }

    toggleDifferences() {
        this.state.onlyDifferences = !this.state.onlyDifferences;
    }

    async run(name, column) {
        const action = await this.orm.call("sale.order", name, [[column.order_id]]);
        if (action?.type) {
            await this.action.doAction(action);
        } else {
            await this.load();
        }
    }
}

registry.category("actions").add("gestor_offer_comparison", GestorOfferComparison);
