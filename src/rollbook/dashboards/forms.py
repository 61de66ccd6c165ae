"""What the district's forms look like. Shape only; the verbs decide."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django import forms

from rollbook.districts.models import Role
from rollbook.runs.models import PairKind, PairVerdict

_LONGEST_REASON = 1_000


class UploadForm(forms.Form):
    """One delivery, of one source of those that the district has."""

    source = forms.ChoiceField(
        error_messages={
            "required": "Choose the source that this file comes from.",
            "invalid_choice": "This source is not there any more. Load the page again.",
        }
    )
    file = forms.FileField(
        error_messages={
            "required": "Choose the ZIP file of the export first.",
            "empty": "This file is empty. Export it again and choose the new one.",
        }
    )

    def __init__(self, *args: Any, sources: Collection[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(sources) > 1:
            numbers = [(str(number), str(number)) for number in sources]
            cast("forms.ChoiceField", self.fields["source"]).choices = numbers
        else:
            del self.fields["source"]


class IdsForm(forms.Form):
    """A person's word about ids: those that are ticked, or all certain ones of a kind.

    `which` says of the latter how many there were and the newest run that had found one.
    """

    verdict = forms.ChoiceField(
        choices=[(verdict, verdict.label) for verdict in PairVerdict if verdict],
        error_messages={"required": "Say whether they are the same or two different ones."},
    )
    reason = forms.CharField(
        max_length=_LONGEST_REASON,
        error_messages={"required": "Say why, in a sentence. It stays with the decision."},
    )
    which = forms.RegexField(
        rf"^(ticked|({'|'.join(PairKind)}):\d{{1,9}}:\d{{1,9}})\Z",
        error_messages={
            "required": "Say which ids you decide about.",
            "invalid": "Say which ids you decide about.",
        },
    )


class DecisionForm(forms.Form):
    """A person's word about a held run. `digest` says which change set the person has read."""

    reason = forms.CharField(
        max_length=_LONGEST_REASON,
        error_messages={"required": "Say why, in a sentence. It stays with the run."},
    )
    digest = forms.CharField(max_length=64, required=False)
    removals_wait = forms.BooleanField(required=False)


class PersonForm(forms.Form):
    """Somebody who shall work in the district."""

    email = forms.EmailField(
        max_length=254,
        error_messages={"required": "Write the e-mail address the person signs in with."},
    )
    role = forms.ChoiceField(choices=Role.choices, initial=Role.READ_ONLY)


class RoleForm(forms.Form):
    """Another role for somebody."""

    role = forms.ChoiceField(choices=Role.choices)


class CompareForm(forms.Form):
    """Two published runs."""

    before = forms.IntegerField(
        min_value=1, error_messages={"required": "Choose the run that is looked at first."}
    )
    after = forms.IntegerField(
        min_value=1, error_messages={"required": "Choose the run that is compared with it."}
    )


class RecordForm(forms.Form):
    """A record by one of its ids."""

    record = forms.CharField(
        max_length=255, error_messages={"required": "Write the id of the record."}
    )


class RestoreForm(forms.Form):
    """What is restored, and why."""

    school = forms.CharField(max_length=255, required=False)
    reason = forms.CharField(
        max_length=_LONGEST_REASON,
        error_messages={"required": "Say why, in a sentence. It stays with the run."},
    )


class ErasureForm(forms.Form):
    """Whom to erase, and why. The box is what keeps it from happening by accident."""

    person = forms.CharField(
        max_length=255, error_messages={"required": "Write one of the person's ids."}
    )
    reason = forms.CharField(
        max_length=_LONGEST_REASON,
        error_messages={"required": "Say why, without the person's name. It stays in the log."},
    )
    is_sure = forms.BooleanField(
        error_messages={"required": "Tick the box: this cannot be undone."}
    )
