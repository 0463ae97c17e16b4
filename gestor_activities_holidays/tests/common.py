from odoo.addons.gestor_activities.tests.common import GestorActivitiesCommon


class GestorHolidaysCommon(GestorActivitiesCommon):
    """Anna is employed and may go on leave; Piotr stands in for her."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["hr.leave.type"].create(
            {
                "name": "Secret illness",
                "requires_allocation": False,
                "leave_validation_type": "hr",
            }
        )
        cls.employee, cls.colleague = cls.env["hr.employee"].create(
            [{"name": user.name, "user_id": user.id} for user in cls.anna | cls.piotr]
        )
        cls.anna.gestor_substitute_id = cls.piotr

    @classmethod
    def _request(cls, employee=None, start="2026-11-30", stop="2026-12-01", **vals):
        leaves = cls.env["hr.leave"].with_context(
            leave_fast_create=True, mail_create_nosubscribe=True
        )
        return leaves.create(
            {
                "holiday_status_id": cls.kind.id,
                "employee_id": (employee or cls.employee).id,
                "request_date_from": start,
                "request_date_to": stop,
                **vals,
            }
        )

    @classmethod
    def _approve(cls, *args, **vals):
        leave = cls._request(*args, **vals)
        leave.action_approve()
        return leave
