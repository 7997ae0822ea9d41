"""The components, by what they are for; `templatetags/ui.py` hands them to templates."""
