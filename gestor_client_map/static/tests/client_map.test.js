import {
    CELL,
    ZOOM,
    cluster,
    fit,
    graticule,
    project,
    tiles,
    toPath,
    toWindow,
    unproject,
} from "@gestor_client_map/client_map/lib/map_layout.esm";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {queryAllTexts} from "@odoo/hoot-dom";
import {WebClient} from "@web/webclient/webclient";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

defineMailModels();

const SIZE = {width: 800, height: 600};
const PLACES = [
    [54.5189, 18.5305],
    [51.2465, 22.5684],
    [50.0614, 19.9366],
];
const pinsOf = (places) =>
    places.map(([latitude, longitude], id) => ({id, ...project(latitude, longitude)}));

describe("layout", () => {
    test("a projected place comes back", () => {
        const {latitude, longitude} = unproject(project(52.2297, 21.0122));
        expect(latitude).toBeCloseTo(52.2297, {margin: 1e-6});
        expect(longitude).toBeCloseTo(21.0122, {margin: 1e-6});
        expect(project(0, 0)).toEqual({x: 128, y: 128});
        expect(project(90, 0).y).toBeCloseTo(project(86, 0).y, {margin: 1e-9});
    });

    test("all pins fit into the window", () => {
        const pins = pinsOf(PLACES);
        const view = fit(pins, SIZE);
        for (const pin of pins) {
            const {x, y} = toWindow(pin, view, SIZE);
            expect(x > 0 && x < SIZE.width && y > 0 && y < SIZE.height).toBe(true);
        }
        expect(fit([pins[0]], SIZE).zoom).toBe(13);
        expect(fit([], SIZE).zoom).toBe(5);
    });

    test("pins that would cover each other are one cluster", () => {
        const pins = pinsOf([...PLACES, [54.519, 18.5306]]);
        const view = fit(pins, SIZE);
        const sizes = cluster(pins, view, SIZE).map((item) => item.pins.length);
        expect(sizes.sort()).toEqual([1, 1, 2]);
        // outside of the window nothing is drawn
        expect(cluster(pins, {...project(-30, -60), zoom: 8}, SIZE)).toEqual([]);
    });

    test("5,000 pins are at most as many buttons as cells", () => {
        const places = [];
        for (let at = 0; at < 5000; at++) {
            places.push([49 + ((at * 37) % 500) / 90, 14 + ((at * 53) % 997) / 100]);
        }
        const pins = pinsOf(places);
        const found = cluster(pins, fit(pins, SIZE), SIZE);
        const cells =
            Math.ceil(SIZE.width / CELL + 3) * Math.ceil(SIZE.height / CELL + 3);
        expect(found.length < cells).toBe(true);
        expect(found.reduce((sum, item) => sum + item.pins.length, 0)).toBe(5000);
    });

    test("pictures of streets cover the window and stay in the world", () => {
        const view = {...project(52, 19), zoom: 6};
        const found = tiles("https://t.example/{z}/{x}/{y}.png", view, SIZE);
        expect(found[0].src).toMatch(/^https:\/\/t\.example\/6\/\d+\/\d+\.png$/);
        expect(Math.min(...found.map(({x}) => x)) <= 0).toBe(true);
        expect(Math.max(...found.map(({x}) => x + 256)) >= SIZE.width).toBe(true);
        expect(tiles("{z}/{x}/{y}", {x: 128, y: 128, zoom: 1}, SIZE).length).toBe(4);
    });

    test("the net has lines at every zoom, few of them", () => {
        for (let zoom = ZOOM.min; zoom <= 10; zoom++) {
            const lines = graticule({...project(52, 19), zoom}, SIZE);
            expect(lines.length < 30).toBe(true);
        }
        const labels = graticule({...project(52, 19), zoom: 6}, SIZE);
        expect(labels.some(({label}) => label === "20°")).toBe(true);
    });

    test("borders are one path", () => {
        expect(toPath([[0, 0, 180, 0]])).toBe("M128.0000 128.0000L256.0000 128.0000");
    });
});

describe("screen", () => {
    async function showMap(found) {
        onRpc("res.partner", "get_gestor_map", ({args}) => {
            expect.step(JSON.stringify(args[0]));
            return {
                pins: [],
                total: found.pins?.length || 0,
                missing: 0,
                importances: {0: "Unknown", 5: "Greatest"},
                tiles: false,
                ...found,
            };
        });
        onRpc("/gestor_client_map/static/lib/natural_earth/borders.json", () => {
            expect.step("borders");
            return [[14, 54, 23, 54]];
        });
        await mountWithCleanup(WebClient);
        await getService("action").doAction({
            type: "ir.actions.client",
            tag: "gestor_client_map.map",
            params: {domain: [["city", "=", "Gdynia"]]},
        });
        await animationFrame();
    }

    test("pins, clusters and the legend come with one request", async () => {
        await showMap({
            pins: [
                [1, "Alfa", "Gdynia", 54.5, 18.5, "5"],
                [2, "Beta", "Gdynia", 54.5, 18.5, "0"],
                [3, "Gamma", "Lublin", 51.2, 22.5, "0"],
            ],
            missing: 4,
        });
        expect.verifySteps([`[["city","=","Gdynia"]]`, "borders"]);
        expect(".o_gestor_client_map_pin").toHaveCount(2);
        expect(queryAllTexts(".o_gestor_client_map_cluster")).toEqual(["2"]);
        expect(".o_gestor_client_map_cluster").toHaveAttribute("data-importance", "5");
        expect(".o_gestor_client_map_legend").toHaveText(
            "Importance\nGreatest\nUnknown"
        );
        expect(".o_gestor_client_map_missing").toHaveText("Without a position: 4");
        expect(".o_gestor_client_map_tile").toHaveCount(0);
    });

    test("a pin opens the card, a cluster of one place a list", async () => {
        await showMap({
            pins: [
                [1, "Alfa", "Gdynia", 54.5, 18.5, "5"],
                [2, "Beta", "Gdynia", 54.5, 18.5, "0"],
                [3, "Gamma", "Lublin", 51.2, 22.5, "0"],
            ],
        });
        const opened = [];
        getService("action").doAction = (action) => opened.push(action);
        await contains(
            ".o_gestor_client_map_pin:not(.o_gestor_client_map_cluster)"
        ).click();
        expect(opened.at(-1).res_id).toBe(3);
        await contains(".o_gestor_client_map_cluster").click();
        await contains(".o_gestor_client_map_cluster").click();
        expect(opened.at(-1).domain).toEqual([["id", "in", [1, 2]]]);
        expect.verifySteps([`[["city","=","Gdynia"]]`, "borders"]);
    });

    test("an empty map says what to do", async () => {
        await showMap({});
        expect(".o_gestor_client_map_empty").toHaveCount(1);
        expect.verifySteps([`[["city","=","Gdynia"]]`, "borders"]);
    });
});
