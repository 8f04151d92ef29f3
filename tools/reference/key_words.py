"""The headings under which the page of the language tells the shapes of a playbook file."""

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
        "BulletinFile": "Bulletins of a step",
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
        "ObjectiveFile": "An objective",
        "CountsFile": "Numbers that must be the same",
        "AtLevelFile": "Asking for the level of a ladder",
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
