"""Who signed, who has not, and what a dissent says."""

from crisis.core.event import Signed, Via
from crisis.core.playbook import ExpectSignOff
from crisis.core.scope import read_scope
from crisis.core.signature_review import SignatureReview, signature_reviews
from tests.builders import T0, a_directory, a_partner, a_playbook, a_step
from tests.core.joint_steps import a_release_step
from tests.core.playing import a_timeline

DIRECTORY = a_directory(a_partner("ohs"), a_partner("wr", role="WR"))
REPORT = a_step("A72", expect=ExpectSignOff(), roles=("OHS", "WR"))


def test_every_partner_asked_to_sign_is_named_with_its_words() -> None:
    playbook = a_playbook(a_step(), a_release_step("A35"), REPORT)
    timeline = a_timeline(playbook, directory=DIRECTORY)
    timeline.perform([])
    timeline.append(
        Signed(
            step="A72",
            partner="wr",
            contact="wr",
            via=Via.PAGE,
            verdict="dissent",
            remark="Die Anlaufstelle fehlte.",
            happened_at=T0,
        )
    )

    found = signature_reviews(read_scope(timeline.entries, at=timeline.now))

    assert found == (
        SignatureReview(step="A72", partner="ohs", verdict="", remark="", at=None, evidence=()),
        SignatureReview(
            step="A72",
            partner="wr",
            verdict="dissent",
            remark="Die Anlaufstelle fehlte.",
            at=T0,
            evidence=(timeline.entries[-1].seq,),
        ),
    )
