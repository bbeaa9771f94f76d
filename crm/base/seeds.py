"""The days nobody works in Indonesia, joint leave (cuti bersama) included.

Dates of 2025 to 2027 are those of the joint decrees of three ministers (SKB), compared in several independent copies;
the signed papers themselves were not at hand, therefore grade B. Idul Fitri and Idul Adha may still move by a day when
the ministry sights the moon.
"""

import datetime as dt
from collections.abc import Iterator

from crm.base.models import Grade, Holiday
from crm.base.seeding import seed

DECREES = {
    2025: (
        "SKB 3 Menteri 1017/2024, 2/2024, 2/2024, amended by 933/2025, 1/2025, 3/2025",
        "https://menpan.go.id/site/berita-foto/penandatanganan-skb-hari-libur-nasional-dan-cuti-bersama-2025",
    ),
    2026: (
        "SKB 3 Menteri 1497/2025, 2/2025, 5/2025",
        "https://www.kemenkopmk.go.id/pemerintah-tetapkan-17-hari-libur-nasional-dan-8-hari-cuti-bersama-tahun-2026",
    ),
    2027: (
        "SKB 3 Menteri 1205/2026, 3/2026, 2/2026",
        "https://www.kemenkopmk.go.id/pemerintah-tetapkan-18-hari-libur-nasional-dan-8-cuti-bersama-tahun-2027",
    ),
}

NAMES = {
    "new_year": ("New Year's Day", "Tahun Baru Masehi"),
    "ascent": ("Ascent of the Prophet Muhammad", "Isra Mikraj Nabi Muhammad SAW"),
    "imlek": ("Chinese New Year", "Tahun Baru Imlek"),
    "nyepi": ("Day of Silence, Saka New Year", "Hari Suci Nyepi, Tahun Baru Saka"),
    "fitri": ("Eid al-Fitr", "Idulfitri"),
    "good_friday": ("Good Friday", "Wafat Yesus Kristus"),
    "easter": ("Easter Sunday", "Kebangkitan Yesus Kristus (Paskah)"),
    "labour": ("Labour Day", "Hari Buruh Internasional"),
    "waisak": ("Vesak", "Hari Raya Waisak"),
    "ascension": ("Ascension Day", "Kenaikan Yesus Kristus"),
    "pancasila": ("Pancasila Day", "Hari Lahir Pancasila"),
    "adha": ("Eid al-Adha", "Iduladha"),
    "muharram": ("Islamic New Year", "1 Muharam, Tahun Baru Islam"),
    "independence": ("Independence Day", "Proklamasi Kemerdekaan"),
    "maulid": ("Birthday of the Prophet Muhammad", "Maulid Nabi Muhammad SAW"),
    "christmas": ("Christmas Day", "Kelahiran Yesus Kristus (Natal)"),
}

Days = tuple[tuple[str, tuple[str, ...]], ...]

PUBLIC: dict[int, Days] = {
    2025: (
        ("new_year", ("01-01",)),
        ("ascent", ("01-27",)),
        ("imlek", ("01-29",)),
        ("nyepi", ("03-29",)),
        ("fitri", ("03-31", "04-01")),
        ("good_friday", ("04-18",)),
        ("easter", ("04-20",)),
        ("labour", ("05-01",)),
        ("waisak", ("05-12",)),
        ("ascension", ("05-29",)),
        ("pancasila", ("06-01",)),
        ("adha", ("06-06",)),
        ("muharram", ("06-27",)),
        ("independence", ("08-17",)),
        ("maulid", ("09-05",)),
        ("christmas", ("12-25",)),
    ),
    2026: (
        ("new_year", ("01-01",)),
        ("ascent", ("01-16",)),
        ("imlek", ("02-17",)),
        ("nyepi", ("03-19",)),
        ("fitri", ("03-21", "03-22")),
        ("good_friday", ("04-03",)),
        ("easter", ("04-05",)),
        ("labour", ("05-01",)),
        ("ascension", ("05-14",)),
        ("adha", ("05-27",)),
        ("waisak", ("05-31",)),
        ("pancasila", ("06-01",)),
        ("muharram", ("06-16",)),
        ("independence", ("08-17",)),
        ("maulid", ("08-25",)),
        ("christmas", ("12-25",)),
    ),
    2027: (
        ("new_year", ("01-01",)),
        ("ascent", ("01-05", "12-26")),
        ("imlek", ("02-06",)),
        ("nyepi", ("03-08",)),
        ("fitri", ("03-10", "03-11")),
        ("good_friday", ("03-26",)),
        ("easter", ("03-28",)),
        ("labour", ("05-01",)),
        ("ascension", ("05-06",)),
        ("adha", ("05-17",)),
        ("waisak", ("05-20",)),
        ("pancasila", ("06-01",)),
        ("muharram", ("06-06",)),
        ("maulid", ("08-15",)),
        ("independence", ("08-17",)),
        ("christmas", ("12-25",)),
    ),
}

JOINT_LEAVE: dict[int, Days] = {
    2025: (
        ("imlek", ("01-28",)),
        ("nyepi", ("03-28",)),
        ("fitri", ("04-02", "04-03", "04-04", "04-07")),
        ("waisak", ("05-13",)),
        ("ascension", ("05-30",)),
        ("adha", ("06-09",)),
        ("independence", ("08-18",)),
        ("christmas", ("12-26",)),
    ),
    2026: (
        ("imlek", ("02-16",)),
        ("nyepi", ("03-18",)),
        ("fitri", ("03-20", "03-23", "03-24")),
        ("ascension", ("05-15",)),
        ("adha", ("05-28",)),
        ("christmas", ("12-24",)),
    ),
    2027: (
        ("imlek", ("02-05",)),
        ("fitri", ("03-09", "03-12", "03-15")),
        ("good_friday", ("03-25",)),
        ("adha", ("05-18",)),
        ("waisak", ("05-19",)),
        ("christmas", ("12-24",)),
    ),
}


@seed(Holiday, "country", "on", "kind")
def indonesian_holidays() -> Iterator[Holiday]:
    for kind, years in ((Holiday.Kind.PUBLIC, PUBLIC), (Holiday.Kind.JOINT_LEAVE, JOINT_LEAVE)):
        for year, days in years.items():
            for name, dates in days:
                for date in dates:
                    yield _holiday(kind, name, dt.date.fromisoformat(f"{year}-{date}"))


def _holiday(kind: Holiday.Kind, name: str, on: dt.date) -> Holiday:
    name_en, name_id = NAMES[name]
    if kind is Holiday.Kind.JOINT_LEAVE:
        name_en, name_id = f"Joint leave: {name_en}", f"Cuti bersama {name_id}"
    source, address = DECREES[on.year]
    return Holiday(
        country="ID",
        on=on,
        kind=kind,
        name_en=name_en,
        name_id=name_id,
        source=source,
        source_url=address,
        source_year=on.year - 1,
        grade=Grade.EXPERT,
    )
