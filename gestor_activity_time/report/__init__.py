from . import gestor_activity_time_report
