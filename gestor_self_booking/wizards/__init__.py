from . import gestor_self_booking_propose
