"""Which districts lie beside each other, as contacts files say it (`neighbours`)."""

from collections.abc import Iterable, Mapping

from crisis.loading.located import Document


def neighbours_in(documents: Iterable[Document]) -> Mapping[str, tuple[str, ...]]:
    """
    Return the neighbours of every district that is named, by keys of five digits.

    Written once is enough: who lies beside another has it beside itself. What does not
    fit the shape is left out; the check of the shape reports it.
    """
    beside: dict[str, set[str]] = {}
    for document in documents:
        written = document.data.get("neighbours")
        for one, others in written.items() if isinstance(written, dict) else ():
            for other in others if isinstance(others, list) else ():
                if isinstance(other, str) and other != one:
                    beside.setdefault(str(one), set()).add(other)
                    beside.setdefault(other, set()).add(str(one))
    return {one: tuple(sorted(beside[one])) for one in sorted(beside)}
