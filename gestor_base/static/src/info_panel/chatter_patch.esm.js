import {Chatter} from "@mail/chatter/web_portal/chatter";
import {patch} from "@web/core/utils/patch";

export const THREAD_CHANGED = "GESTOR:THREAD-CHANGED";

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
});
