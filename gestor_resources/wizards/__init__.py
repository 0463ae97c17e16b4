from . import gestor_booking_find
from . import gestor_booking_return
from . import gestor_outage_move
from . import gestor_resource_import
