"""Which components may a template use? Each takes its props by keyword; an unknown one fails at parse time."""

from django import template

register = template.Library()
