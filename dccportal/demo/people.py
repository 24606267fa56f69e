"""Made-up organisations and people of the trial. None of them exists."""

from dataclasses import dataclass, field
from datetime import date

from parties.states import Purpose, Role, Standing

# Shown on the sign-in page of the trial, which only answers on this machine.
PASSWORD = "trial-only-password"  # noqa: S105  says so itself
# Marks each stored copy of that password, so that production can find and refuse it.
SALT = "OfTheDemoWorldNeverForProduction"
PRIYA = "priya.nair@brightmoor.example"
TOM = "tom.ashworth@brightmoor.example"
OWEN = "owen.pryce@brightmoor.example"
RUTH = "ruth.adeyemi@calderwye.example"
HELEN = "helen.marsh@fenland.example"
GARETH = "gareth.lloyd@severnreg.example"
MARTIN = "martin.oakes@fenlandnetworks.example"
GRACE = "grace.okafor@dcc.example"
MINA = "mina.sayeed@dcc.example"
LIAM = "liam.doyle@gamma.example"
SUBMIT, AUTHORISE = Purpose.SUBMIT, Purpose.AUTHORISE
INVOICES = Purpose.BILLING


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    what: str
    purposes: tuple[Purpose, ...] = ()
    role: str = ""


@dataclass(frozen=True)
class Organisation:
    name: str
    standings: tuple[Standing, ...]
    since: date
    address: str
    people: tuple[Person, ...]
    sites: dict[str, dict[str, str]] = field(default_factory=dict)


def site(
    name: str, street: str, town: str, postcode: str, owner: str
) -> dict[str, str]:
    return {
        "name": name,
        "street": street,
        "town": town,
        "postcode": postcode,
        "owner": owner,
    }


BRIGHTMOOR = Organisation(
    "Brightmoor Energy Ltd",
    (Standing.SEC_PARTY,),
    date(2016, 2, 4),
    "Brightmoor House, 12 Canal Street, Nottingham NG97 1QX",
    (
        Person(
            "Priya Nair",
            "priya.nair@brightmoor.example",
            "Brightmoor Energy, may submit and authorise",
            (SUBMIT, AUTHORISE),
        ),
        Person(
            "Tom Ashworth",
            "tom.ashworth@brightmoor.example",
            "Brightmoor Energy, may submit",
            (SUBMIT,),
        ),
        Person(
            "Owen Pryce",
            "owen.pryce@brightmoor.example",
            "Brightmoor Energy, may authorise",
            (AUTHORISE,),
        ),
        Person(
            "Nia Bevan",
            "nia.bevan@brightmoor.example",
            "Brightmoor Energy, may only read and is sent the invoices",
            (INVOICES,),
        ),
    ),
    {
        "thornby": site("Thornby Park", "Unit 4, Thornby Way", "Derby", "DE97 4QX", ""),
        "dock": site("Dock Lane", "9 Dock Lane", "Hull", "HU97 2QX", "Humber Hosting"),
        "kelham": site("Kelham Way", "31 Kelham Way", "Nottingham", "NG97 8QX", ""),
    },
)
CALDER = Organisation(
    "Calder and Wye Networks plc",
    (Standing.SEC_PARTY,),
    date(2016, 2, 4),
    "Wye Court, 2 Market Place, Wakefield WF97 1QX",
    (
        Person(
            "Ruth Adeyemi",
            "ruth.adeyemi@calderwye.example",
            "Calder and Wye Networks, may submit; nobody may authorise",
            (SUBMIT,),
        ),
    ),
    {
        "ings": site(
            "Ings Road",
            "Ings Road data centre",
            "Wakefield",
            "WF97 3QX",
            "Holme Estates",
        ),
    },
)
FENLAND = Organisation(
    "Fenland Power Ltd",
    (Standing.SEC_PARTY,),
    date(2018, 5, 1),
    "The Maltings, Broad Street, Ely CB97 4QX",
    (
        Person(
            "Helen Marsh",
            "helen.marsh@fenland.example",
            "Fenland Power, may submit and authorise",
            (SUBMIT, AUTHORISE),
        ),
    ),
    {
        "ely": site("Broad Fen", "7 Station Approach", "Ely", "CB97 5QX", ""),
        "lynn": site("Purfleet Quay", "1 Purfleet Quay", "Lynn", "PE97 1QX", ""),
    },
)
SEVERN = Organisation(
    "Severn Registration Services",
    (Standing.RDP,),
    date(2015, 9, 1),
    "Bridge House, 40 Quay Street, Bristol BS97 1QX",
    (
        Person(
            "Gareth Lloyd",
            "gareth.lloyd@severnreg.example",
            "Registration Data Provider, may submit and authorise",
            (SUBMIT, AUTHORISE),
        ),
    ),
    {
        "reach": site("Severn Reach", "3 Estuary Road", "Bristol", "BS97 7QX", ""),
        "quay": site("Quay Street", "40 Quay Street", "Bristol", "BS97 1QX", ""),
    },
)
FENLAND_NETWORKS = Organisation(
    "Fenland Networks Ltd",
    (Standing.SEC_PARTY, Standing.RDP),
    date(2018, 5, 1),
    "Causeway House, 2 Bridge Street, Ely CB97 6QX",
    (
        Person(
            "Martin Oakes",
            "martin.oakes@fenlandnetworks.example",
            "Fenland Networks, SEC Party and RDP, may submit and authorise",
            (SUBMIT, AUTHORISE),
        ),
    ),
    {
        "cross": site("Witch Cross", "5 Fen Causeway", "March", "PE97 3QX", ""),
    },
)
ORGANISATIONS = (BRIGHTMOOR, CALDER, FENLAND, SEVERN)
# Registered so many days ago, and not confirmed since: a year and some days.
REGISTERED_AGO = {CALDER.name: 410, FENLAND.name: 380}
OPERATOR = Person(
    "Daniel Whitlock",
    "daniel.whitlock@dcc.example",
    "DCC Operations: checks, quotes, verifies",
    role=Role.OPERATIONS,
)
STAFF = (
    OPERATOR,
    Person(
        "Grace Okafor",
        "grace.okafor@dcc.example",
        "DCC Service Desk: questions, people, nominations",
        role=Role.SERVICE_DESK,
    ),
    Person(
        "Mina Sayeed",
        MINA,
        "DCC Billing: charges",
        role=Role.BILLING,
    ),
    Person(
        "Liam Doyle",
        LIAM,
        "Gamma, the installer: visits and equipment",
        role=Role.INSTALLER,
    ),
    Person(
        "Asha Rao",
        "asha.rao@cgi.example",
        "CGI, the configurer: routers and sessions",
        role=Role.CONFIGURER,
    ),
    Person(
        "Edwin Marlow",
        "edwin.marlow@dcc.example",
        "DCC’s auditor: reads everything, changes nothing",
        role=Role.AUDITOR,
    ),
)
SIGN_INS = [
    {"name": person.name, "email": person.email, "what": person.what}
    for group in (
        *(each.people for each in (*ORGANISATIONS, FENLAND_NETWORKS)),
        STAFF,
    )
    for person in group
]
