from . import gestor_self_booking_page
from . import gestor_self_booking
