import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

const TICK = 1000;
// the first report soon: many only glance
const FIRST_REPORT = 3;
const REPORT_EVERY = 15;

/**
 * Counts the seconds for which the page and its variants are in sight and reports
 * them. It keeps nothing in the browser and reads nothing from it.
 */
export class OfferSeen extends Interaction {
    static selector = ".o_gestor_offer_seen";

    setup() {
        this.seconds = 0;
        this.variants = {};
        this.inSight = new Set();
        this.limit = FIRST_REPORT;
    }

    start() {
        if ("IntersectionObserver" in window) {
            const observer = new IntersectionObserver((entries) =>
                this.onSight(entries)
            );
            for (const el of document.querySelectorAll("article[id^='variant_']")) {
                observer.observe(el);
            }
            this.registerCleanup(() => observer.disconnect());
        }
        const timer = setInterval(() => this.onTick(), TICK);
        this.registerCleanup(() => clearInterval(timer));
        this.addListener(document, "visibilitychange", () => this.report());
        this.addListener(window, "pagehide", () => this.report());
    }

    onSight(entries) {
        for (const {target, isIntersecting} of entries) {
            const id = target.id.replace("variant_", "");
            if (isIntersecting) {
                this.inSight.add(id);
            } else {
                this.inSight.delete(id);
            }
        }
    }

    onTick() {
        if (document.visibilityState !== "visible") {
            return;
        }
        this.seconds++;
        for (const id of this.inSight) {
            this.variants[id] = (this.variants[id] || 0) + 1;
        }
        if (this.seconds >= this.limit) {
            this.limit = REPORT_EVERY;
            this.report();
        }
    }

    report() {
        if (!this.seconds) {
            return;
        }
        const {url, token} = this.el.dataset;
        const data = new FormData();
        data.append("access_token", token);
        data.append("seconds", this.seconds);
        data.append("variants", JSON.stringify(this.variants));
        this.seconds = 0;
        this.variants = {};
        navigator.sendBeacon(url, data);
    }
}

registry
    .category("public.interactions")
    .add("gestor_offer_tracking.offer_seen", OfferSeen);
