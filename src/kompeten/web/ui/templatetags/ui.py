"""Which components may a template use? Each takes its props by keyword; an unknown one fails at parse time."""

from django import template

from kompeten.web.ui.components import actions, charts, fields, lists, states, surfaces, ways

register = template.Library()

for part in (actions, states, surfaces, lists, ways, fields, charts):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
