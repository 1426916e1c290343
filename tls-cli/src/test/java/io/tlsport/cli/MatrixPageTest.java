package io.tlsport.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the matrix in a real browser; where there is none, that is printed. */
class MatrixPageTest {
  private static final String SHOWN =
      "Array.from(document.querySelectorAll('#rules tbody tr[data-contract]'))"
          + ".filter(r => !r.hidden).map(r => r.querySelector('b').textContent).join(' ')";
  private static final String OPEN =
      "Array.from(document.querySelectorAll('.reason'))"
          + ".filter(r => getComputedStyle(r).display !== 'none').length";

  @TempDir static Path folder;

  /** One for all tests, since it takes a while to start; each opens a page of its own. */
  private static @Nullable Chromium browser;

  private static int pages;

  private interface Look {
    void at(Chromium page) throws Exception;
  }

  private void look(Look look) throws Exception {
    if (!ForeignProgram.isInstalled("chromium")) {
      return;
    }
    MatrixReport now = MadeReports.report(MadeReports.rules());
    List<RuleOutcome> old = MadeReports.rules();
    old.set(0, MadeReports.rule("jdk", "Alpn", "8.1", Verdict.REFUSED, false, "was not there"));
    Path page = folder.resolve("matrix" + ++pages + ".html");
    Files.writeString(page, MatrixHtml.page(now, Optional.of(MadeReports.report(old))));
    Chromium open = browser;
    if (open == null) {
      open = Chromium.open(page);
      browser = open;
    } else {
      open.go(page);
    }
    open.width(1200, false);
    open.media("screen", "light");
    look.at(open);
  }

  @AfterAll
  static void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static void check(Chromium page, String box, boolean on) throws InterruptedException {
    if (page.value("document.querySelector('" + box + "').checked").booleanValue() != on) {
      page.click(box);
    }
  }

  @Test
  void filtersByProviderFeatureOutcomeAndWords() throws Exception {
    look(
        page -> {
          assertEquals("7.7 8.1 8.10 20.1", page.value(SHOWN).textValue());
          check(page, "input[value=ok]", false);
          check(page, "input[value=refused]", false);
          check(page, "input[value=defect]", false);
          assertEquals("8.10", page.value(SHOWN).textValue());
          check(page, "input[value=bctls]", false);
          assertEquals("", page.value(SHOWN).textValue());
          assertTrue(page.value("location.hash").textValue().contains("outcome=failed"));
          page.value("location.hash = 'contract=Alpn&text=first'");
          page.value("window.dispatchEvent(new HashChangeEvent('hashchange'))");
          assertEquals("8.1 8.10", page.value(SHOWN).textValue());
          assertEquals(
              "2 of 4 rules",
              page.value("document.querySelector('[role=status]').textContent").textValue());
        });
  }

  @Test
  void reasonsComeOnTapAndByKeyboard() throws Exception {
    look(
        page -> {
          assertEquals(0, page.value(OPEN).intValue());
          page.click("td.defect button");
          assertEquals(1, page.value(OPEN).intValue());
          page.key("Escape");
          assertEquals(0, page.value(OPEN).intValue());
          page.key("ArrowDown");
          assertTrue(
              page.value("document.activeElement.nextElementSibling.textContent")
                  .textValue()
                  .contains("from Java 25 on"));
          assertEquals(1, page.value(OPEN).intValue());
          page.key("ArrowRight");
          assertTrue(
              page.value("document.activeElement.nextElementSibling.textContent")
                  .textValue()
                  .contains("only a part"));
        });
  }

  @Test
  void reasonsComeByPointingAndLeadToTheDefect() throws Exception {
    look(
        page -> {
          page.point("td.defect");
          assertEquals(1, page.value(OPEN).intValue());
          assertEquals(
              "https://example.org",
              page.value("document.querySelector('td.defect .reason a').textContent").textValue());
          page.point("h1");
          assertEquals(0, page.value(OPEN).intValue());
        });
  }

  @Test
  void slashSearches() throws Exception {
    look(
        page -> {
          page.key("/");
          assertEquals("text", page.value("document.activeElement.name").textValue());
        });
  }

  @Test
  void headNamesVersionsTheJvmAndWhoDidNotRun() throws Exception {
    look(
        page -> {
          String head = page.value("document.querySelector('header').innerText").textValue();
          for (String words :
              List.of("Java 17", "jdk 17.0.1", "bctls 1.84", "its library does not load")) {
            assertTrue(head.contains(words), head);
          }
          assertEquals(
              "rule jdk17.0.1 bctls1.84 conscrypt2.9.0",
              page.value(
                      "Array.from(document.querySelectorAll('#rules thead th'))"
                          + ".map(th => th.textContent).join(' ')")
                  .textValue());
        });
  }

  @Test
  void providersAreFilteredInPairsToo() throws Exception {
    look(
        page -> {
          String seen =
              "Array.from(document.querySelectorAll('#pairs th'))"
                  + ".filter(th => th.offsetParent).map(th => th.textContent).join(' ')";
          assertEquals("client jdk bctls jdk bctls", page.value(seen).textValue());
          check(page, "input[value=bctls]", false);
          assertEquals("client jdk jdk", page.value(seen).textValue());
        });
  }

  @Test
  void fitsAPhone() throws Exception {
    look(
        page -> {
          page.width(390, true);
          assertTrue(
              page.value("document.documentElement.scrollWidth").intValue() <= 390,
              "it has to be scrolled sideways");
          page.click("td.failed button");
          assertTrue(
              page.value(
                      "(function () { var b = document.activeElement.nextElementSibling"
                          + ".getBoundingClientRect();"
                          + " return b.left >= 0 && b.right <= 390 && b.bottom <= 800; })()")
                  .booleanValue(),
              "the reason is not seen as a whole");
        });
  }

  @Test
  void isReadableInTheDark() throws Exception {
    look(
        page -> {
          String contrast =
              "(function () {"
                  + "function l(c) { return c.match(/[\\d.]+/g).slice(0, 3).map(Number)"
                  + ".map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4))"
                  + ".reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0); }"
                  + "var worst = 99; var body = getComputedStyle(document.body).backgroundColor;"
                  + "document.querySelectorAll('td.ok, td button, .facts, th span, h1').forEach(e => {"
                  + "var s = getComputedStyle(e); var b = s.backgroundColor;"
                  + "var x = l(s.color), y = l(b === 'rgba(0, 0, 0, 0)' ? body : b);"
                  + "worst = Math.min(worst, (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)); });"
                  + "return worst; })()";
          double light = page.value(contrast).doubleValue();
          assertTrue(light >= 4.5, "contrast in the light is " + light);
          page.media("screen", "dark");
          double dark = page.value(contrast).doubleValue();
          assertTrue(dark >= 4.5, "contrast in the dark is " + dark);
          assertEquals(
              "rgb(21, 24, 27)",
              page.value("getComputedStyle(document.body).backgroundColor").textValue());
        });
  }

  @Test
  void printHasEveryReasonAndNoFilters() throws Exception {
    look(
        page -> {
          page.media("print", "light");
          assertEquals(
              page.value("document.querySelectorAll('.reason').length").intValue(),
              page.value(OPEN).intValue());
          assertEquals(
              "none",
              page.value("getComputedStyle(document.querySelector('form')).display").textValue());
        });
  }

  @Test
  void changesAreShown() throws Exception {
    look(
        page -> {
          assertEquals(
              "was refused", page.value("document.querySelector('td em').textContent").textValue());
          assertFalse(
              page.value("document.querySelector('table.changes').textContent")
                  .textValue()
                  .isBlank());
        });
  }
}
