import {Component} from "@odoo/owl";
import {DefaultCommandItem} from "@web/core/commands/command_palette";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {session} from "@web/session";

/** The character that starts a search of the whole program in the palette. */
export const NAMESPACE = "=";
const MIN_LENGTH = 3;
const DEBOUNCE_MS = 250;

/** What was found: its icon, its name, and what tells it from its namesakes. */
export class GestorHitItem extends Component {
    static template = "gestor_base.SearchHit";
    static props = {
        ...DefaultCommandItem.props,
        icon: String,
        subtitle: String,
    };
}

/**
 * Kinds of records that can be found, each a category of the palette.
 *
 * @returns {Array<{model: String, label: String}>} empty for whoever is no Gestor user
 */
export function getSearchKinds() {
    return session.gestor_search_kinds || [];
}

function getCategory(model) {
    return `gestor_search_${model}`;
}

function openHit(env, hit) {
    return env.services.action.doAction(
        hit.action || {
            type: "ir.actions.act_window",
            res_model: hit.model,
            res_id: hit.id,
            views: [[false, "form"]],
        }
    );
}

async function provideHits(env, {searchValue = ""}) {
    const text = searchValue.trim();
    if (text.length < MIN_LENGTH) {
        return [];
    }
    const hits = await env.services.orm.silent.call(
        "gestor.search",
        "search_everywhere",
        [text]
    );
    return hits.map((hit) => ({
        Component: GestorHitItem,
        action: () => {
            openHit(env, hit);
        },
        category: getCategory(hit.model),
        href: `/odoo/${hit.model}/${hit.id}`,
        name: hit.title,
        props: {icon: hit.icon, subtitle: hit.subtitle},
    }));
}

/** What the open palette becomes when the search is chosen in it. */
function getSearchConfig(text) {
    const categories = registry
        .category("command_categories")
        .getEntries()
        .filter(([, {namespace}]) => namespace === NAMESPACE);
    return {
        configByNamespace: {
            [NAMESPACE]: {
                ...registry.category("command_setup").get(NAMESPACE),
                categories: categories.map(([key]) => key),
                categoryNames: Object.fromEntries(
                    categories.map(([key, {name}]) => [key, name])
                ),
            },
        },
        providers: registry.category("command_provider").getAll(),
        searchValue: NAMESPACE + text,
    };
}

/** The palette without a character offers commands alone: lead over to the search. */
function provideBridge(env, {searchValue = ""}) {
    const text = searchValue.trim();
    if (text.length < MIN_LENGTH) {
        return [];
    }
    return [
        {
            action: () => getSearchConfig(text),
            name: _t("Search in Gestor: %s", text),
        },
    ];
}

/**
 * Open the palette as the search of the whole program.
 *
 * @param {Object} command the command service
 * @param {String} [text] what to search for
 * @returns {undefined}
 */
export function openSearch(command, text = "") {
    return command.openMainPalette({searchValue: NAMESPACE + text});
}

/** Put the search into the palette of whoever may use it. */
export const gestorSearchService = {
    start() {
        const kinds = getSearchKinds();
        if (!kinds.length) {
            return;
        }
        const categories = registry.category("command_categories");
        kinds.forEach(({model, label}, index) =>
            categories.add(
                getCategory(model),
                {namespace: NAMESPACE, name: label},
                {sequence: 10 + index, force: true}
            )
        );
        registry.category("command_setup").add(
            NAMESPACE,
            {
                debounceDelay: DEBOUNCE_MS,
                emptyMessage: _t(
                    "Nothing found. Type at least three characters of a name, number, NIP, phone or e-mail."
                ),
                name: _t("clients and documents"),
                placeholder: _t("Name, number, NIP, phone, e-mail..."),
            },
            {force: true}
        );
        registry
            .category("command_provider")
            .add(
                "gestor_search",
                {namespace: NAMESPACE, provide: provideHits},
                {force: true}
            )
            .add("gestor_search_bridge", {provide: provideBridge}, {force: true});
    },
};

registry.category("services").add("gestor_search", gestorSearchService);
