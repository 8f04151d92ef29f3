"""The competences of the controlled list (`partners.md` §2.1), as people read them."""

from collections.abc import Mapping
from types import MappingProxyType

from crisis.core.words import Words


def _w(de: str, en: str) -> Words:
    return Words(de=de, en=en)


COMPETENCES: Mapping[str, Words] = MappingProxyType(
    {
        "seelsorge": _w("Seelsorge", "Pastoral care"),
        "schulung": _w("Schulung", "Training"),
        "vernetzung": _w("Vernetzung", "Bringing partners together"),
        "lage.melden": _w("Lage melden", "Report the situation"),
        "lage.entscheiden": _w("Über die Lage entscheiden", "Decide on the situation"),
        "alarmierung.psnv": _w("PSNV alarmieren", "Alert psychosocial acute help"),
        "koordination.land": _w("Koordination im Land", "Coordination in the Land"),
        "koordination.bund": _w("Koordination im Bund", "Federal coordination"),
        "koordination.kommune": _w("Koordination in der Kommune", "Local coordination"),
        "koordination.unfallversicherung": _w(
            "Koordination der Unfallversicherung", "Coordination of accident insurers"
        ),
        "betroffene.erstkontakt": _w(
            "Erster Kontakt zu Betroffenen", "First contact with those affected"
        ),
        "betroffene.proaktiv_anschreiben": _w(
            "Betroffene von sich aus anschreiben", "Write to those affected unasked"
        ),
        "betroffene.einwilligung_einholen": _w("Einwilligungen einholen", "Ask for consent"),
        "betroffene.todesnachricht": _w("Todesnachricht überbringen", "Deliver news of a death"),
        "auskunft.vermisste": _w("Auskunft über Vermisste", "Information about the missing"),
        "auskunft.verstorbene": _w("Auskunft über Verstorbene", "Information about the dead"),
        "akuthilfe.psychosozial": _w("Psychosoziale Akuthilfe", "Psychosocial acute help"),
        "akuthilfe.einsatzkraefte": _w(
            "Akuthilfe für Einsatzkräfte", "Acute help for emergency staff"
        ),
        "beratung.opferhilfe": _w("Beratung der Opferhilfe", "Victim support counselling"),
        "beratung.opferhilfe_mh": _w(
            "Fachberatung gegen Menschenhandel", "Counselling against trafficking"
        ),
        "beratung.rechte_gewalt": _w(
            "Beratung nach rechter Gewalt", "Counselling after right-wing violence"
        ),
        "beratung.telefon": _w("Beratung am Telefon", "Counselling by telephone"),
        "begleitung.behoerden": _w("Begleitung zu Behörden", "Accompaniment to authorities"),
        "begleitung.prozess": _w("Begleitung im Strafverfahren", "Accompaniment in court"),
        "therapie.trauma_akut": _w("Trauma-Akuttherapie", "Acute trauma therapy"),
        "leistung.soziale_entschaedigung": _w("Soziale Entschädigung", "Social compensation"),
        "leistung.fallmanagement": _w("Fallmanagement", "Case management"),
        "leistung.haerte": _w("Härteleistungen", "Hardship payments"),
        "leistung.unfallversicherung": _w(
            "Leistungen der Unfallversicherung", "Benefits of accident insurance"
        ),
        "leistung.verkehrsopfer": _w("Hilfe für Verkehrsopfer", "Help for traffic victims"),
        "leistung.soforthilfe_verein": _w("Soforthilfe", "Immediate financial help"),
        "verfahren.ermittlung": _w("Ermittlung", "Investigation"),
        "verfahren.information_verletzte": _w(
            "Verletzte über das Verfahren informieren", "Inform the injured about proceedings"
        ),
        "verfahren.gefaehrdungsbewertung": _w("Gefährdungsbewertung", "Threat assessment"),
        "verfahren.opferschutz_polizei": _w(
            "Opferschutz der Polizei", "Victim protection by the police"
        ),
        "identifizierung.mh": _w(
            "Betroffene von Menschenhandel erkennen", "Identify victims of trafficking"
        ),
        "unterbringung.schutz": _w("Geschützte Unterbringung", "Safe accommodation"),
        "aufenthalt.bedenkfrist": _w("Bedenkfrist", "Reflection period"),
        "kinder.inobhutnahme": _w("Kinder in Obhut nehmen", "Take children into care"),
        "kinder.beratung": _w("Beratung für Kinder", "Counselling for children"),
        "schule.krisenteam": _w("Krisenteam der Schule", "School crisis team"),
        "medizin.behandlung": _w("Medizinische Behandlung", "Medical treatment"),
        "medizin.sozialdienst": _w("Sozialdienst im Krankenhaus", "Hospital social service"),
        "konsular.inland": _w(
            "Hilfe im Inland nach Ereignissen im Ausland", "Help at home after events abroad"
        ),
        "konsular.ausland": _w("Konsularische Hilfe im Ausland", "Consular help abroad"),
        "oeffentlichkeit.presse": _w("Presse", "Press"),
        "oeffentlichkeit.hotline": _w("Beratungstelefon betreiben", "Run a helpline"),
        "oeffentlichkeit.webinfo": _w("Informationen im Netz", "Information on the web"),
        "sprache.dolmetschen": _w("Dolmetschen", "Interpreting"),
        "gedenken.organisieren": _w("Gedenken ausrichten", "Organise remembrance"),
        "beschwerde.annehmen": _w("Beschwerden annehmen", "Take complaints"),
    }
)
