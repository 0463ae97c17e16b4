import {LibraryUploadButton, useLibraryUpload} from "./library_upload.esm";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {ListController} from "@web/views/list/list_controller";
import {SelectCreateDialog} from "@web/views/view_dialogs/select_create_dialog";
import {_t} from "@web/core/l10n/translation";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {listView} from "@web/views/list/list_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/**
 * @param {Class} Controller controller of the host's list or kanban
 * @returns {Class} the same with upload by button and by drag and drop
 */
const withUpload = (Controller) =>
    class extends Controller {
        static components = {...Controller.components, LibraryUploadButton};

        setup() {
            super.setup();
            this.libraryUpload = useLibraryUpload({
                rootRef: this.rootRef,
                getValues: () => this.getLibraryValues(),
                onDone: () => this.model.root.load(),
            });
        }

        /** @returns {Object} what an upload says besides its file */
        getLibraryValues() {
            // A file that is dropped on a category belongs to it
            const section = this.env.searchModel
                .getSections?.((part) => part.fieldName === "category_id")
                .at(0);
            const category = section?.activeValueId;
            return category ? {category_id: category} : {};
        }
    };

/** The library files of one document. */
class LibraryUseListController extends withUpload(ListController) {
    setup() {
        super.setup();
        this.dialog = useService("dialog");
        this.orm = useService("orm");
    }

    get libraryDocument() {
        return this.props.context.gestor_base_library_document;
    }

    getLibraryValues() {
        const [model, id] = this.libraryDocument;
        return {res_model: model, res_id: id};
    }

    onAddFromLibrary() {
        this.dialog.add(SelectCreateDialog, {
            resModel: "gestor.library.file",
            title: _t("Add from library"),
            context: {search_default_valid: 1},
            noCreate: true,
            multiSelect: true,
            onSelected: async (ids) => {
                await this.orm.call("gestor.library.use", "add_to_document", [
                    ...this.libraryDocument,
                    ids,
                ]);
                await this.model.root.load();
            },
        });
    }
}

registry.category("views").add("gestor_library_list", {
    ...listView,
    Controller: withUpload(ListController),
    buttonTemplate: "gestor_base.LibraryListButtons",
});
registry.category("views").add("gestor_library_kanban", {
    ...kanbanView,
    Controller: withUpload(KanbanController),
    buttonTemplate: "gestor_base.LibraryKanbanButtons",
});
registry.category("views").add("gestor_library_use_list", {
    ...listView,
    Controller: LibraryUseListController,
    buttonTemplate: "gestor_base.LibraryUseListButtons",
});
