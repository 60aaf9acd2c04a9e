"""Fields draw themselves in our design."""

from django.forms.renderers import DjangoTemplates


class OurForms(DjangoTemplates):
    """Django's form renderer; the field template is ours once shared/ui has it."""
