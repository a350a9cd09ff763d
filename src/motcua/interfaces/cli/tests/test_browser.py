"""The plain browser of the journey reads pages as a browser without scripts would."""

import httpx
import pytest

from motcua.interfaces.cli.browser import Page, PageMissing

PAGE = """<a href="/thu-tuc/1.001193">Khai sinh</a><form action="gui" method="post">
<input type="hidden" name="seen" value="3"><input name="a-name" value="An">
<input type="radio" name="office" value="1"><input type="radio" name="office" value="2" checked>
<input type="checkbox" name="truth" value="yes"><select name="year"><option value="1">một<option value="2" selected>hai
</select><textarea name="reason">Vì thế</textarea><button name="username" value="demo.an">An</button></form><p>Hết"""


def read() -> Page:
    request = httpx.Request("GET", "http://node.example/ho-so/7/")
    return Page(httpx.Response(200, html=PAGE, request=request))


def test_a_form_is_read_as_it_would_be_sent_untouched() -> None:
    form = read().form("/gui")

    assert form.action == "http://node.example/ho-so/7/gui"
    assert form.values == {"seen": "3", "a-name": "An", "office": "2", "year": "2", "reason": "Vì thế"}
    assert form.buttons == [("username", "demo.an")]
    assert form.named("name") == "a-name"


def test_links_and_words_are_found_and_what_is_missing_is_said() -> None:
    page = read()

    assert page.link("/thu-tuc/") == "http://node.example/thu-tuc/1.001193"
    assert page.text.endswith("Hết")
    with pytest.raises(PageMissing, match="no form"):
        page.form("/khac")
    with pytest.raises(PageMissing, match="no field"):
        page.form("/gui").named("khac")
