from contextlib import contextmanager

from odoo.tests import freeze_time, new_test_user
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import BaseCommon

GROUP = "gestor_base.gestor_base_group_user"


class TestPeopleCommon(BaseCommon):
    """Three colleagues; each sees the cases he or she works on.

    =========  ========================
    user       guardian of
    =========  ========================
    ``ala``    ``cases`` (two of them)
    ``bea``    ``other_case``
    ``cyryl``  nothing
    =========  ========================
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ala = cls._create_user("ala")
        cls.bea = cls._create_user("bea")
        cls.cyryl = cls._create_user("cyryl")
        cls.boss = cls._create_user("boss", "gestor_base.gestor_base_group_manager")
        cls.role = cls.env.ref("gestor_base.gestor_participant_role_participant")
        cls.reviewer = cls.env.ref("gestor_base.gestor_participant_role_reviewer")
        cls.cases = cls._create_cases(cls.ala, 2)
        cls.other_case = cls._create_cases(cls.bea)

    def setUp(self):
        super().setUp()
        # refusals are expected here
        names = ("ir_rule", "ir_model")
        self.enterContext(mute_logger(*(f"odoo.addons.base.models.{n}" for n in names)))

    @classmethod
    def _create_user(cls, login, groups=GROUP, **vals):
        return new_test_user(
            cls.env,
            login=f"people_{login}",
            groups=groups,
            tz=vals.pop("tz", "Europe/Warsaw"),
            email=f"{login}@example.com",
            **vals,
        )

    @classmethod
    def _create_cases(cls, user, count=1, **vals):
        return cls.env["test.gestor.case"].create(
            [
                {"name": f"Case {number}", "user_id": user.id, **vals}
                for number in range(count)
            ]
        )

    @classmethod
    def _join(cls, documents, user, role=None, by=None):
        participants = cls.env["gestor.participant"].with_user(by or cls.env.user)
        return participants.create(
            [
                {
                    "model": documents._name,
                    "res_id": document.id,
                    "user_id": user.id,
                    "role_id": (role or cls.role).id,
                }
                for document in documents
            ]
        )

    @classmethod
    def _substitute(cls, user, substitute, by=None, **vals):
        substitutions = cls.env["gestor.substitution"].with_user(by or user)
        return substitutions.create(
            {"user_id": user.id, "substitute_id": substitute.id, **vals}
        )

    @classmethod
    def _plan(cls, document, user, deadline, by=None, **vals):
        """Plan an activity on the document."""
        return (
            cls.env["mail.activity"]
            .with_user(by or cls.env.user)
            .create(
                {
                    "res_model_id": cls.env["ir.model"]._get_id(document._name),
                    "res_id": document.id,
                    "user_id": user.id,
                    "date_deadline": deadline,
                    "summary": "Call",
                    **vals,
                }
            )
        )

    @contextmanager
    def _at(self, moment, switch=True):
        """Be at a moment (UTC), as the cron left the substitutions."""
        with freeze_time(moment):
            if switch:
                self.env["gestor.substitution"]._cron_switch()
            self.env.invalidate_all()
            yield

    def _seen_by(self, user):
        return self.env["test.gestor.case"].with_user(user).search([]).sudo(False)
