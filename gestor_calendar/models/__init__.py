from . import gestor_reminder
from . import gestor_calendar_mixin
from . import gestor_calendar
from . import gestor_calendar_day
from . import calendar_event
from . import ir_http
from . import res_users_settings
