"""Why each rule about the file of providers exists (codes `PV…`)."""

PROVIDERS_RULES: dict[str, str] = {
    "PV001": (
        "An id names one provider. With two of one id nobody can say which of them carried a "
        "message, and limits and failures of the two would be counted as one."
    ),
    "PV002": (
        "A second provider is there for the night in which the first one fails. Two entries "
        "with one address fail together, and a limit that is set twice is no limit."
    ),
    "PV003": (
        "A limit of zero lets nothing through, and messages would wait for ever without "
        "anybody having decided that. To do without a limit, leave `limits` out; to switch a "
        "provider off, leave the provider out."
    ),
    "PV004": (
        "Passwords and tokens stand in the environment, not in the file. A variable that is "
        "not set would become an empty password, and the provider would refuse every message."
    ),
    "PV005": (
        "A provider is reached by a URL: `mailtos://` for a relay, `https://` for an SMS "
        "gateway. A recipient in it would get every message of the house."
    ),
    "PV006": (
        "A region is a mail domain (`partner.example`) or the beginning of a number with its "
        "country code (`+49`), or `*` for all. Any other region would serve nobody."
    ),
}
