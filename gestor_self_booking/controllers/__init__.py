from . import self_booking_page, self_booking_visit
