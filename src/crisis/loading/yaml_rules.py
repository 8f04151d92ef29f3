"""Why each rule about the form of a YAML file exists (codes `YA…` and `SH…`)."""

YAML_RULES: dict[str, str] = {
    "YA001": (
        "The file cannot be read at all: it is missing, a folder, or not permitted to this user."
    ),
    "YA002": (
        "Files are at most 2 MB and 100,000 values, of which 20,000 are mappings, and each list"
        " and mapping has at most 10,000 entries. "
        "A playbook that large is a mistake or an attack; nobody could read it aloud."
    ),
    "YA003": (
        "Files are UTF-8 without a byte order mark. Other encodings turn umlauts into "
        "something else on the way, and nobody sees it until the message is out."
    ),
    "YA004": (
        "Control characters cannot be seen, so a reviewer cannot check them; they are refused."
    ),
    "YA005": (
        "A tab has no fixed width, so what looks aligned may belong to another step. "
        "YAML forbids tabs for indentation; write spaces."
    ),
    "YA006": "The file is not valid YAML, so nothing in it can be trusted until that is mended.",
    "YA007": (
        "Anchors and aliases (`&x`, `*x`) make one place change another out of sight, and a few "
        "of them can unfold into gigabytes. Write the value out."
    ),
    "YA008": (
        "Tags (`!x`, `!!python/…`) ask the program to build something other than plain data. "
        "No file needs one."
    ),
    "YA009": (
        "One file is one document. What stands after a second `---` would be overlooked by "
        "half of all readers."
    ),
    "YA010": (
        "More than 50 levels of nesting cannot be read by people and exhaust programs. "
        "Nothing in this house needs more than ten."
    ),
    "YA011": (
        "When a key stands twice, most programs silently take the last one. "
        "A deadline that counts must not depend on that."
    ),
    "YA012": "Keys are plain words; lists, mappings and empty keys cannot be looked up.",
    "YA013": "The file holds nothing, or something other than `key: value` lines at its top.",
    "SH001": (
        "A key that nobody reads is an instruction that nobody follows. Unknown keys are "
        "refused, so that a slip of the finger cannot switch off a deadline."
    ),
    "SH002": "The entry cannot be understood without this key, so it has to be there.",
    "SH003": (
        "The value is of the wrong kind, for example a list where a word belongs. Values are "
        "never bent into shape: `no`, `012` and `1:30` stay the texts that were written."
    ),
    "SH004": "The value is of the right kind, but not one of those that are possible here.",
}
