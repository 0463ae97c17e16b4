"""The web client as a person uses it: what is on the screen, by its name."""

import contextlib
import re
import shutil

from playwright.sync_api import TimeoutError, expect, sync_playwright

BROWSERS = ("chromium", "google-chrome", "chromium-browser")
PATIENCE = 30_000  # milliseconds for whatever the screen is waiting for
ANSWER = 6_000  # milliseconds for one answer of the server
DESKTOP = {"width": 1366, "height": 850}
PHONE = {"width": 390, "height": 844}
expect.set_options(timeout=PATIENCE)
# what the browser itself says about a request that the server refused on purpose
REFUSED = re.compile(r"Failed to load resource: .* status of 40[034]")


@contextlib.contextmanager
def browser():
    """Start a headless Chromium; a missing one is an error, not a skip."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "no Chromium on PATH: browser tests cannot run"
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield started
        started.close()


class Screen:
    """One window of the browser; collects the errors of its console."""

    def __init__(self, browser, url, viewport=None, **options):
        self.url = url
        self.context = browser.new_context(
            locale="pl-PL", viewport=viewport or DESKTOP, **options
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.errors = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, message):
        if message.type == "error" and not REFUSED.match(message.text):
            self.errors.append(message.text)

    def close(self):
        """Close the window; fail if its console showed errors."""
        self.context.close()
        assert not self.errors, self.errors

    def open(self, path):
        """Open an address of the server."""
        self.page.goto(path if path.startswith("http") else self.url + path)

    def picture(self, path, full_page=False):
        """Save what is on the screen as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, full_page=full_page)


class WebClient(Screen):
    """A logged-in user."""

    def log_in(self, login, password):
        """Log in and wait for the web client."""
        self.open("/web/login")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.click("form.oe_login_form button[type=submit]")
        self.page.wait_for_selector(".o_main_navbar")

    def open_action(self, xml_id, record=None):
        """Open an action by its XML id, or the form of one record of it."""
        self.open(f"/odoo/action-{xml_id}" + (f"/{record}" if record else ""))
        self.page.wait_for_selector(".o_action_manager > .o_action .o_content")

    # --- Forms -------------------------------------------------------------------

    def field(self, name, inside=""):
        """Return what shows a field, in the dialog if one is open."""
        dialog = ".modal:not(.o_inactive_modal) "
        scope = dialog if self.page.locator(dialog).count() else ""
        return self.page.locator(f"{scope}{inside} .o_field_widget[name='{name}']").last

    def write(self, name, text):
        """Type into a field and leave it."""
        target = self.field(name).locator("input, textarea").first
        target.fill(text)
        target.press("Tab")

    def write_html(self, name, text):
        """Type into a rich text field."""
        target = self.field(name).locator(".odoo-editor-editable").first
        target.click()
        target.press("Control+End")
        self.page.keyboard.type(text)

    def pick(self, name, text):
        """Choose a record in a many2one field by typing a part of its name."""
        self._pick_in(self.field(name).locator("input").first, text)

    def _pick_in(self, target, text):
        options = self.page.locator(".o-autocomplete--dropdown-item:visible")
        option = options.filter(has_text=text).first
        for attempt in range(PATIENCE // ANSWER):
            target.click()
            target.fill("" if attempt % 2 else text)
            # the list is drawn anew while answers to earlier letters come in, and an
            # answer that comes in after the choice opens it again: choose anew then
            with contextlib.suppress(TimeoutError, AssertionError):
                option.click(timeout=ANSWER)
                expect(options.first).to_be_hidden(timeout=ANSWER)
                return
        raise AssertionError(f"no option “{text}”")

    # --- Lines -------------------------------------------------------------------

    def rows(self, name):
        """Return the lines of a one2many field."""
        return self.field(name).locator(".o_data_row")

    def add_row(self, name):
        """Add a line to a one2many field."""
        wanted = self.rows(name).count() + 1
        add = ".o_field_x2many_list_row_add :is(a, button)"
        while self.rows(name).count() < wanted:
            # a click is lost while the line before is being computed
            self.field(name).locator(add).first.click()
            with contextlib.suppress(AssertionError):
                expect(self.rows(name)).to_have_count(wanted, timeout=ANSWER)

    def pick_in_row(self, name, text):
        """Choose a record in the line that is being edited."""
        cell = f".o_selected_row [name='{name}'] input"
        self._pick_in(self.page.locator(cell).first, text)

    def write_in_row(self, name, text):
        """Type into the line that is being edited."""
        self.page.locator(f".o_selected_row [name='{name}'] input").first.fill(text)

    # --- Buttons -----------------------------------------------------------------

    def button(self, name):
        """Press a button by the name of its method."""
        dialog = ".modal:not(.o_inactive_modal) "
        scope = dialog if self.page.locator(dialog).count() else ".o_action_manager "
        self.page.locator(f"{scope}button[name='{name}']:visible").first.click()

    def wait_dialog(self):
        """Wait until the form of a dialog is there."""
        self.page.wait_for_selector(".modal:not(.o_inactive_modal) .o_form_view")

    def save(self):
        """Save the form and wait until it is saved."""
        self.page.locator(".o_form_button_save:visible").first.click()
        self.page.wait_for_selector(".o_form_saved")

    def wait_state(self, value):
        """Wait until the status bar shows a status."""
        selector = f".o_arrow_button_current[data-value='{value}']"
        self.page.wait_for_selector(f".o_statusbar_status {selector}")

    # --- Lists -------------------------------------------------------------------

    def search(self, text):
        """Search with the search box of the list."""
        box = self.page.locator(".o_searchview_input")
        box.fill(text)
        box.press("Enter")
        self.page.wait_for_selector(".o_searchview_facet")

    def open_row(self, text):
        """Open the first record of a list or kanban that shows a text."""
        row = self.page.locator(".o_data_row, .o_kanban_record").filter(has_text=text)
        form = self.page.locator(".o_form_view")
        for _attempt in range(PATIENCE // ANSWER):
            # a click is lost while the list is being drawn
            with contextlib.suppress(TimeoutError):
                # on the text: in the middle may be an avatar with a card of its own
                row.first.get_by_text(text).first.click(timeout=ANSWER)
                form.first.wait_for(timeout=ANSWER)
                return
        raise AssertionError(f"the record with “{text}” did not open")
