from . import gestor_calendar_mixin
