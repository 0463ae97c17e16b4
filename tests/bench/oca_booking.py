"""The booking of resources of the OCA, measured where it can be fetched.

It is unpacked into a directory of its own outside the repository and installed into
the database of the measurement only, which is thrown away.
"""

import atexit
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

from measure import analyze, cost

from odoo import api
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.modules.module import initialize_sys_path
from odoo.orm.registry import Registry
from odoo.tools import SQL, config

import odoo.addons

PACKAGES = (
    "odoo-addon-resource-booking==19.0.1.0.1.2",
    "odoo-addon-web-calendar-slot-duration==19.0.1.0.0.2",
)
MODULE = "resource_booking"
RESOURCES, REPEATS = 20, 5
START = datetime(2030, 1, 1)
HOUR = timedelta(hours=1)


def measure(env, size):
    """Return the CPU seconds of each work with so many bookings there.

    :return: ``create``, ``refuse`` and ``month``; empty if it cannot be fetched
    :rtype: dict[str, float]
    """
    folder = Path(tempfile.mkdtemp(prefix="gestor_bench_"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if not _fetch(folder):
        return {}
    env = _install(env, folder)
    kind, combinations = _prepare(env)
    _seed(env, _book(env, kind, combinations[0], START - 9 * HOUR), combinations, size)
    moments = iter(START + n * 4 * HOUR for n in range(1000))
    create = cost(
        env, lambda: _book(env, kind, combinations[0], next(moments)), REPEATS
    )
    refuse = cost(env, lambda: _refuse(env, kind, combinations[0]), REPEATS)
    asking = _ask(env, kind, combinations[0])
    month = cost(env, lambda: _find_month(env, asking), 2)
    return {
        "create": create.seconds,
        "refuse": refuse.seconds,
        "month": month.seconds,
    }


def _fetch(folder):
    """Fetch the packages as the user has set pip up; tell if they are there."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    done = subprocess.run(
        [*command, "--only-binary=:all:", f"--dest={folder}", *PACKAGES],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        return False
    for wheel in folder.glob("*.whl"):
        ZipFile(wheel).extractall(folder)
    return True


def _install(env, folder):
    config["addons_path"] = [*config["addons_path"], f"{folder}/odoo/addons"]
    initialize_sys_path()
    if f"{folder}/odoo/addons" not in odoo.addons.__path__:
        odoo.addons.__path__.append(f"{folder}/odoo/addons")
    env["ir.module.module"].update_list()
    env["ir.module.module"].search([("name", "=", MODULE)]).button_immediate_install()
    registry = Registry(env.cr.dbname)
    return api.Environment(
        registry.cursor(), api.SUPERUSER_ID, {"tracking_disable": True, "tz": "UTC"}
    )


def _prepare(env):
    hours = [
        Command.create({"name": day, "dayofweek": day, "hour_from": 0, "hour_to": 24})
        for day in "0123456"
    ]
    calendar = env["resource.calendar"].create(
        {"name": "Always", "attendance_ids": hours, "tz": "UTC"}
    )
    resources = env["resource.resource"].create(
        [
            {
                "name": f"Room {number}",
                "resource_type": "material",
                "calendar_id": calendar.id,
            }
            for number in range(RESOURCES)
        ]
    )
    combinations = env["resource.booking.combination"].create(
        [{"resource_ids": [Command.link(resource.id)]} for resource in resources]
    )
    kind = env["resource.booking.type"].create(
        {
            "name": "Rooms",
            "resource_calendar_id": calendar.id,
            "duration": 1,
            "slot_duration": 1,
            "combination_rel_ids": [
                Command.create({"combination_id": combination.id})
                for combination in combinations
            ],
        }
    )
    return kind, combinations


def _prepare_vals(env, kind, combination):
    return {
        "partner_ids": [Command.link(env.ref("base.main_partner").id)],
        "type_id": kind.id,
        "combination_auto_assign": False,
        "combination_id": combination.id,
        "duration": 1,
    }


def _book(env, kind, combination, moment):
    vals = _prepare_vals(env, kind, combination)
    return env["resource.booking"].create({**vals, "start": moment})


def _refuse(env, kind, combination):
    try:
        with env.cr.savepoint():
            _book(env, kind, combination, START - 9 * HOUR)
    except ValidationError:
        return
    raise ValueError("a double booking")


def _ask(env, kind, combination):
    return env["resource.booking"].create(_prepare_vals(env, kind, combination))


def _find_month(env, booking):
    bounds = (
        booking.env["resource.booking"]
        ._fields["start"]
        .context_timestamp(booking, moment)
        for moment in (START - timedelta(days=31), START)
    )
    if not booking._get_available_slots(*bounds):
        raise ValueError("nothing is free")


def _seed(env, booking, combinations, size):
    """Multiply one booking and its meeting, two hours apart, over the resources."""
    env.flush_all()
    start = "%(start)s::timestamp - (6 + n / %(rooms)s) * interval '2 hours'"
    stop = f"{start} + interval '1 hour'"
    for table, record, other in (
        ("calendar_event", booking.meeting_id, {}),
        (
            "resource_booking",
            booking,
            {
                "combination_id": "(%(ids)s)[1 + n %% %(rooms)s]",
                "meeting_id": "%(first)s + n",
            },
        ),
    ):
        env.cr.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_name = %s AND column_name != 'id'",
            [table],
        )
        columns = [name for (name,) in env.cr.fetchall()]
        values = {"start": start, "stop": stop, **other}
        shown = ", ".join(values.get(name, f'"{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        env.cr.execute(f"SELECT max(id) FROM {table}")
        (last,) = env.cr.fetchone()
        first = last if table == "calendar_event" else booking.meeting_id.id
        env.cr.execute(
            f"INSERT INTO {table} (id, {names})"
            f" SELECT %(last)s + n, {shown} FROM {table},"
            " generate_series(1, %(size)s) AS n WHERE id = %(id)s",
            {
                "last": last,
                "first": first,
                "size": size,
                "id": record.id,
                "ids": combinations.ids,
                "rooms": RESOURCES,
                "start": START,
            },
        )
        env.cr.execute(
            SQL(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                table,
                last + size,
            )
        )
    analyze(env, "calendar_event", "resource_booking")
