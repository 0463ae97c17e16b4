from . import gestor_calendar_day_report
