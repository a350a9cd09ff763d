"""How forms are drawn: label, hint, error, then the answer; one field under the other.

``{{ form }}`` draws an error summary and every field; ``{{ form.name.as_field_group }}`` draws one field.
"""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws every form of the node with the templates of the design system."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"
