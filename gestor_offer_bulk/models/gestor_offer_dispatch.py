import io
import zipfile

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.pdf import merge_pdf

from odoo.addons.gestor_automation.models.gestor_job import OPEN_STATES

#: offers printed or mailed in one job of the queue
CHUNK = 10
#: names shown of those who are left out
NAMES = 10


class GestorOfferDispatch(models.Model):
    """Many offers printed into one file, or each mailed to its address."""

    _name = "gestor.offer.dispatch"
    _description = "Offers Printed Or Mailed In Bulk"
    _order = "id desc"

    name = fields.Char(required=True, default=lambda self: self._default_name())
    user_id = fields.Many2one(
        "res.users",
        string="Started by",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
    )
    mode = fields.Selection(
        [
            ("pdf", "One PDF"),
            ("zip", "Separate PDFs in a ZIP"),
            ("mail", "E-mail to each client"),
        ],
        string="What to do",
        default="pdf",
        required=True,
    )
    sorting = fields.Selection(
        [("name", "Number"), ("client", "Client")],
        string="Sorted by",
        default="name",
        required=True,
    )
    copies = fields.Integer(default=1, required=True)
    per_minute = fields.Integer(
        string="E-mails per minute",
        default=30,
        required=True,
        help="Mail servers refuse who sends too much at once.",
    )
    offer_ids = fields.Many2many(
        "gestor.offer",
        string="Offers",
        required=True,
        default=lambda self: self.env["gestor.offer"].browse(
            self.env.context.get("active_ids")
        ),
    )
    offer_count = fields.Integer(string="Offers count", compute="_compute_offer_count")
    left_html = fields.Html(string="Cannot be mailed", compute="_compute_left_html")
    job_id = fields.Many2one(
        "gestor.job", string="Background work", readonly=True, ondelete="set null"
    )
    job_state = fields.Selection(related="job_id.state", string="Work")
    mail_count = fields.Integer(string="E-mails queued", readonly=True)

    _copies_positive = models.Constraint(
        "CHECK (copies BETWEEN 1 AND 10)", "Print 1 to 10 copies."
    )
    _per_minute_positive = models.Constraint(
        "CHECK (per_minute > 0)", "At least one e-mail leaves in a minute."
    )

    @api.model
    def _default_name(self):
        today = format_date(self.env, fields.Date.context_today(self))
        return self.env._("Offers of %(date)s", date=today)

    @api.depends("offer_ids")
    def _compute_offer_count(self):
        for dispatch in self:
            dispatch.offer_count = len(dispatch.offer_ids)

    @api.depends("offer_ids", "mode")
    def _compute_left_html(self):
        for dispatch in self:
            dispatch.left_html = False
            if dispatch.mode != "mail" or dispatch.job_id:
                continue
            recipients = dispatch.offer_ids._origin._get_recipients()
            silent = dispatch.offer_ids._origin.filtered(
                lambda offer, found=recipients: not found[offer.id]
            )
            if silent:
                dispatch.left_html = Markup("<p>%s: %s%s</p>") % (
                    self.env._("No e-mail address for offers"),
                    ", ".join(silent[:NAMES].mapped("partner_id.display_name")),
                    ", ..." if len(silent) > NAMES else "",
                )

    # === Actions ===

    def action_start(self):
        """Start the work in the background and show it.

        :raise UserError: if it was started already
        """
        self.ensure_one()
        if self.job_id:
            raise UserError(self.env._("This was started already."))
        key = "name" if self.sorting == "name" else "partner_id.display_name"
        offers = self.offer_ids.sorted(lambda offer: (offer.mapped(key), offer.name))
        job = offers._gestor_start_job(
            self.name,
            {
                "dispatch_id": self.id,
                "start": fields.Datetime.to_string(fields.Datetime.now()),
            },
            method="_gestor_job_mail" if self.mode == "mail" else "_gestor_job_print",
            chunk_size=CHUNK,
        )
        self.job_id = job
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_view_job(self):
        """Open the progress and the list of results."""
        self.ensure_one()
        return self.job_id.action_open()

    def action_view_failures(self):
        """Open the offers whose e-mail did not reach the client."""
        self.ensure_one()
        return self.env["ir.actions.actions"]._for_xml_id(
            "gestor_offers.gestor_offer_action"
        ) | {
            "domain": [
                ("id", "in", self.offer_ids.ids),
                ("message_has_error", "=", True),
            ],
            "context": {},
        }

    def action_download(self):
        """Hand the file with the prints over.

        :raise UserError: if there is nothing (yet)
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: whether the work has ended, whoever reads it
        if self.sudo().job_id.state in OPEN_STATES:
            raise UserError(self.env._("The offers are still being printed."))
        prints = self._get_prints()
        if not prints:
            raise UserError(self.env._("None of the offers was printed."))
        file = self._get_file() or self._make_file(prints)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{file.id}?download=1",
            "target": "self",
        }

    # === Files ===

    def _add_print(self, offer, name, content):
        """Keep the print of an offer, once."""
        self.ensure_one()
        self._get_prints().filtered(lambda f: f.description == str(offer.id)).unlink()
        self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "mimetype": "application/pdf",
                "description": str(offer.id),
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self._get_file().unlink()

    def _get_attachments(self):
        # sudo: the files of a dispatch that the user may read
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                Domain("res_model", "=", self._name) & Domain("res_id", "=", self.id),
                order="id",
            )
        )

    def _get_prints(self):
        """Return the prints, in the order in which they were made."""
        return self._get_attachments().filtered("description")

    def _get_file(self):
        """Return the file that was handed over already, if it is still right."""
        return self._get_attachments().filtered(lambda f: not f.description)[:1]

    def _make_file(self, prints):
        is_pdf = self.mode == "pdf"
        if is_pdf:
            contents = [file.raw for file in prints for _copy in range(self.copies)]
            content = merge_pdf(contents)
        else:
            content = _zip([(file.name, file.raw) for file in prints])
        return prints.create(
            {
                "name": f"{self.name}.{self.mode}",
                "raw": content,
                "mimetype": "application/pdf" if is_pdf else "application/zip",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _take_places(self, count):
        """Take places in the queue of mails; two workers take different ones.

        :return: the first place
        :rtype: int
        """
        self.ensure_one()
        self.lock_for_update()
        first = self.mail_count
        self.mail_count = first + count
        return first


def _zip(files):
    """Return a ZIP of files; names that stand twice get a number."""
    buffer, seen = io.BytesIO(), {}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            seen[name] = seen.get(name, 0) + 1
            stem, _dot, extension = name.rpartition(".")
            unique = name if seen[name] == 1 else f"{stem} ({seen[name]}).{extension}"
            archive.writestr(unique, content)
    return buffer.getvalue()
