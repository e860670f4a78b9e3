"""The few pictures that stand beside words: one stroke, the colour of the text, passed over by who listens."""

from __future__ import annotations

from markupsafe import Markup

PATHS = {
    "book": '<rect x="2" y="1.5" width="12" height="13" rx="1.5"/><path d="M5 1.5v13M7.5 5h4M7.5 8h4M7.5 11h2.5"/>',
    "calendar": '<rect x="2" y="3" width="12" height="11" rx="1.5"/><path d="M2 6.5h12M5.2 1.4v3M10.8 1.4v3"/>',
    "check": '<path d="M3 8.5 6.5 12 13 4.5"/>',
    "close": '<path d="m4 4 8 8M12 4l-8 8"/>',
    "down": '<path d="m4 6.5 4 4 4-4"/>',
    "download": '<path d="M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11"/>',
    "home": '<path d="M2 7.5 8 2.5l6 5M3.8 6.5v7h8.4v-7"/>',
    "left": '<path d="m9.5 4-4 4 4 4"/>',
    "list": '<path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.01M2.5 8h.01M2.5 12h.01"/>',
    "lock": '<rect x="3" y="7" width="10" height="7" rx="1.5"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>',
    "mail": '<rect x="1.5" y="3" width="13" height="10" rx="1.5"/><path d="m2 4.5 6 4.5 6-4.5"/>',
    "more": '<path d="M3.5 8h.01M8 8h.01M12.5 8h.01"/>',
    "phone": '<path d="M4 2h2.5l1 3.5-1.5 1a7 7 0 0 0 3.5 3.5l1-1.5 3.5 1V12a2 2 0 0 1-2 2A10 10 0 0 1 2 4a2 2 0 0 1 2-2z"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "printer": '<path d="M4.5 6V2h7v4M4.5 12H2.5V6h11v6h-2M4.5 9.5h7V14h-7z"/>',
    "right": '<path d="m6.5 4 4 4-4 4"/>',
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3.5 3.5"/>',
    "undo": '<path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.5 3.5l-3 3 3 3"/>',
    "warning": '<path d="M8 1.8 15 14H1zM8 6v4M8 11.6v.8"/>',
}


def icon(name: str) -> Markup:
    """The picture of that name."""
    return Markup(
        '<svg class="icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"'
        f' stroke-linejoin="round" aria-hidden="true" focusable="false">{PATHS[name]}</svg>'
    )
