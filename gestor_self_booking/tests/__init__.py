from . import (
    test_lib,
    test_security,
    test_self_booking_changes,
    test_self_booking_clients,
    test_self_booking_privacy,
    test_self_booking_public,
    test_self_booking_race,
    test_self_booking_reminders,
    test_self_booking_slots,
    test_self_booking_tour,
    test_self_booking_visit,
)
