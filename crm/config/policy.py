"""What a page may load, and from where: nothing from elsewhere, nothing inline."""

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}

# With "no-referrer" browsers send `Origin: null` and CSRF refuses every POST.
SECURE_REFERRER_POLICY = "same-origin"
