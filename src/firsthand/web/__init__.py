"""The web page: a library opened in the browser, and the same as JSON under /api/v1."""
