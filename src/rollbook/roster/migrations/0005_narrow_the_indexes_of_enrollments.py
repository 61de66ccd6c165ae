"""Find enrollments by class and user alone: equal keys are kept once, so the indexes are small."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Source: measured in docs/decisions/0007."""

    dependencies = (("roster", "0004_tell_whose_records_are_stale"),)
    operations = (
        migrations.RemoveIndex(model_name="enrollment", name="enrollment_by_class"),
        migrations.RemoveIndex(model_name="enrollment", name="enrollment_by_user"),
        migrations.AddIndex(
            model_name="enrollment",
            index=models.Index("district_id", "class_served_id", name="enrollment_of_class"),
        ),
        migrations.AddIndex(
            model_name="enrollment",
            index=models.Index("district_id", "user_served_id", name="enrollment_of_user"),
        ),
    )
