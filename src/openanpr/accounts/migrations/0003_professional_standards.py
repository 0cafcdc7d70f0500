"""The role of professional standards."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_enrolment"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="roleheld",
            name="role_held_role_known",
        ),
        migrations.AlterField(
            model_name="roleheld",
            name="role",
            field=models.CharField(
                choices=[
                    ("alert-user", "Alert user"),
                    ("searcher", "Searcher"),
                    ("analyst", "Analyst"),
                    ("list-manager", "List manager"),
                    ("authoriser", "Authoriser"),
                    ("system-manager", "System manager"),
                    ("auditor", "Auditor"),
                    ("data-protection-officer", "Data protection officer"),
                    ("camera-manager", "Camera manager"),
                    ("rights-officer", "Rights officer"),
                    ("accuracy-checker", "Accuracy checker"),
                    ("professional-standards", "Professional standards"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="roleheld",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "alert-user",
                            "searcher",
                            "analyst",
                            "list-manager",
                            "authoriser",
                            "system-manager",
                            "auditor",
                            "data-protection-officer",
                            "camera-manager",
                            "rights-officer",
                            "accuracy-checker",
                            "professional-standards",
                        ],
                    )
                ),
                name="role_held_role_known",
            ),
        ),
    ]
