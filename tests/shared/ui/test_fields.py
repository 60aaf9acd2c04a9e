"""A form draws itself in our design, and says what is wrong in our words."""

from __future__ import annotations

from django import forms
from django.template import engines

from phrom.shared.ui.fields import problems
from tests.shared.ui.gallery import Sample


def draw(source: str, form: forms.Form) -> str:
    return engines["django"].from_string("{% load ui %}" + source).render({"form": form})


def test_the_form_itself_and_the_tag_draw_the_same() -> None:
    assert "".join(str(Sample()).split()) == "".join(draw("{% fields_of form %}", Sample()).split())


def test_label_hint_and_error_belong_to_the_input() -> None:
    page = draw("{% field form.name %}", Sample({}))
    assert '<label class="govuk-label" for="id_name">' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'class="govuk-input govuk-input--error"' in page


def test_choices_are_a_fieldset_with_its_question_as_legend() -> None:
    page = draw("{% field form.issues %}", Sample({}))
    assert 'aria-describedby="id_issues_helptext id_issues_error"' in page
    assert page.count('class="govuk-checkboxes__input"') == 2
    assert "<legend" in page


def test_what_was_typed_is_kept() -> None:
    page = draw("{{ form }}", Sample({"name": "นางสาวคำแก้ว", "has": "no", "detail": "ร่าง <คำตอบ>"}))
    assert 'value="นางสาวคำแก้ว"' in page
    assert "ร่าง &lt;คำตอบ&gt;" in page
    assert "checked" in page.split('value="no"')[1].split(">")[0]


def test_the_summary_links_to_the_first_input_of_each_field() -> None:
    found = {problem.target: problem.text for problem in problems(Sample({"key": "x"}))}
    assert found["id_issues_0"] == "สอดคล้องกับประเด็นใดดังต่อไปนี้บ้าง: ยังไม่ได้เลือก กรุณาเลือก"
    assert found["id_name"].endswith("ยังว่างอยู่ กรุณากรอก")
    assert set(found) == {"id_name", "id_has_0", "id_issues_0", "id_office", "id_sure"}


def test_a_forms_own_words_are_left_alone() -> None:
    class Own(forms.Form):
        name = forms.CharField(error_messages={"required": "กรุณากรอกชื่อผู้ให้ข้อมูล"})

    assert "กรุณากรอกชื่อผู้ให้ข้อมูล" in draw("{% field form.name %}", Own({}))


def test_a_correct_form_has_no_summary() -> None:
    assert "govuk-error-summary" not in draw("{% error_summary form %}", Sample())
