"""Replies: the same decision reads the same, and a reply is the same bytes whenever it is made."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from openanpr.rights.letter import GivenRead, Reply, paper_of
from openanpr.rights.services.replying import zipped
from openanpr.rights.vocabulary import Ground, Kind, Outcome

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
MARK = "OA30AAA"
READ = GivenRead(number=1, vrm=MARK, captured_at=AT, area="Northgate", direction="towards")
REPLY = Reply(
    reference="IR-2345-6789",
    kind=Kind.ACCESS,
    outcome=Outcome.FULL,
    force="Fictional Constabulary",
    made_at=AT,
    full_name="Pat Example",
    reads=(READ,),
    searches=("Searched 2026-11-22 12:00 UTC: rows 7 and 8 of our audit",),
    retention="We keep them for 24 months.",
)


def words(reply: Reply) -> str:
    return repr(paper_of(reply))


def test_neither_confirming_nor_denying_reads_the_same_whatever_is_held() -> None:
    held = replace(REPLY, outcome=Outcome.NEITHER, letter="We hold one", withheld=3)
    none = replace(held, reads=(), searches=(), letter="", withheld=0)
    assert words(held) == words(none)
    assert "neither confirm nor deny" in words(held)
    assert MARK not in words(held)
    assert zipped(none)[1] == 2


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("kind", list(Kind))
def test_every_letter_says_what_is_decided_and_how_to_complain(
    kind: Kind, outcome: Outcome
) -> None:
    text = words(replace(REPLY, kind=kind, outcome=outcome, published_at="https://x.example/f"))
    assert "Information Commissioner" in text
    assert ("https://x.example/f" in text) is (kind is Kind.FOI)
    assert ("held back" in text) is (outcome is Outcome.PART)


def test_a_ground_is_told_only_where_it_is_given() -> None:
    refused = replace(REPLY, outcome=Outcome.REFUSED, reads=(), searches=())
    assert "Ground" not in words(refused)
    assert "obstructing an inquiry" in words(replace(refused, ground=Ground.INQUIRY))


def test_a_reply_is_letter_reads_pictures_and_their_sums() -> None:
    data = b"\xff\xd8not a picture that is drawn"
    content, files = zipped(replace(REPLY, reads=(READ, replace(READ, number=2, scene=data))))
    assert zipped(replace(REPLY, reads=(READ, replace(READ, number=2, scene=data))))[0] == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        assert names == ["reply.pdf", "reads.csv", "pictures/0002-scene.jpg", "SHA256SUMS"]
        assert files == len(names)
        sums = archive.read("SHA256SUMS").decode()
        assert f"{sha256(data).hexdigest()}  pictures/0002-scene.jpg" in sums
        assert archive.read("reply.pdf").startswith(b"%PDF")
        assert f"1,{MARK},2026-11-22T12:00:00+00:00,Northgate" in archive.read("reads.csv").decode()
