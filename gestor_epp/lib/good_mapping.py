"""From a row of TOWARY to the values of a product."""

from .client_mapping import tidy

#: unit as Polish programs write it (lower case, no full stop) -> host's unit
UNITS = {
    "szt": "uom.product_uom_unit",
    "sztuka": "uom.product_uom_unit",
    "sztuki": "uom.product_uom_unit",
    "kg": "uom.product_uom_kgm",
    "g": "uom.product_uom_gram",
    "gram": "uom.product_uom_gram",
    "t": "uom.product_uom_ton",
    "tona": "uom.product_uom_ton",
    "m": "uom.product_uom_meter",
    "mb": "uom.product_uom_meter",
    "m.b": "uom.product_uom_meter",
    "metr": "uom.product_uom_meter",
    "km": "uom.product_uom_km",
    "cm": "uom.product_uom_cm",
    "mm": "uom.product_uom_millimeter",
    "m2": "uom.product_uom_square_meter",
    "m²": "uom.product_uom_square_meter",
    "m3": "uom.product_uom_cubic_meter",
    "m³": "uom.product_uom_cubic_meter",
    "l": "uom.product_uom_litre",
    "litr": "uom.product_uom_litre",
    "ml": "uom.product_uom_milliliter",
    "godz": "uom.product_uom_hour",
    "godzina": "uom.product_uom_hour",
    "h": "uom.product_uom_hour",
    "rbg": "uom.product_uom_hour",
    "min": "uom.product_uom_minute",
    "dzień": "uom.product_uom_day",
    "dni": "uom.product_uom_day",
    "doba": "uom.product_uom_day",
    "kwh": "uom.product_uom_kwh",
    "tuz": "uom.product_uom_dozen",
}
#: VAT symbol -> end of the name of a tax in the Polish chart of accounts
_VAT = {"23": "23", "8": "8", "5": "5", "0": "0", "zw": "zw"}


def unit_key(unit):
    """Return a unit as it is compared.

    >>> unit_key(" Szt. "), unit_key("m.b.")
    ('szt', 'm.b')
    """
    return unit.strip().rstrip(".").strip().lower()


def tax_names(symbol, use, is_service):
    """Return names of taxes in the Polish chart of accounts, best first.

    Symbols that say how a transaction is taxed and not what the good is
    (``oo``, ``np``, ``ue``, ``ex``) have no tax here: fiscal positions decide.

    :param str use: ``sale`` or ``purchase``

    >>> tax_names("23", "sale", True)
    ['vs_kraj_usl_23', 'vs_kraj_23']
    >>> tax_names("zw", "purchase", False), tax_names("oo", "sale", False)
    (['vz_kraj_zw'], [])
    """
    rate = _VAT.get(symbol.strip().lower().rstrip("%"))
    if rate is None:
        return []
    start = "vs_kraj" if use == "sale" else "vz_kraj"
    names = [f"{start}_{rate}"]
    if is_service and rate == "23":
        names.insert(0, f"{start}_usl_{rate}")
    return names


def kept_data(good):
    """Return what the host has no field for, so that nothing is lost.

    >>> from .epp import Good
    >>> kept_data(Good.from_fields(["4", "P1", "", "", "Paleta"]))
    {'kind': '4'}
    """
    pairs = {
        "kind": str(good.kind) if good.kind in (4, 8, 16) else "",
        "fiscal_name": good.fiscal_name if good.fiscal_name != good.name else "",
        "sww": good.sww,
        "remarks": good.remarks,
    }
    pairs["packaging_code"] = good.packaging_code
    for key, amount, unit in (
        ("min_stock", good.min_stock, good.min_stock_unit),
        ("volume", good.volume, good.volume_unit),
        ("work_hours", good.work_hours, ""),
    ):
        if amount:
            pairs[key] = f"{amount.normalize():f} {unit}".strip()
    if good.currency_price:
        pairs["currency_price"] = f"{good.currency_price} {good.currency}".strip()
    for number, text in enumerate(good.user_fields, 1):
        pairs[f"user_{number}"] = text
    if any(good.extra):
        pairs["extra"] = " | ".join(filter(None, good.extra))
    return tidy(pairs)


def good_vals(good):
    """Return the plain values of a product, references left out."""
    vals = {
        "default_code": good.code,
        "name": good.name,
        "type": "service" if good.is_service else "consu",
        "description_sale": good.description,
        "gestor_manufacturer_code": good.manufacturer_code,
        "gestor_pkwiu": good.pkwiu,
        "standard_price": float(good.purchase_price),
    }
    return {key: value for key, value in vals.items() if value}
