"""Files of csv and json that mean harm, or look like it: each a function that makes the bytes of one file."""

from __future__ import annotations

import json

from districts import FIGURES

_HEADER = ",".join(("entity", *FIGURES))
_POINTS = "publicity_points"


def one_line() -> bytes:
    return b"a," * 490_000


def one_field() -> bytes:
    return b"a" * 980_000


def open_quote() -> bytes:
    return f'{_HEADER}\n"'.encode() + b"a,\n" * 300_000


def only_separators() -> bytes:
    return f"{_HEADER}\n".encode() + b",,,,,,,,,\n" * 95_000


def line_ends() -> bytes:
    return f"{_HEADER}\n".encode() + b"\n" * 950_000


def zeros() -> bytes:
    return bytes(980_000)


def rows_of_one_name() -> bytes:
    return f"{_HEADER}\n".encode() + "สตึก,1\n".encode() * 59_000


def every_name_new() -> bytes:
    return f"{_HEADER}\n".encode() + b"".join(b"a%x,1\n" % number for number in range(59_000))


def every_name_scored() -> bytes:
    return b"entity,budget_spent\n" + b"".join(b"a%x,80\n" % number for number in range(59_990))


def packed_names() -> bytes:
    return b"entity,budget_spent\n" + b"".join(b"a%x,80\n" % number for number in range(105_000))


def every_cell_refused() -> bytes:
    return f"{_HEADER}\n".encode() + b"".join(b"a%x%s\n" % (number, b",x" * len(FIGURES)) for number in range(13_000))


def every_cell_of_one_name_refused() -> bytes:
    return f"{_HEADER}\n".encode() + f"สตึก{',9999' * len(FIGURES)}\n".encode() * 5_000


def unknown_headers() -> bytes:
    slips = (f"{name[:4]}{number}{name[4:]}" for number in range(2_000) for name in FIGURES)
    return ",".join((_HEADER, *(slip for slip, _ in zip(slips, range(14_000), strict=False)))).encode() + b"\na,1\n"


def long_layout() -> bytes:
    return b"entity,measure,value\n" + b"".join(b"a%x,b%x,1\n" % (n, n) for n in range(59_000))


def many_codes() -> bytes:
    return b"code,entity,budget_spent\n" + b"".join(b"%x,a,%x\n" % (number, number) for number in range(85_000))


def conflicts() -> bytes:
    rows = (f"สตึก{f',{number / 1000}' * 10}\n" for number in range(12_000))
    return f"{_HEADER}\n{''.join(rows)}".encode()


def short_rows_of_one_name() -> bytes:
    """Every measure has two columns, and no row says anything in any of them."""
    return ",".join(("entity", *FIGURES, *FIGURES)).encode() + b"\n" + "สตึก\n".encode() * 59_900


def short_rows_of_doubled_columns() -> bytes:
    return b"entity" + b",budget_spent" * 100 + b"\n" + "สตึก\n".encode() * 59_900


def short_rows_of_new_names() -> bytes:
    """Far fewer cells than places: the last of 300 columns holds the measure, and no row reaches it."""
    names = b"".join(b"a%x\n" % number for number in range(16_000))
    return b"entity" + b"," * 299 + b"budget_spent\n" + names


def one_figure_many_times() -> bytes:
    return f"entity,{_POINTS}\n".encode() + "".join(f"สตึก,{number}\n" for number in range(45_000)).encode()


def doubled_columns_that_disagree() -> bytes:
    rows = (f"a{name:x},{','.join(str(name * 1_000 + each) for each in range(1_000))}\n" for name in range(140))
    return f"entity{f',{_POINTS}' * 1_000}\n{''.join(rows)}".encode()


CSV = (
    *(short_rows_of_one_name, short_rows_of_doubled_columns, short_rows_of_new_names),
    *(one_figure_many_times, doubled_columns_that_disagree),
    *(one_line, one_field, open_quote, only_separators, line_ends, zeros, rows_of_one_name, every_name_new),
    *(every_name_scored, packed_names, every_cell_refused, every_cell_of_one_name_refused, unknown_headers),
    *(long_layout, many_codes, conflicts),
)


def deep_json() -> bytes:
    return b"[" * 290_000 + b"]" * 290_000


def deep_objects() -> bytes:
    return b'[{"a":' * 140_000


def many_lists() -> bytes:
    return b"[" + b"[]," * 320_000 + b"[]]"


def many_objects() -> bytes:
    return b"[" + b"{}," * 320_000 + b"{}]"


def many_keys() -> bytes:
    return b"[{" + b",".join(b'"%x":1' % number for number in range(90_000)) + b"}]"


def keys_of_many_objects() -> bytes:
    """Sixteen thousand columns and as many rows: most of the table is blank."""
    return json.dumps([{f"a{number}": 1} for number in range(16_300)]).encode()


def repeated_keys() -> bytes:
    return b"[{" + b",".join([b'"entity":1'] * 85_000) + b"}]"


def huge_numbers() -> bytes:
    return (
        b'[{"entity":"a","budget_spent":1'
        + b"0" * 480_000
        + b'},{"entity":"b","budget_spent":1e'
        + b"9" * 480_000
        + b"}]"
    )


def no_numbers() -> bytes:
    return b'[{"entity":"a","budget_spent":NaN},{"entity":"b","budget_spent":-Infinity}]'


def huge_exponents() -> bytes:
    return b'[{"entity":"a","budget_spent":1e-999999999},{"entity":"b","budget_spent":1e999999999}]'


def items_that_are_no_objects() -> bytes:
    return b"[" + b"1," * 480_000 + b"1]"


JSON = (
    *(deep_json, deep_objects, many_lists, many_objects, many_keys, keys_of_many_objects, repeated_keys),
    *(huge_numbers, no_numbers, huge_exponents, items_that_are_no_objects),
)
