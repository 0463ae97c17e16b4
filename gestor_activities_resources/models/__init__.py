from . import gestor_booking
from . import gestor_activity_planning
from . import gestor_activity
from . import gestor_activity_template
from . import gestor_board
