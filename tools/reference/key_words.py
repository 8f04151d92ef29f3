"""Headings and meanings for the keys of a playbook that the schema itself leaves without words."""

from collections.abc import Mapping
from types import MappingProxyType

# In the order in which the page tells them.
HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "PlaybookFile": "The file",
        "WordsFile": "Words",
        "LeadFile": "The lead",
        "AttributeFile": "An attribute",
        "OccasionFile": "An occasion",
        "RungFile": "A rung of a ladder",
        "ProfileFile": "A channel profile",
        "FormFile": "A form",
        "FieldFile": "A field",
        "PhaseFile": "A phase",
        "StepFile": "A step",
        "GateFile": "A consent gate",
        "CalendarFile": "A calendar rule",
        "ExpectAnswerFile": "Expecting an answer",
        "ExpectDecisionFile": "Expecting a decision",
        "DecisionFile": "A decision",
        "OptionFile": "An option",
        "ExpectSignOffFile": "Expecting a sign-off",
        "SignOffFile": "A sign-off",
        "ExpectBothFile": "Expecting the word of two sides",
        "AttributeTestFile": "Comparing an attribute",
        "ComparisonFile": "A comparison",
        "DecidedFile": "Asking for a decision",
        "AllFile": "All of",
        "AnyFile": "Any of",
        "StandDownFile": "The stand-down",
        "BindingFile": "A binding",
        "OverlayFile": "An overlay",
        "StepChangeFile": "A changed step",
        "AddedStepFile": "An added step",
        "ProfileChangeFile": "A changed profile",
        "FormChangeFile": "A changed form",
    }
)

# The file that each schema describes.
ROOTS = ("PlaybookFile", "OverlayFile")

# Shapes whose keys mean what they mean in another shape.
LIKE: Mapping[str, str] = MappingProxyType(
    {
        "OverlayFile": "PlaybookFile",
        "StepChangeFile": "StepFile",
        "AddedStepFile": "StepFile",
        "ProfileChangeFile": "ProfileFile",
        "FormChangeFile": "FormFile",
    }
)

MEANINGS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("PlaybookFile", "id"): "The file's name without `.yaml`.",
        ("PlaybookFile", "version"): "Three numbers, such as `1.0.0`.",
        ("PlaybookFile", "kind"): "What it is for.",
        ("PlaybookFile", "title"): "What people call it.",
        ("PlaybookFile", "region"): (
            'Where it holds: an official key (AGS) of 2, 5 or 8 digits in quotes, `"00"` for the'
            " federation."
        ),
        ("PlaybookFile", "lead"): "Who leads. Exactly one.",
        ("PlaybookFile", "attributes"): "Facts about the incident, by their ids.",
        ("PlaybookFile", "ladders"): "Ladders, by their ids.",
        ("PlaybookFile", "profiles"): "Channel profiles, by their ids.",
        ("PlaybookFile", "forms"): "Forms, by their ids.",
        ("PlaybookFile", "phases"): "What is done, in order.",
        ("PlaybookFile", "stand_down"): "The last message, for false alarms and for the end.",
        ("LeadFile", "role"): "The role that leads.",
        ("LeadFile", "handover"): "How the lead is handed over, in a sentence.",
        ("AttributeFile", "kind"): (
            "`tristate` is yes, no or unknown; a `count` keeps every value with its source."
        ),
        ("AttributeFile", "label"): "What people call it.",
        ("RungFile", "after"): "How long after the first attempt.",
        ("RungFile", "then"): (
            "What happens: the same function over its next channel, its deputy, its superior,"
            " or a task for the lead."
        ),
        ("ProfileFile", "title"): "What people call it.",
        ("ProfileFile", "order"): "The order of channels.",
        ("FormFile", "title"): "The form's heading.",
        ("FormFile", "fields"): "The questions, by their ids, in order.",
        ("FieldFile", "kind"): (
            "`band` is a rough number, `needs` a table of needs; `text` is scanned for personal"
            " data before it is stored."
        ),
        ("FieldFile", "label"): "The question.",
        ("FieldFile", "hint"): "A line below the question.",
        ("FieldFile", "required"): "Whether it must be answered.",
        ("FieldFile", "max_length"): "The longest text that is taken, in characters.",
        ("PhaseFile", "id"): "The phase's id.",
        ("PhaseFile", "title"): "What people call it.",
        ("PhaseFile", "benefit"): "What those affected gain, in one plain sentence.",
        ("PhaseFile", "steps"): "The steps.",
        ("OccasionFile", "title"): "What people call it.",
        ("StepFile", "id"): "Short, as said on the telephone: `A10`.",
        ("StepFile", "title"): "What is asked, in a few words.",
        ("StepFile", "start"): (
            "When it begins: `T0`, `T0+90m`, `after A04`, `30m after A04`,"
            " `after any of A02, A03, latest T0+30m`, `with A01`."
        ),
        ("StepFile", "expect"): "What counts as an answer.",
        ("StepFile", "mandatory"): (
            "`always`; `if-true`: if its condition holds; `optional`. What is binding needs"
            " `within` and `escalate`."
        ),
        ("StepFile", "tlp"): "A channel that cannot carry this label is not used for the text.",
        ("DecisionFile", "options"): "The ways it can come out, by their ids; two or more.",
        ("OptionFile", "label"): "What the button says.",
        ("ExpectDecisionFile", "decision"): "What is decided.",
        ("ExpectSignOffFile", "sign_off"): "What happens once all have signed.",
        ("DecidedFile", "decided"): "Step: option, or a list of options.",
        ("AllFile", "all"): "The parts.",
        ("AnyFile", "any"): "The parts.",
        ("StandDownFile", "id"): "Its id, as of a step.",
        ("StandDownFile", "title"): "What people call it.",
        ("StandDownFile", "within"): "The deadline for the answer.",
        ("StandDownFile", "escalate"): "The ladder while nobody answers.",
        ("StandDownFile", "basis"): "The clauses that found it.",
        ("StandDownFile", "benefit"): "What those affected gain.",
        ("StandDownFile", "message"): "The text.",
    }
)
