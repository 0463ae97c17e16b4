from . import test_event_contact_hours
