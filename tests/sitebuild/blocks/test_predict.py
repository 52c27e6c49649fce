"""A question that the reader answers before the recording does."""

from __future__ import annotations

from support.checkout import PREDICT, Checkout, fence, one, text_of


def test_a_prediction_takes_its_answer_from_the_output(checkout: Checkout) -> None:
    block = one(checkout.page(fence("predict", *PREDICT)), ".sk-predict")
    question = one(block, ".sk-ask")
    assert (question.get_text(), text_of(question, "code")) == ("What is printed?", "printed")
    assert block["aria-labelledby"] == question["id"]
    wrong, right = block.select("details")
    assert wrong["name"] == right["name"]
    assert text_of(wrong, "summary") == "Nothing of connections"
    assert one(wrong, "summary a")["href"] == "../reference/glossary.md#connection"
    assert [p.get_text() for p in wrong.select("p")] == [
        "No. It would have printed echo: b'' but it printed echo: b'hello'.",
        "Because of.1",
    ]
    assert text_of(right, "summary") == "Yes"
    assert text_of(right, "p") == "Yes. The program printed echo: b'hello'."
    assert (wrong["class"], right["class"]) == (["sk-nay"], ["sk-yes"])
