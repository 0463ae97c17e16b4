// first the patch of the host, which has reloadParentView()
import "@mail/chatter/web/chatter_patch";
import {Chatter} from "@mail/chatter/web_portal/chatter";
import {patch} from "@web/core/utils/patch";

export const THREAD_CHANGED = "GESTOR:THREAD-CHANGED";
export const FORM_RELOADING = "GESTOR:FORM-RELOADING";

/** The info panel of the form learns that something was written or planned. */
patch(Chatter.prototype, {
    load(thread, requestList = []) {
        // when it opens a form, the chatter leaves its messages to the list of them;
        // later it asks for them itself, whenever there may be new ones
        if (thread?.id && requestList.includes("messages")) {
            const {model, id} = thread;
            this.env.bus.trigger(THREAD_CHANGED, {model, id});
        }
        return super.load(...arguments);
    },

    async reloadParentView() {
        const {threadModel: model, threadId: id} = this.props;
        const tell = (isReloading) =>
            this.env.bus.trigger(FORM_RELOADING, {model, id, isReloading});
        tell(true);
        try {
            return await super.reloadParentView(...arguments);
        } finally {
            tell(false);
        }
    },
});
