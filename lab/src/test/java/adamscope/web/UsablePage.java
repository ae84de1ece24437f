package adamscope.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Whether the page that a browser shows can be used by everybody: what is wrong with it, in words, nothing if nothing
/// is.
record UsablePage(Chromium browser) {
    private static final int PHONE = 360;

    private static final String CONTROLS = "[...document.querySelectorAll('a[href], button, input, select, textarea,"
            + " summary, [tabindex=\"0\"]')].filter(e => !e.disabled && e.tabIndex >= 0 &&"
            + " e.checkVisibility({ checkVisibilityCSS: true }))";

    /// What axe-core calls serious or critical, all that can be unfolded being so.
    List<String> barriers() throws IOException {
        browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
        try (InputStream axe = UsablePage.class.getResourceAsStream("/axe.min.js")) {
            browser.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + ";0");
        }
        return words(browser.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',"
                + " 'wcag22aa', 'best-practice'] }).then(r => r.violations.filter(v => ['serious',"
                + " 'critical'].includes(v.impact)).map(v => v.id + ': ' + v.nodes[0].html))"));
    }

    /// What a phone of 360 pixels has to scroll sideways for, and what on it is smaller than a finger needs, 24 pixels;
    /// links within a sentence may be.
    List<String> narrowness() throws IOException {
        browser.look(PHONE, 740, false);
        browser.evaluate("new Promise(d => setTimeout(d, 300))");
        List<String> faults = words(browser.evaluate(CONTROLS
                + ".map(e => [e, (e.matches('[type=checkbox], [type=radio]') && e.closest('label') ||"
                + " e).getBoundingClientRect()]).filter(([e, box]) => (box.width < 24 || box.height < 24) &&"
                + " !e.matches('[role=group], code') && !(e.matches('a') && getComputedStyle(e).display === 'inline'"
                + " && e.parentElement.textContent.length > e.textContent.length))"
                + ".map(([e, box]) => box.width + ' x ' + box.height + ': ' + e.outerHTML.slice(0, 90))"));
        int width = browser.evaluate("document.documentElement.scrollWidth").asInt();
        if (width > PHONE) {
            faults.add("it is " + width + " wide");
        }
        browser.look(1280, 900, false);
        return faults;
    }

    /// What Tab does not come to in the order of the page, and what is not seen to be chosen then.
    List<String> unreached() throws IOException {
        browser.evaluate("document.activeElement.blur(); window.controls = " + CONTROLS + "; window.faults = []; 0");
        int controls = browser.evaluate("controls.length").asInt();
        for (int i = 0; i < controls; i++) {
            browser.press("Tab");
            browser.evaluate("(() => { const e = document.activeElement, s = getComputedStyle(e); if (e !== controls["
                    + i + "] || s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 1) faults.push('" + i
                    + ": ' + e.outerHTML.slice(0, 90)); })()");
        }
        return words(browser.evaluate("faults"));
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }
}
