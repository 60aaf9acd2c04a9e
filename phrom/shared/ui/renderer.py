"""Fields draw themselves in our design: `{{ form }}` and `{{ field.as_field_group }}` use the templates of the tags."""

from django.forms.renderers import DjangoTemplates


class OurForms(DjangoTemplates):
    """Django's form renderer with our form and field templates; the widgets' own stay Django's."""

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"
