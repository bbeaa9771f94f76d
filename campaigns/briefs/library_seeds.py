"""Two briefs of the house to begin with, each in both languages; the brands in them are invented."""

from collections.abc import Iterator
from typing import Any

from campaigns.briefs.models import BriefTemplate
from crm.brands.models import Category

TEMPLATES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("Reel perawatan kulit", "id", "skincare", {
        "colour_tone": "Hangat, cahaya pagi, warna kulit apa adanya", "disclosure": "#iklan", "use_days": 14,
        "pose": "Di depan cermin atau jendela, wajah tanpa filter, botol terlihat utuh sekali",
        "caption": "Rutinitas pagimu dan apa yang kamu rasakan setelah dua minggu",
        "hashtags": ["#RutinitasPagi"], "upload_time": "Hari kerja, 19.00 sampai 21.00",
        "key_messages": "Ringan dipakai setiap hari\nDipakai setelah membersihkan wajah, sebelum tabir surya",
        "forbidden": ["mengobati", "menyembuhkan", "ampuh", "permanen", "nomor satu"],
        "rights_note": "Kami boleh membagikan ulang di akun kami selama 30 hari.",
        "items": [["Tunjukkan botolnya utuh paling tidak tiga detik", "must"],
                  ["Sebutkan sejak kapan kamu memakainya", "must"],
                  ["Perlihatkan teksturnya di tangan", "should"], ["Musik dan transisi", "free"]],
    }),
    ("Skincare reel", "en", "skincare", {
        "colour_tone": "Warm, morning light, skin as it is", "disclosure": "#ad", "use_days": 14,
        "pose": "At a mirror or a window, no filter on the face, the whole bottle seen once",
        "caption": "Your morning routine and what you notice after two weeks",
        "hashtags": ["#MorningRoutine"], "upload_time": "Working days, 19.00 to 21.00",
        "key_messages": "Light enough for every day\nAfter cleansing, before sunscreen",
        "forbidden": ["heals", "cures", "permanent", "number one"],
        "rights_note": "We may share it again on our own account for 30 days.",
        "items": [["Show the whole bottle for at least three seconds", "must"],
                  ["Say since when you use it", "must"],
                  ["Show the texture on your hand", "should"], ["Music and cuts", "free"]],
    }),
    ("Story makanan", "id", "food-drink", {
        "colour_tone": "Cerah, meja kayu, makanan paling terang", "disclosure": "#iklan",
        "pose": "Mulai dari makanan, lalu orang yang memakannya", "upload_time": "Menjelang makan siang, 11.00",
        "caption": "Dengan siapa dan kapan kamu makan ini", "hashtags": ["#MakanSiang"],
        "key_messages": "Siap dalam lima menit\nCukup untuk dua orang", "forbidden": ["menyehatkan", "paling enak"],
        "items": [["Tulis iklan di setiap frame", "must"], ["Perlihatkan saat dibuka", "should"],
                  ["Stiker pertanyaan untuk pengikutmu", "should"], ["Dimakan dengan apa", "free"]],
    }),
    ("Food story", "en", "food-drink", {
        "colour_tone": "Bright, wooden table, the food brightest of all", "disclosure": "#ad",
        "pose": "Begin with the food, then whoever eats it", "upload_time": "Shortly before lunch, 11.00",
        "caption": "With whom and when you eat this", "hashtags": ["#LunchBreak"],
        "key_messages": "Ready in five minutes\nEnough for two", "forbidden": ["healthiest", "the best"],
        "items": [["Write ad on every frame", "must"], ["Show how it is opened", "should"],
                  ["A question sticker for your followers", "should"], ["What you eat it with", "free"]],
    }),
)  # fmt: skip


def house_templates() -> Iterator[BriefTemplate]:
    categories = {row.slug: row for row in Category.objects.all()}
    for name, language, category, content in TEMPLATES:
        said = {"language": language, **content}
        yield BriefTemplate(name=name, language=language, category=categories[category], content=said)
