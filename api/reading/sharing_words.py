"""The words in which a sharing is told: to the client as "you", to others about the client."""

from __future__ import annotations

from typing import NamedTuple

from domain.language import Text, verbatim


class Said(NamedTuple):
    """One sentence, to the client and to others."""

    client: Text
    others: Text

    def to(self, *, client: bool) -> Text:
        """Give it as it is said to the client, or to somebody else."""
        return self.client if client else self.others


def alike(text: Text) -> Said:
    """Say the same to everybody."""
    return Said(text, text)


NOTHING = alike(verbatim(""))
TEAM = Said(
    Text("{who} hoort bij je team.", "{who} is on your team."),
    Text("{who} hoort bij het team.", "{who} is on the team."),
)
STOPPED = Said(
    Text(
        "{who} staat nog bij je team, maar werkt daar nu niet en ziet niets.",
        "{who} is still noted on your team, but does not work there now and sees nothing.",
    ),
    Text(
        "{who} staat nog bij het team, maar werkt daar nu niet en ziet niets.",
        "{who} is still noted on the team, but does not work there now and sees nothing.",
    ),
)
SENT = Said(
    Text(
        "Je stuurde {who} één notitie. Die ziet {who}, en verder niets van die soort.",
        "You sent {who} one entry. {who} sees that one, and nothing else of its kind.",
    ),
    Text(
        "De cliënt stuurde {who} één notitie. Die ziet {who}, en verder niets van die soort.",
        "The client sent {who} one entry. {who} sees that one, and nothing else of its kind.",
    ),
)
YES = Said(
    Text(
        "Je zei op {on} ja tegen {by}. {who} ziet daarom één notitie, en verder niets van die "
        "soort.",
        "You said yes to {by} on {on}. So {who} sees one entry, and nothing else of its kind.",
    ),
    Text(
        "De cliënt zei op {on} ja tegen {by}. {who} ziet daarom één notitie, en verder niets van "
        "die soort.",
        "The client said yes to {by} on {on}. So {who} sees one entry, and nothing else of its "
        "kind.",
    ),
)
SENT_STOPS = Said(
    Text(
        "Je kunt dit elke dag stoppen. Dan ziet {who} de notitie meteen niet meer, en krijgt daar "
        "geen bericht van.",
        "You can stop this any day. Then {who} no longer sees the entry, and gets no message about "
        "it.",
    ),
    Text(
        "De cliënt kan dit elke dag stoppen. Dan ziet {who} de notitie meteen niet meer, en krijgt "
        "daar geen bericht van.",
        "The client can stop this any day. Then {who} no longer sees the entry, and gets no "
        "message about it.",
    ),
)
SENT_AWAY = Said(
    Text(
        "Eén notitie was voor {who}. {who} heeft nu niets met je dossier te maken en ziet die "
        "niet.",
        "One entry was for {who}. {who} has nothing to do with your file now and does not see it.",
    ),
    Text(
        "Eén notitie was voor {who}. {who} heeft nu niets met het dossier te maken en ziet die "
        "niet.",
        "One entry was for {who}. {who} has nothing to do with the file now and does not see it.",
    ),
)
COVER = Said(
    Text("{who} vervangt je jobcoach.", "{who} stands in for your job coach."),
    Text("{who} vervangt de jobcoach.", "{who} stands in for the job coach."),
)
TALK = Said(
    Text(
        "Wil je dit niet meer? Bespreek het met je jobcoach.",
        "Do you no longer want this? Talk it over with your job coach.",
    ),
    Text(
        "Wil de cliënt dit niet meer? Bespreek het dan samen.",
        "Does the client no longer want this? Then talk it over together.",
    ),
)
ANY_TIME = Said(
    Text(
        "Je kunt dit elke dag stoppen. Dan ziet {who} meteen niets meer, ook niet wat al gedeeld "
        "was.",
        "You can stop this any day. Then {who} sees nothing any more, also not what was shared "
        "before.",
    ),
    Text(
        "De cliënt kan dit elke dag stoppen. Dan ziet {who} meteen niets meer, ook niet wat al "
        "gedeeld was.",
        "The client can stop this any day. Then {who} sees nothing any more, also not what was "
        "shared before.",
    ),
)
SILENT = Said(
    Text(
        "Je kunt dit elke dag stoppen of veranderen. {who} krijgt daar geen bericht van.",
        "You can stop or change this any day. {who} gets no message about it.",
    ),
    Text(
        "De cliënt kan dit elke dag stoppen of veranderen. {who} krijgt daar geen bericht van.",
        "The client can stop or change this any day. {who} gets no message about it.",
    ),
)
DECIDED = Said(
    Text(
        "Dit is elders besloten. Je jobcoach noteert het als het voorbij is.",
        "This was decided elsewhere. Your job coach notes it when it is over.",
    ),
    Text(
        "Dit is elders besloten. De jobcoach noteert het als het voorbij is.",
        "This was decided elsewhere. The job coach notes it when it is over.",
    ),
)
WORK = alike(
    Text(
        "Dit hoort bij het werk. Stopt het werk, dan ziet {who} alleen nog dat het stopte.",
        "This belongs to the work. When the work ends, {who} sees only that it ended.",
    )
)
OF_WORK = Said(
    Text(
        "{who} ziet van je werk daar wat er is afgesproken, en niets over je gezondheid.",
        "{who} sees what was agreed about your work there, and nothing about your health.",
    ),
    Text(
        "{who} ziet van het werk daar wat er is afgesproken, en niets over gezondheid.",
        "{who} sees what was agreed about the work there, and nothing about health.",
    ),
)
SAMPLE = Said(
    Text(
        "Een auditor leest je dossier in een steekproef, zonder je naam. Wat over je steun is "
        "opgeschreven, leest die alleen als jij dat goedvindt.",
        "An auditor reads your file in a sample, without your name. What was written about your "
        "support they read only if you allow it.",
    ),
    Text(
        "Een auditor leest het dossier in een steekproef, zonder namen. Wat over de steun is "
        "opgeschreven, leest die alleen als de cliënt dat goedvindt.",
        "An auditor reads the file in a sample, without names. What was written about the support "
        "they read only if the client allows it.",
    ),
)
LED = Said(
    Text(
        "De teamleider van {who} ziet een korte samenvatting, zonder wat je zelf schreef.",
        "The team lead of {who} sees a short summary, without what you wrote yourself.",
    ),
    Text(
        "De teamleider van {who} ziet een korte samenvatting, zonder wat de cliënt zelf schreef.",
        "The team lead of {who} sees a short summary, without what the client wrote.",
    ),
)
GUARDED = alike(
    Text(
        "De privacyfunctionaris van {who} ziet wie wat mag lezen. De rest ziet die zonder namen.",
        "The privacy officer of {who} sees who may read what, and all else without names.",
    )
)
INVITED = Said(
    Text("Je vroeg {who} om mee te doen: {share}.", "You asked {who} to take part: {share}."),
    Text(
        "De cliënt vroeg {who} om mee te doen: {share}.",
        "The client asked {who} to take part: {share}.",
    ),
)
PERMITTED = Said(
    Text("Je geeft {who} toestemming.", "You give {who} permission."),
    Text("De cliënt geeft {who} toestemming.", "The client gives {who} permission."),
)
TOLD = Said(
    Text(
        "{who} mag horen wat jullie afspraken. Wie vertelt het: {by}. "
        "Het staat niet in wat de werkgever hier leest.",
        "{who} may hear what was agreed. Who tells it: {by}. "
        "It is not in what the employer reads here.",
    ),
    Text(
        "{who} mag horen wat er is afgesproken. Wie vertelt het: {by}. "
        "Het staat niet in wat de werkgever hier leest.",
        "{who} may hear what was agreed. Who tells it: {by}. "
        "It is not in what the employer reads here.",
    ),
)
STAYS_TOLD = Said(
    Text(
        "Je kunt dit elke dag stoppen. Wat al verteld is, blijft verteld.",
        "You can stop this any day. What was told stays told.",
    ),
    Text(
        "De cliënt kan dit elke dag stoppen. Wat al verteld is, blijft verteld.",
        "The client can stop this any day. What was told stays told.",
    ),
)
REPRESENTED = Said(
    Text("{who} vertegenwoordigt je ({kind}).", "{who} represents you ({kind})."),
    Text("{who} vertegenwoordigt de cliënt ({kind}).", "{who} represents the client ({kind})."),
)
