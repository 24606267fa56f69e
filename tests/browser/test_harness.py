"""The browser tests see what they are meant to see."""

import pytest

pytestmark = pytest.mark.browser
SIGN_IN = "/sign-in/"


def seen_and_forgiven(faults, words):
    found = [fault for fault in faults if words in fault]
    faults.clear()
    return found


def test_an_error_on_the_console_is_a_fault(page, faults):
    page.goto(SIGN_IN)
    page.evaluate("console.error('broken')")

    assert seen_and_forgiven(faults, "broken")


def test_a_script_that_fails_is_a_fault(page, faults):
    page.goto(SIGN_IN)
    page.evaluate("setTimeout(() => { throw new Error('broken') })")
    page.evaluate("new Promise(done => setTimeout(done))")

    assert seen_and_forgiven(faults, "broken")


def test_a_request_to_someone_else_is_a_fault(page, faults):
    page.set_content("<img src='http://other.example/a.png' alt=''>")

    assert seen_and_forgiven(faults, "third party: http://other.example/a.png")


def test_an_inline_script_is_refused_and_a_fault(page, faults):
    page.goto(SIGN_IN)
    page.evaluate("document.body.setAttribute('onclick', 'alert(1)')")

    assert seen_and_forgiven(faults, "Content Security Policy")


def test_a_page_that_is_not_there_is_no_fault(page):
    assert page.goto("/not-there/").status == 404


def test_axe_finds_a_picture_without_words(page, axe):
    page.set_content("<html lang=en><title>t</title><main><img src='data:,'></main>")

    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_a_page_too_wide_for_a_telephone_is_found(page, reflows):
    page.set_content("<p>" + "w" * 400)

    with pytest.raises(AssertionError, match="at 320 px"):
        reflows(page)


def test_the_sign_in_page_is_good_at_both_widths(page, axe, reflows, screenshot):
    page.goto(SIGN_IN)

    axe(page)
    reflows(page)
    screenshot(page, "sign-in")
