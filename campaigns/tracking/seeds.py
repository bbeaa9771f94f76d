"""Machines that open links: what they call themselves."""

import datetime as dt
from collections.abc import Iterator

from campaigns.tracking.models import Scanner
from crm.base.models import Grade
from crm.base.seeding import seed

SINCE = dt.date(2026, 11, 1)

PREVIEWS = (
    ("facebookexternalhit", "Facebook, Instagram and Messenger preview", "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers"),
    ("facebot", "Facebook crawler", "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers"),
    ("meta-external", "Meta crawlers", "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers"),
    ("WhatsApp/", "WhatsApp preview", "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers"),
    ("TelegramBot", "Telegram preview", "https://core.telegram.org/bots"),
    ("Twitterbot", "X preview", "https://developer.x.com/en/docs/x-for-websites/cards/guides/getting-started"),
    ("LinkedInBot", "LinkedIn preview", ""),
    ("Slackbot", "Slack preview", "https://api.slack.com/robots"),
    ("Discordbot", "Discord preview", ""),
    ("SkypeUriPreview", "Skype and Teams preview", ""),
    ("Pinterestbot", "Pinterest crawler", "https://help.pinterest.com/en/business/article/pinterestbot"),
    ("TikTokSpider", "TikTok crawler", ""),
    ("Bytespider", "ByteDance crawler", ""),
    ("line-poker", "LINE preview", ""),
    ("redditbot", "Reddit preview", ""),
    ("Viber", "Viber preview", ""),
)  # fmt: skip
CRAWLERS = (
    ("Googlebot", "Google crawler", "https://developers.google.com/search/docs/crawling-indexing/overview-google-crawlers"),
    ("Google-Read-Aloud", "Google crawler", "https://developers.google.com/search/docs/crawling-indexing/overview-google-crawlers"),
    ("bingbot", "Bing crawler", "https://www.bing.com/webmasters/help/which-crawlers-does-bing-use-8c184ec0"),
    ("BingPreview", "Bing preview", "https://www.bing.com/webmasters/help/which-crawlers-does-bing-use-8c184ec0"),
    ("Applebot", "Apple crawler", "https://support.apple.com/en-us/119829"),
    ("DuckDuckBot", "DuckDuckGo crawler", ""),
    ("YandexBot", "Yandex crawler", ""),
    ("AhrefsBot", "Ahrefs crawler", "https://ahrefs.com/robot"),
    ("SemrushBot", "Semrush crawler", ""),
    ("GPTBot", "OpenAI crawler", ""),
    ("ClaudeBot", "Anthropic crawler", ""),
    ("spider", "whatever calls itself a spider", ""),
    ("crawler", "whatever calls itself a crawler", ""),
)  # fmt: skip
SCANNERS = (
    ("GoogleImageProxy", "Gmail", ""),
    ("YahooMailProxy", "Yahoo Mail", ""),
    ("Barracuda", "Barracuda mail scanner", ""),
    ("Mimecast", "Mimecast mail scanner", ""),
    ("Proofpoint", "Proofpoint mail scanner", ""),
    ("SafeLinks", "Microsoft Defender mail scanner", ""),
    ("ms-office", "Office looks at links of its own", ""),
    ("Trend Micro", "Trend Micro mail scanner", ""),
)
PROGRAMS = (
    ("curl/", "curl", ""),
    ("Wget/", "wget", ""),
    ("python-requests", "a Python program", ""),
    ("python-httpx", "a Python program", ""),
    ("Go-http-client", "a Go program", ""),
    ("Java/", "a Java program", ""),
    ("axios/", "a JavaScript program", ""),
    ("HeadlessChrome", "a browser nobody looks at", ""),
    ("PhantomJS", "a browser nobody looks at", ""),
)


@seed(Scanner, "words")
def scanners() -> Iterator[Scanner]:
    for words, name, url in (*PREVIEWS, *CRAWLERS, *SCANNERS, *PROGRAMS):
        yield Scanner(
            words=words,
            name=name,
            source=name if url else "Mitra",
            source_url=url,
            source_year=2026,
            grade=Grade.OFFICIAL if url else Grade.HOUSE,
            valid_from=SINCE,
        )
