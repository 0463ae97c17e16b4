from . import gestor_booking_return
from . import gestor_outage_move
