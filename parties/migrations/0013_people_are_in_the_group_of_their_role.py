from django.db import migrations, models

GROUPS = {
    "operations": "DCC Operations",
    "service_desk": "Service Desk",
    "billing": "DCC Billing",
    "installer": "Gateway Connection Provider",
    "configurer": "Data Service Provider",
    "auditor": "Auditor",
}


def join_groups(apps, schema_editor):
    """Put everybody with a role into its group.

    What each group may do is set after the migrations, once Django has made the
    permissions: see parties/groups.py.
    """
    groups = apps.get_model("auth", "Group").objects
    people = apps.get_model("parties", "User").objects
    for role, name in GROUPS.items():
        group, _ = groups.get_or_create(name=name)
        group.user_set.set(people.filter(role=role))


def leave_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS.values()).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0012_parties_have_an_identifier_under_the_code"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="user",
            options={
                "ordering": ["name"],
                "permissions": [
                    ("read_everything", "May read every order, with its prices"),
                    ("read_passed_on", "May read what is passed to a supplier"),
                    ("check_forms", "May check whether a form is complete"),
                    ("review_sites", "May review a site at the desk"),
                    ("quote", "May prepare, issue and withdraw a quotation"),
                    ("verify_authorities", "May verify an authority to proceed"),
                    ("renew", "May price a renewal and a change"),
                    ("complete", "May record that an installation is complete"),
                    ("edit_prices", "May change price lists"),
                    ("publish_guidance", "May publish the guidance"),
                    ("receive_forms", "May key in what came on paper"),
                    ("clarify", "May ask and answer about a form"),
                    ("edit_contacts", "May change people, nominations and sign-ins"),
                    ("bill", "May correct charges and record payments"),
                    ("export_charges", "May export charges"),
                    ("work_on_site", "May record surveys, visits and equipment"),
                    ("configure", "May configure routers and sessions"),
                ],
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.AlterField(
            model_name="user",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("operations", "DCC Operations"),
                    ("service_desk", "Service Desk"),
                    ("billing", "DCC Billing"),
                    ("installer", "Gateway Connection Provider"),
                    ("configurer", "Data Service Provider"),
                    ("auditor", "Auditor"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(join_groups, leave_groups),
    ]
