import {registry} from "@web/core/registry";

const NIP = "525-21-44-764";
const FOUND = ".o_gestor_duplicate:contains(Alfa Żurawie)";

/** Type a new firm with the NIP of the known one. */
function typeFirm(name) {
    return [
        {
            trigger:
                ".o_field_widget[name=name] textarea, .o_field_widget[name=name] input",
            run: `edit ${name}`,
        },
        {
            trigger: ".o_field_widget[name=vat] input",
            run: `edit ${NIP} && press Tab`,
        },
        {trigger: `${FOUND}:contains(Gdynia):contains(ten sam NIP)`},
    ];
}

/** Check that the notice is gone, save, and begin another firm. */
function saveAndNew(name) {
    return [
        {trigger: `.o_form_view:not(:has(${FOUND}))`},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: `.o_form_saved, .o_breadcrumb:contains(${name})`},
        {trigger: ".o_form_button_create", run: "click"},
        {trigger: ".o_form_view .o_form_editable:not(:has(.o_gestor_duplicate))"},
    ];
}

/** In Polish: the four ways out of a found client, the last one also in a dialog. */
registry.category("web_tour.tours").add("gestor_duplicates", {
    steps: () => [
        ...typeFirm("Oddział w Rumi"),
        {trigger: `${FOUND} .o_gestor_duplicate_branch`, run: "click"},
        ...saveAndNew("Oddział w Rumi"),
        ...typeFirm("Spółka matka"),
        {trigger: `${FOUND} .o_gestor_duplicate_head`, run: "click"},
        ...saveAndNew("Spółka matka"),
        ...typeFirm("Zupełnie inna"),
        {trigger: `${FOUND} .o_gestor_duplicate_go_on`, run: "click"},
        {trigger: ".o_gestor_duplicate_note", run: "edit inny właściciel"},
        {trigger: ".modal footer .btn-primary:contains(Kontynuuj)", run: "click"},
        ...saveAndNew("Zupełnie inna"),
        ...typeFirm("Jeszcze raz to samo"),
        {trigger: `${FOUND} .o_gestor_duplicate_use`, run: "click"},
        {trigger: ".o_last_breadcrumb_item:contains(Alfa Żurawie)"},
    ],
});

/** In Polish: a firm made from a field; the found one is chosen instead. */
registry.category("web_tour.tours").add("gestor_duplicates_dialog", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=parent_id] input",
            run: "edit Zurawie Alfa SA",
        },
        {trigger: ".o_m2o_dropdown_option_create_edit", run: "click"},
        {trigger: `.modal ${FOUND} .o_gestor_duplicate_use`, run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved"},
    ],
});
