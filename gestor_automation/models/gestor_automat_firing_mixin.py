import logging
from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import split_every

from ..exceptions import AutomatLoopError
from ..lib.recurrence import wall_clock

_logger = logging.getLogger(__name__)

#: where the automats stand that a running action has come from
CHAIN_KEY = "gestor_automation.chain"
FIRED_KEY = "gestor_automation.fired"
#: automats that set off each other over different documents must come to an end too
MAX_CHAIN = 10
#: documents in one go of the cron
CHUNK = 500
#: by how much months differ, for a rough search by date
MONTH_SLACK = timedelta(days=3)
#: how far back a cron that stood still looks
MOST_DELAY = timedelta(days=7)


class GestorAutomatFiringMixin(models.AbstractModel):
    """How automats notice what happens and plan their steps."""

    _name = "gestor.automat.firing.mixin"
    _description = "Automat That Fires"

    # === Events ===

    @api.model
    def _fire(self, trigger, documents):
        """Plan the steps of all automats for an event that just happened.

        :param str trigger: "created" or "manual"
        :param documents: records of one model
        """
        ids = self._get_triggers(documents._name)[0].get(trigger, ())
        for automat in self._as_engine(ids):
            automat._fire_safely(documents)

    @api.model
    def _as_engine(self, ids):
        """Return automats with all rights: they work whoever causes the event."""
        return self.sudo().browse(ids)  # sudo: see above

    @api.model
    def _watch(self, documents):
        """Return what the automats have to know about documents before a change.

        :return: ``None`` if no automat watches such documents
        """
        _ids, watched = self._get_triggers(documents._name)
        if not watched:
            return None
        # sudo: an automat watches fields that the user may not read
        documents = documents.sudo()
        values = {
            automat.id: {
                document.id: automat._get_plain_value(document, watched[automat.id])
                for document in automat._filtered_documents(
                    documents, "filter_pre_domain"
                )
            }
            for automat in self._as_engine(list(watched))
        }
        return {"values": values, "fired": len(self._get_fired())}

    @api.model
    def _fire_changes(self, documents, before):
        """Plan the steps for the changes since :meth:`_watch`."""
        _ids, watched = self._get_triggers(documents._name)
        # sudo: see _watch
        documents = documents.sudo()
        fired = self._get_fired()
        for automat in self._as_engine(list(watched)):
            old = before["values"].get(automat.id, {})
            # what a write within this write has noticed already is not told twice
            told = {key for key in fired[before["fired"] :] if key[0] == automat.id}
            changed = documents.filtered(
                lambda document, automat=automat, old=old, told=told: (
                    document.id in old
                    and (automat.id, document._name, document.id) not in told
                    and automat._is_change(
                        old[document.id],
                        automat._get_plain_value(document, watched[automat.id]),
                    )
                )
            )
            if changed:
                automat._fire_safely(changed)

    @api.model
    def _fire_activities(self, model_name, pairs):
        """Plan the steps for to-dos that have been done.

        :param pairs: (document id, id of the to-do's type)
        """
        ids = self._get_triggers(model_name)[0].get("activity", ())
        for automat in self._as_engine(ids):
            kind = automat.activity_type_id.id
            res_ids = {res_id for res_id, type_id in pairs if kind in (False, type_id)}
            # sudo: see _watch
            documents = self.env[model_name].sudo().browse(sorted(res_ids)).exists()
            if documents:
                automat._fire_safely(documents)

    @api.model
    def _get_plain_value(self, document, name):
        field = document._fields[name]
        return field.convert_to_write(document[name], document) or False

    def _is_change(self, before, after):
        """Tell whether a change of the watched field is the one that counts."""
        if before == after:
            return False
        if self.trigger == "changed" and self.field_type == "boolean":
            return self.to_boolean in (False, "yes" if after else "no")
        wanted_before, wanted_after = self._get_wanted("from"), self._get_wanted("to")
        return wanted_before in (False, before) and wanted_after in (False, after)

    def _get_wanted(self, end):
        if self.trigger == "changed" and self.field_type == "selection":
            return self[f"{end}_selection_id"].value
        return (self.value_model and self[f"{end}_ref"]) or False

    # === Planning the steps ===

    def _fire_safely(self, documents, key=None, event_at=None):
        """Plan the steps; an automat that is broken does not disturb the user.

        Its error stands on the automat. Only a circle of automats is raised: it stops
        the action that would close it.
        """
        self.ensure_one()
        # what the user has done fails here by itself, not as an error of the automat
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                return self._plan_steps(documents, key, event_at)
        except (
            AutomatLoopError,
            ConcurrencyError,
            *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY,
        ):
            raise
        except Exception as error:  # whatever it is, the user's own work goes on
            _logger.info("Automat %s could not plan its steps: %s", self.id, error)
            self._record_error(str(error))
        return self.env["gestor.planned.action"]

    def _plan_steps(self, documents, key=None, event_at=None, mode=None):
        """Plan the steps for the documents that meet the condition.

        :param str key: what makes the event the same one; each event is new without it
        :param datetime event_at: UTC; now if not given
        :return: gestor.planned.action
        """
        self.ensure_one()
        documents = self._filtered_documents(documents.sudo())  # sudo: see _as_engine
        actions = self.env["gestor.planned.action"]
        if not documents:
            return actions
        chain = self._get_chain()
        self._check_loop(documents, chain)
        self._get_fired().extend(
            (self.id, documents._name, res_id) for res_id in documents.ids
        )
        key = key or uuid4().hex
        for step in self.step_ids.sorted():
            actions |= actions._gestor_plan(
                documents,
                step.handler,
                step._get_params(),
                planned_at=step._get_moment(event_at or fields.Datetime.now()),
                key=f"automat-{self.id}-{step.id}:{key}",
                mode=mode or self.mode,
                user=self.user_id,
                vals={"automat_id": self.id, "chain": chain},
            )
        return actions

    def _check_loop(self, documents, chain):
        """Refuse to set off an automat that is on the way to this event already.

        :raise AutomatLoopError: with the whole way
        """
        own = {(self.id, documents._name, res_id) for res_id in documents.ids}
        if own.isdisjoint(map(tuple, chain)) and len(chain) < MAX_CHAIN:
            return
        automats = self.browse([link[0] for link in chain]).exists()
        way = " > ".join(f'"{automat.name}"' for automat in [*automats, self])
        message = self.env._(
            "Automats set off each other in a circle: %(way)s", way=way
        )
        _logger.info("%s", message)
        raise AutomatLoopError(message, (automats | self).ids)

    @api.model
    def _get_chain(self):
        """Return the automats that the running action has come from.

        :return: lists of automat id, document model and document id
        """
        return self.env.cr.cache.get(CHAIN_KEY) or []

    @api.model
    def _get_fired(self):
        """Return the events of this transaction so far, in order."""
        return self.env.cr.cache.setdefault(FIRED_KEY, [])

    def _record_error(self, message):
        # sudo: whoever caused it, it is for who configures the automat
        self.sudo().write({"error": message, "error_at": fields.Datetime.now()})

    # === Time ===

    @api.model
    def _cron_fire_timed(self):
        """Plan the steps of the automats whose dates or cycles have come."""
        cron = self.env["ir.cron"]
        automats = self.search([("trigger", "in", ("date", "cycle"))])
        cron._commit_progress(remaining=len(automats))
        for automat in automats:
            now = fields.Datetime.now()
            if automat.try_lock_for_update():
                since = max(automat.checked_at or now, now - MOST_DELAY)
                if automat.trigger == "date":
                    automat._fire_dates(since, now)
                else:
                    automat._fire_cycle(since, now)
                automat.checked_at = now
            if not cron._commit_progress(1):
                break

    def _fire_cycle(self, since, now):
        """Plan the steps for the occurrences in ``(since, now]``."""
        step = timedelta(seconds=1)
        for moment in self._get_occurrences(since + step, now + step):
            for documents in self._split(self._search_documents(Domain.TRUE)):
                self._fire_safely(documents, f"cycle-{moment:%Y%m%d%H%M}", moment)

    def _fire_dates(self, since, now):
        """Plan the steps for the documents whose moment lies in ``(since, now]``."""
        name = self.date_field_id.name
        first, last = (self._get_rough_value(moment) for moment in (since, now))
        slack = MONTH_SLACK if self.offset_unit == "months" else timedelta(days=1)
        domain = Domain(name, ">=", first - slack) & Domain(name, "<=", last + slack)
        due = {}
        for document in self._search_documents(domain):
            moment = self._get_date_moment(document)
            if since < moment <= now:
                due.setdefault(moment, []).append(document.id)
        documents = self.env[self.model].sudo()  # sudo: see _as_engine
        for moment, ids in due.items():
            for chunk in self._split(documents.browse(ids)):
                self._fire_safely(chunk, f"date-{moment:%Y%m%d%H%M}", moment)

    def _search_documents(self, domain):
        documents = self.env[self.model].sudo()  # sudo: see _as_engine
        return documents.search(domain & self._get_domain("filter_domain"))

    @api.model
    def _split(self, documents):
        return split_every(CHUNK, documents.ids, documents.browse)

    def _get_offset(self):
        offset = relativedelta(**{self.offset_unit: self.offset_number})
        return -offset if self.offset_direction == "before" else offset

    def _get_rough_value(self, moment):
        """Return about which value of the date field leads to a moment."""
        value = moment - self._get_offset()
        return value if self.date_field_type == "datetime" else value.date()

    def _get_date_moment(self, document):
        """Return when the automat fires for the date of a document: UTC, naive.

        A moment moves on the clock of the company's time zone, a date begins at the
        hour of the day that the automat says.
        """
        value = document[self.date_field_id.name]
        zone, utc = ZoneInfo(self._get_timezone()), ZoneInfo("UTC")
        if isinstance(value, datetime):
            local = value.replace(tzinfo=utc).astimezone(zone).replace(tzinfo=None)
        else:
            minutes = round(self.date_hour * 60)
            local = datetime.combine(value, time(minutes // 60, minutes % 60))
        if self.offset_unit in ("minutes", "hours"):
            moment = wall_clock(local.date(), local.time(), zone).astimezone(utc)
            return moment.replace(tzinfo=None) + self._get_offset()
        local += self._get_offset()
        moment = wall_clock(local.date(), local.time(), zone)
        return moment.astimezone(utc).replace(tzinfo=None)
