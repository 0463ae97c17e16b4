def notification(kind, title, message, then=None):
    """Return the action that shows a notification.

    :param str kind: success, warning or danger
    :param dict then: the action that follows
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {"type": kind, "title": title, "message": message, "next": then},
    }


RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}
CLOSE = {"type": "ir.actions.act_window_close"}
