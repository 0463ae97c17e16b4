import {Component, useState} from "@odoo/owl";
import {useBus, useService} from "@web/core/utils/hooks";
import {_t} from "@web/core/l10n/translation";
import {checkFileSize} from "@web/core/utils/files";
import {useDropzone} from "@web/core/dropzone/dropzone_hook";

const ROUTE = "/gestor/library/upload";

/**
 * Take files, by button or by drag and drop, and put each one into the library.
 * Files go one after the other, so each has its own progress and its own answer.
 *
 * @param {Object} params
 * @param {Object} params.rootRef reference of the element that files are dropped on
 * @param {Function} params.getValues what to send along, by name
 * @param {Function} params.onDone called when the last file has been answered
 * @returns {Object} `files`, the uploads that run, and `add(files)`
 */
export function useLibraryUpload({rootRef, getValues, onDone}) {
    const service = useService("file_upload");
    const notification = useService("notification");
    const action = useService("action");
    const state = useState({waiting: [], current: null, done: 0, total: 0});

    const next = async () => {
        const file = state.waiting.shift();
        if (!file) {
            Object.assign(state, {current: null, done: 0, total: 0});
            return onDone();
        }
        state.current = await service.upload(ROUTE, [file], {
            buildFormData: (data) => {
                for (const [name, value] of Object.entries(getValues())) {
                    data.append(name, value);
                }
            },
        });
    };
    const answered = ({detail}, isLoaded) => {
        if (detail.upload !== state.current && detail.upload.id !== state.current?.id) {
            return;
        }
        if (isLoaded) {
            show(JSON.parse(detail.upload.xhr.response));
        }
        state.done++;
        return next();
    };
    const show = ({errors, known}) => {
        for (const message of errors) {
            notification.add(message, {type: "danger", sticky: true});
        }
        for (const file of known) {
            notification.add(_t("In the library already: %s", file.name), {
                type: "warning",
                sticky: true,
                buttons: [
                    {
                        name: _t("Open that file"),
                        onClick: () =>
                            action.doAction({
                                type: "ir.actions.act_window",
                                res_model: "gestor.library.file",
                                res_id: file.id,
                                views: [[false, "form"]],
                            }),
                    },
                ],
            });
        }
    };
    useBus(service.bus, "FILE_UPLOAD_LOADED", (ev) => answered(ev, true));
    useBus(service.bus, "FILE_UPLOAD_ERROR", (ev) => answered(ev, false));

    const add = (files) => {
        const accepted = [...files].filter((file) =>
            checkFileSize(file.size, notification)
        );
        state.waiting.push(...accepted);
        state.total += accepted.length;
        return accepted.length && !state.current ? next() : undefined;
    };
    useDropzone(rootRef, (ev) => add(ev.dataTransfer.files), "o_gestor_library_drop");
    return {state, add};
}

/** The button that asks for files, and how far they are. */
export class LibraryUploadButton extends Component {
    static template = "gestor_base.LibraryUploadButton";
    static props = {upload: Object};

    get state() {
        return this.props.upload.state;
    }

    get percent() {
        return Math.round((this.state.current?.progress || 0) * 100);
    }

    onChange(ev) {
        this.props.upload.add(ev.target.files);
        // The same file may be chosen again
        ev.target.value = "";
    }

    onCancel() {
        this.state.waiting.length = 0;
        this.state.current?.xhr.abort();
    }
}
