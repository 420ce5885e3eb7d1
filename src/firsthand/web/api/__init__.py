"""The public API: what the pages show, as JSON, described at /api/v1/openapi.json."""
