from . import gestor_activity
from . import hr_leave
