import {registry} from "@web/core/registry";

const EDITOR = ".o_field_widget[name=body_html] .odoo-editor-editable";

const named = (name) => ({
    trigger: ".o_field_widget[name=name] input",
    run: `edit ${name}`,
});

const insertAutotext = (name) => [
    {trigger: ".gestor_autotext_insert", run: "click"},
    {trigger: `.modal .gestor_autotext_item:contains(${name})`, run: "click"},
    {trigger: `${EDITOR} .gestor_autotext:contains(${name})`},
];

const chooseField = (field, name) => [
    {trigger: `${field} .o_model_field_selector`, run: "click"},
    {
        trigger: `.o_model_field_selector_popover_item[data-name=${name}] .o_model_field_selector_popover_item_name`,
        run: "click",
    },
    {trigger: "body:not(:has(.o_model_field_selector_popover))"},
];

const save = [
    {trigger: ".o_form_button_save", run: "click"},
    {trigger: ".o_form_saved"},
];

/** Write a text with an autotext and look how it comes out. */
registry.category("web_tour.tours").add("test_gestor_text", {
    steps: () => [
        named("Thanks"),
        {trigger: ".o_field_widget[name=document_model] input", run: "click"},
        {trigger: ".o_select_menu_item:contains(Paper)", run: "click"},
        {trigger: EDITOR, run: "editor Dear "},
        ...insertAutotext("Client name"),
        ...save,
        {trigger: ".o_statusbar_buttons button:contains(Preview)", run: "click"},
        {trigger: ".modal [name=body_html]:contains(Meadow)"},
        {trigger: ".modal-footer button:contains(Close)", run: "click"},
        {trigger: "body:not(:has(.modal))"},
    ],
});

/** Make a print with a text and a table of lines. */
registry.category("web_tour.tours").add("test_gestor_print", {
    steps: () => [
        named("Card"),
        {trigger: ".o_field_widget[name=model_id] input", run: "edit Test Docum"},
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Document)",
            run: "click",
        },
        {trigger: EDITOR, run: "editor For "},
        ...insertAutotext("Client name"),
        ...insertAutotext("Table of lines"),
        {trigger: ".o_notebook .nav-link:contains(Table of lines)", run: "click"},
        ...chooseField(".o_field_widget[name=line_path]", "line_ids"),
        {
            trigger: ".o_field_widget[name=column_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {trigger: ".o_selected_row [name=name] input", run: "edit Goods"},
        ...chooseField(".o_selected_row [name=field_path]", "name"),
        ...save,
    ],
});
