"""Our own icons: line drawings on a 24 × 24 grid, drawn with the colour of the text they stand beside."""

# ruff: noqa: E501 - a drawing is one line

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS: dict[str, str] = {
    "home": "M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
    "today": "M5 5h14v15H5zM5 9.5h14M9 3v4M15 3v4M9 14l2.2 2.2L15.5 12",
    "calendar": "M5 5h14v15H5zM5 9.5h14M9 3v4M15 3v4M8.5 13h2M13.5 13h2M8.5 16.5h2M13.5 16.5h2",
    "people": "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.6-3.8 3-5.5 6.5-5.5s5.9 1.7 6.5 5.5M16 5a3.3 3.3 0 0 1 0 6.3M18 14.8c2 .7 3.2 2.4 3.5 5.2",
    "person": "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.7-4.3 3.4-6.2 7.5-6.2s6.8 1.9 7.5 6.2",
    "household": "M3.5 11L12 4l8.5 7M6 9.5V20h12V9.5M9.5 20c0-2.8.8-4 2.5-4s2.5 1.2 2.5 4M12 13.8a1.4 1.4 0 1 0 0-2.8 1.4 1.4 0 0 0 0 2.8z",
    "organization": "M9.5 3.5h5v5h-5zM3.5 15.5h5v5h-5zM15.5 15.5h5v5h-5zM12 8.5V12M6 15.5V12h12v3.5",
    "member": "M4 4.5h16v15H4zM9 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6 16.5c.4-1.8 1.4-2.6 3-2.6s2.6.8 3 2.6M14.5 9h3M14.5 12.5h3",
    "area": "M12 21c4.5-5 6.5-8.3 6.5-11a6.5 6.5 0 0 0-13 0c0 2.7 2 6 6.5 11zM12 12.3a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8z",
    "unit": "M4 20.5V6l8-2.5v17M12 8.5h8v12M2.5 20.5h19M7 9.5h2M7 13h2M7 16.5h2M15 12h2M15 15.5h2",
    "meeting": "M4 5h16v10.5H11L7 19.5v-4H4zM8 9h8M8 12h5",
    "money": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8.5 7.5L12 12l3.5-4.5M12 12v5.5M8.8 12.5h6.4M8.8 15.2h6.4",
    "notice-board": "M4 4.5h16v11H4zM12 15.5v5M8.5 20.5h7M8 8.5h8M8 11.5h5",
    "score": "M4 20V10h4.5v10M9.8 20V4.5h4.5V20M15.5 20v-7H20v7M3 20h18",
    "report": "M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 12.5h7M9 16h7",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z",
    "import": "M12 4v10.5M7.5 10.5l4.5 4.5 4.5-4.5M4 19.5h16",
    "export": "M12 15V4.5M7.5 8.5L12 4l4.5 4.5M4 19.5h16",
    "visit": "M8 4.5c1.6 0 2.5 1.5 2.5 3.5S9.6 12 8.3 12 6 10 6 8s.6-3.5 2-3.5zM7 14l3 .4c0 2-.5 3.1-1.7 3.1S6.5 16 7 14zM16 7.5c-1.6 0-2.5 1.5-2.5 3.5s.9 4 2.2 4 2.3-2 2.3-4-.6-3.5-2-3.5zM17 17l-3 .4c0 2 .5 3.1 1.7 3.1S17.5 19 17 17z",
    "request": "M4 5h16v11h-6l-4.5 4v-4H4zM12 7.8v3.4M12 13.2v.1",
    "filter": "M4 6.5h16M7 12h10M10 17.5h4",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5l5 5",
    "menu": "M4 6.5h16M4 12h16M4 17.5h16",
    "close": "M6 6l12 12M18 6L6 18",
    "check": "M5 12.5l4.5 4.5L19 7",
    "done": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8 12.3l2.8 2.8L16 9.5",
    "attention": "M12 4L2.8 19.5h18.4zM12 10v4.5M12 16.8v.1",
    "refused": "M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3zM9 9l6 6M15 9l-6 6",
    "notice": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.8v.1",
    "quiet": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8 12h8",
    "clock": "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3.2 2.2",
    "up": "M12 19V5.5M6.5 11L12 5.5l5.5 5.5",
    "down": "M12 5v13.5M6.5 13l5.5 5.5 5.5-5.5",
    "left": "M14.5 5.5L8 12l6.5 6.5",
    "right": "M9.5 5.5L16 12l-6.5 6.5",
    "unfold": "M6.5 9.5L12 15l5.5-5.5",
    "add": "M12 5v14M5 12h14",
    "edit": "M5 19l.8-4L16 4.8l3.2 3.2L9 18.2zM13.5 7.3l3.2 3.2",
    "remove": "M5 7h14M9.5 7V4.5h5V7M7 7l.8 13h8.4L17 7M10.5 10.5v6M13.5 10.5v6",
    "undo": "M8 5L4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9",
    "print": "M7 9V4h10v5M7 16.5H4V9h16v7.5h-3M7 14h10v6.5H7z",
    "copy": "M8.5 8.5H20V20H8.5zM15.5 8.5V4H4v11.5h4.5",
    "eye": "M2.5 12C5 7.8 8.2 5.7 12 5.7s7 2.1 9.5 6.3c-2.5 4.2-5.7 6.3-9.5 6.3S5 16.2 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
    "lock": "M6 10.5h12v9.5H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5M12 14v2.5",
    "phone": "M7 3.5h10v17H7zM10.5 17.5h3",
    "sun": "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
    "moon": "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
    "language": "M4 6h9M8.5 4v2M11 6c-.8 3.7-3 6.5-6.5 8M6.5 9c1 2 2.8 3.8 5 5M12.5 20l4-9.5 4 9.5M14 16.8h5",
    "sign-out": "M13 4H5v16h8M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5",
    "document": "M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5",
    "history": "M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 7.5V12l3 2",
    "link": "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
}


def icon_svg(name: str, label: str = "") -> SafeString:
    """An icon as inline SVG. Without ``label`` it is hidden from screen readers (the word beside it speaks).

    An unknown name is a programming error and raises ``KeyError``.
    """
    path = mark_safe(ICONS[name])
    if not label:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
            path,
        )
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}"><path d="{}"/></svg>', label, path
    )
