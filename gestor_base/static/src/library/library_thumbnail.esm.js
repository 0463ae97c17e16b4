import {Component} from "@odoo/owl";
import {FileModel} from "@web/core/file_viewer/file_model";
import {IntegerField, integerField} from "@web/views/fields/integer/integer_field";
import {humanSize} from "@web/core/utils/binary";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useFileViewer} from "@web/core/file_viewer/file_viewer_hook";

/** A picture or an icon of a file; a click shows the file, or downloads it. */
export class LibraryThumbnail extends Component {
    static template = "gestor_base.LibraryThumbnail";
    static props = {...standardWidgetProps, isSmall: {type: Boolean, optional: true}};

    setup() {
        this.fileViewer = useFileViewer();
    }

    get file() {
        const {attachment_id: attachment, mimetype} = this.props.record.data;
        const name = attachment?.display_name;
        return Object.assign(new FileModel(), {id: attachment?.id, name, mimetype});
    }

    get imageUrl() {
        const size = this.props.isSmall ? 32 : 128;
        return `/web/image/${this.file.id}/${size}x${size}`;
    }

    onClick() {
        const file = this.file;
        if (file.isViewable) {
            this.fileViewer.open(file);
        } else {
            window.open(file.downloadUrl, "_self");
        }
    }
}

/** Bytes as people write them. */
class FileSizeField extends IntegerField {
    get formattedValue() {
        return this.value ? humanSize(this.value) : "";
    }
}

registry.category("view_widgets").add("gestor_library_thumbnail", {
    component: LibraryThumbnail,
    fieldDependencies: [
        {name: "attachment_id", type: "many2one", relation: "ir.attachment"},
        {name: "mimetype", type: "char"},
    ],
    extractProps: ({options}) => ({isSmall: Boolean(options.small)}),
});
registry
    .category("fields")
    .add("gestor_file_size", {...integerField, component: FileSizeField});
registry
    .category("formatters")
    .add("gestor_file_size", (value) => (value ? humanSize(value) : ""));
