"""Each role as a group of Django's, with exactly what the specification lets it do.

The role on a person's own row is what the policies ask. The groups say the same in
Django's own tables, for whoever reads or audits those: a test holds the two together.
"""

from django.contrib.auth.models import Group, Permission

from parties.states import Act, Role

DESK = frozenset(
    {Act.READ_EVERYTHING, Act.RECEIVE_FORMS, Act.CLARIFY, Act.EDIT_CONTACTS}
)
BILLING = frozenset({Act.READ_EVERYTHING, Act.BILL, Act.EXPORT_CHARGES})
INSTALLER = frozenset({Act.READ_PASSED_ON, Act.WORK_ON_SITE, Act.COMPLETE})
CONFIGURER = frozenset({Act.READ_PASSED_ON, Act.CONFIGURE})
# Operations can do all that the others do: it answers for them.
OPERATIONS = frozenset(Act) - {Act.READ_PASSED_ON}
ACTS: dict[Role, frozenset[Act]] = {
    Role.OPERATIONS: OPERATIONS,
    Role.SERVICE_DESK: DESK,
    Role.BILLING: BILLING,
    Role.INSTALLER: INSTALLER,
    Role.CONFIGURER: CONFIGURER,
    # Takes away what it reads, and changes nothing.
    Role.AUDITOR: frozenset({Act.READ_EVERYTHING, Act.EXPORT_CHARGES}),
}


def set_up_groups(**kwargs: object) -> None:
    """Give each role its group and each group its acts, whatever stood there before.

    It follows each migration, since Django makes the permissions only then.
    """
    known = Permission.objects.filter(
        content_type__app_label="parties", content_type__model="user"
    )
    acts = {row.codename: row for row in known}
    groups = {row.name: row for row in Group.objects.prefetch_related("permissions")}
    for role, permitted in ACTS.items():
        group = groups.get(role.label)
        if group is None:
            group = Group.objects.create(name=role.label)
        held = {row.codename for row in group.permissions.all()}
        if held != permitted:
            group.permissions.set(acts[act] for act in permitted)
