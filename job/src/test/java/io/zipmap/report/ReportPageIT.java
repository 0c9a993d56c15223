package io.zipmap.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.zipmap.testing.Chromium;
import io.zipmap.testing.Repository;
import io.zipmap.testing.Zips;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page of a report in a headless Chromium. After each test the console must be empty, and no request may have left
 * the page. A machine without Chromium runs none of it, and the output says so; {@code .ci/run} installs it.
 */
class ReportPageIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long STARTED = 1_796_000_000_000L;
    private static final long MIB = 1 << 20;
    private static final int POINTS = 40;

    /** Text that is script if any of it becomes markup, and reads backwards if its override works. */
    private static final String HOSTILE =
            "</script><script>window.broken=1</script><img src=x onerror=\"window.broken=1\">\u202e&lt;\u0007'\"\u2028";

    private static final String HOSTILE_SHOWN = "</script><script>window.broken=1</script>"
            + "<img src=x onerror=\"window.broken=1\">\\u202e&lt;\\u0007'\"\\u2028";

    private static final String RIGHT = "\uE014";
    private static final String END = "\uE010";
    private static final String ESCAPE = "\uE00C";

    @TempDir
    static Path folder;

    private static Chromium chromium;

    @BeforeAll
    static void startBrowser() throws IOException {
        if (!Chromium.available()) {
            System.out.println("browser tests: NOT RUN, because chromium and chromedriver are not on the PATH");
        }
        assumeTrue(Chromium.available(), "chromium and chromedriver are not on the PATH");
        chromium = Chromium.start(Files.createDirectory(folder.resolve("profile")));
    }

    @AfterAll
    static void endBrowser() throws IOException {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void desktop() throws IOException {
        screen(1200, 900, false);
        media("", "light");
        chromium.requests();
        chromium.console();
    }

    @AfterEach
    void consoleIsEmptyAndNoRequestLeftThePage() throws IOException {
        assertThat(chromium.console()).isEmpty();
        assertThat(chromium.requests()).allMatch(address -> address.startsWith("file:") || address.startsWith("data:"));
    }

    @Test
    void memoryOfEachProcessIsDrawnToOneScaleWithTheStages() throws IOException {
        ObjectNode report = report();
        ((ArrayNode) report.get("processes")).add(process("executor 1", "executor", 300, 900));
        open(report);

        assertThat(texts(".sentence")).containsExactly("Memory stayed between 300 and 302 MiB.");
        assertThat(texts("#memory figure h3")).containsExactly("driver", "executor 1");
        assertThat(texts("#memory figure:first-child .stage-name"))
                .containsExactly("plan", "extract", "map", "publish");
        assertThat(texts("#memory .legend li"))
                .containsExactly("anonymous (RssAnon)", "mapped files (RssFile)", "used heap", "heap after collection");
        assertThat(texts(".peaks").get(1)).contains("peak RssAnon 302 MiB", "RssFile up to 900 MiB");
        // 1202 MiB are the most: both axes end at the same tick.
        assertThat(texts("#memory figure:nth-child(1) svg text")).contains("1.25 GiB");
        assertThat(texts("#memory figure:nth-child(2) svg text")).contains("1.25 GiB");
        double anon = height("#memory figure:nth-child(2) .area-anon");
        double file = height("#memory figure:nth-child(2) .area-file");
        assertThat(file).as("area of 900 MiB, on one of 300 MiB").isBetween(2 * anon, 4 * anon);
        double above = chromium.run(
                        "const box = (c) => document.querySelector('#memory figure:nth-child(2) .area-' + c)"
                                + ".getBoundingClientRect(); return box('anon').bottom - box('file').bottom;")
                .asDouble();
        assertThat(above).as("files stand on anonymous memory").isGreaterThan(anon / 2);
    }

    @Test
    void theMouseReadsAllValuesAtOneTime() throws IOException {
        open(report());

        chromium.hover(".plot", 0.99, 0.5);

        assertThat(texts(".readout div"))
                .containsExactly(
                        "anonymous (RssAnon)302 MiB",
                        "mapped files (RssFile)500 MiB",
                        "used heap100 MiB",
                        "heap after collection40 MiB");
        assertThat(texts(".readout p").get(0)).endsWith("publish");
    }

    @Test
    void theKeyboardReadsTheChartAndTheScreenReaderHearsIt() throws IOException {
        open(report());
        chromium.run("document.querySelector('.plot').focus()");

        chromium.press(END);
        chromium.press(RIGHT);

        assertThat(attribute(".plot", "aria-valuenow")).isEqualTo(Integer.toString(POINTS - 1));
        assertThat(attribute(".plot", "aria-valuetext"))
                .isEqualTo("at 16 s, stage publish: anonymous (RssAnon) 302 MiB, mapped files (RssFile) 500 MiB, "
                        + "used heap 100 MiB, heap after collection 40 MiB");
        assertThat(visible(".readout")).isTrue();
        chromium.press(ESCAPE);
        assertThat(visible(".readout")).isFalse();
    }

    @Test
    void eachChartHasItsValuesAsATable() throws IOException {
        open(report());

        chromium.click("#memory details summary");
        chromium.click("#columns details summary");
        // The page makes the rows when the browser reports that a table was opened, which is later than the click.
        await("#columns details tbody tr:last-child", "123");

        assertThat(texts("#memory details tbody tr")).hasSize(POINTS);
        assertThat(texts("#memory details tbody tr:last-child > *"))
                .containsExactly("16 s", "302 MiB", "500 MiB", "100 MiB", "40 MiB");
        assertThat(texts("#columns details tbody tr")).containsExactly("-1020", "011,200", "123");
    }

    @Test
    void mappedFilesCanBeLeftOut() throws IOException {
        open(report());
        double before = height("#memory .area-anon");

        chromium.click("#memory .switch label:nth-child(2)");

        assertThat(height("#memory .area-anon")).isGreaterThan(1.5 * before);
        assertThat(chromium.run("return document.querySelectorAll('#memory .area-file').length")
                        .asInt())
                .isZero();
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws IOException {
        ObjectNode report = JSON.createObjectNode().put("format", 1).put("outcome", "done");
        ObjectNode process = process("driver", "driver", 300, 500);
        ((ObjectNode) process.get("points")).remove(List.of("rssAnon", "rssFile", "heapAfterCollection"));
        process.putNull("host").remove("peak");
        report.putArray("processes").add(process).addObject().put("name", "executor 1");
        open(report);

        assertThat(texts("h2")).containsExactly("Memory over time");
        assertThat(texts("#memory .legend li")).containsExactly("used heap");
        assertThat(texts("figure")).last().asString().contains("No sample of this process was taken.");
        assertThat(text("main")).doesNotContain("null", "undefined", "NaN", "Infinity");
    }

    @Test
    void histogramNumbersAndTheirOriginAreShownForEachColumn() throws IOException {
        open(report());

        assertThat(texts("#columns h3")).containsExactly("c0");
        assertThat(texts("#columns .bar")).hasSize(3);
        double highest = height("#columns g:nth-of-type(2) .bar");
        assertThat(height("#columns g:nth-of-type(1) .bar")).isBetween(0.005 * highest, 0.03 * highest);
        assertThat(text("#columns figure")).contains("a sample: one row of 64, 1,223 values");
        assertThat(texts("#columns dl div"))
                .containsExactly("min-1", "max∞", "mean0.50000994", "stddevNaN", "values30,000,000", "NaN12");
    }

    @Test
    void throughputAndReadsAreShownForEachHost() throws IOException {
        open(report());

        assertThat(texts("#throughput tbody:nth-of-type(2) tr > *"))
                .containsExactly("extract", "6.1 s", "10.0.0.7", "15", "458 MiB", "6.0 s", "76.3 MiB/s");
        assertThat(texts("#throughput tbody:nth-of-type(1) tr > *")).startsWith("plan", "1.7 s");
        assertThat(texts("#reads tbody tr > *")).containsExactly("10.0.0.7", "14", "1", "", "3");
        double local = width("#reads .track .local");
        assertThat(width("#reads .track .healed")).isBetween(local / 15, local / 13);
    }

    @Test
    void failuresAreGroupedByConditionAndSearched() throws IOException {
        open(failures());

        assertThat(texts("#failures .chips button")).containsExactly("All4,100", "ZIPMAP_B4,000", "ZIPMAP_A100");
        assertThat(texts("#failures .group")).containsExactly("ZIPMAP_B4,000");
        assertThat(text("#failures")).contains("This page has the first 60 of 4,100 failures.");
        chromium.click("#failures .chips button:nth-child(3)");
        assertThat(texts("#failures .group")).containsExactly("ZIPMAP_A100");
        assertThat(attribute("#failures .chips button:nth-child(3)", "aria-pressed"))
                .isEqualTo("true");
        assertThat(text("#failures [role=status]")).isEqualTo("1–20 of 20 failures");

        chromium.type("#failures input", "SET_57 broken");
        await("#failures [role=status]", "1–1 of 1 failure");
        assertThat(text("#failures tbody"))
                .contains("set_57.zip", "Cannot read the entry: it is broken\n  expected: 1");
        chromium.type("#failures input", "no");
        await("#failures [role=status]", "No failure matches.");
    }

    @Test
    void tenThousandArraysAreUsableInTwoSeconds() throws IOException {
        double loaded = Double.MAX_VALUE;
        // The machine may be busy with another process for a moment.
        for (int i = 0; i < 3 && loaded >= 2000; i++) {
            open(arrays(10_000));
            loaded = chromium.run("return performance.getEntriesByType('navigation')[0].loadEventEnd")
                    .asDouble();
        }
        assertThat(loaded).as("milliseconds until the page is there").isLessThan(2000);
        assertThat(texts("#arrays tbody tr")).hasSize(50);
        assertThat(text("#arrays [role=status]")).isEqualTo("1–50 of 10,000 arrays");
        assertThat(text("#arrays")).contains("archives in file:/data/", "first 10,000 of 200,000 arrays");
        chromium.click("#arrays .pager button:last-child");
        assertThat(texts("#arrays tbody th")).startsWith("set_50.zip").hasSize(50);

        // Twice: numbers in names count as numbers, from the largest.
        chromium.click("#arrays thead th:nth-child(1) button");
        chromium.click("#arrays thead th:nth-child(1) button");
        assertThat(attribute("#arrays thead th:nth-child(1)", "aria-sort")).isEqualTo("descending");
        assertThat(texts("#arrays tbody th")).startsWith("set_9999.zip", "set_9998.zip");
        chromium.click("#arrays thead th:nth-child(7) button");
        assertThat(texts("#arrays tbody tr:first-child td")).contains("1000 bytes");

        chromium.type("#arrays input", "set_77.");
        await("#arrays [role=status]", "1–1 of 1 array");
    }

    @Test
    void hostileNamesAreTextWhereverTheyStand() throws IOException {
        ObjectNode report = failures();
        report.setAll((ObjectNode) arrays(3));
        makeHostile(report);
        open(report);
        chromium.hover(".plot", 0.5, 0.5);
        chromium.run("document.querySelectorAll('details').forEach((node) => { node.open = true; })");

        assertThat(chromium.run("return window.broken === undefined").asBoolean())
                .isTrue();
        assertThat(chromium.run("return document.querySelectorAll('img, iframe, object, [onerror]').length")
                        .asInt())
                .isZero();
        assertThat(chromium.run("return document.querySelectorAll('script').length")
                        .asInt())
                .as("the data and the script of the page")
                .isEqualTo(2);
        for (String place : List.of(
                "#arrays tbody",
                "#failures tbody",
                "#failures .chips",
                "#columns h3",
                "#reads tbody",
                "#throughput",
                "#settings",
                ".sentence",
                ".error",
                ".facts",
                "figcaption h3",
                ".outcome",
                ".when")) {
            assertThat(text(place)).as(place).contains(HOSTILE_SHOWN);
        }
    }

    @Test
    void theReportOfARunIsDrawn() throws Exception {
        String name = "<img src=x onerror=\"window.broken=1\">";
        Path data = Files.createDirectory(folder.resolve("data"));
        Zips.deflated(data.resolve("good.zip"), "</script>" + name + ".npy", Zips.npy(1000, 0, 500, 2));
        Files.writeString(data.resolve(name + ".zip"), "This is no zip");

        Path output = folder.resolve("tables");
        Process run = start("submit.sh", "run", "--input", data, "--output", output);
        assertThat(run.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(run.exitValue()).as("done, with rows in failures").isEqualTo(3);
        chromium.open(output.resolve("_report/index.html").toUri());

        assertThat(texts("h2"))
                .contains("Memory over time", "Failures", "Throughput", "Reads", "Arrays", "Options and versions");
        assertThat(text(".outcome")).isEqualTo("done with failures");
        assertThat(texts("#memory figure h3")).startsWith("driver");
        assertThat(height("#memory .area-anon")).isGreaterThan(5);
        assertThat(texts("#memory .stage-line")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(texts("#arrays tbody td"))
                .startsWith("</script>" + name + ".npy")
                .contains("(500, 2)");
        assertThat(text("#failures tbody")).contains(name + ".zip");
        assertThat(text("#reads tbody")).isNotBlank();
        assertThat(text("#settings")).contains("--input" + data, "Spark");
        assertThat(chromium.run("return window.broken === undefined").asBoolean())
                .isTrue();
    }

    @Test
    void manyProcessesAreShownAsFarAsTheReaderWants() throws IOException {
        ObjectNode report = report().put("moreProcesses", 900);
        for (int i = 0; i < 11; i++) {
            ((ArrayNode) report.get("processes")).add(process("executor " + i, "executor", 200 + i, 100));
        }
        open(report);

        assertThat(texts("#memory h3"))
                .startsWith("driver", "executor 10", "executor 9")
                .hasSize(9);
        assertThat(text("#memory")).contains("the run had 900 more");
        chromium.click("#memory > .pager button");
        assertThat(texts("#memory h3")).hasSize(12).endsWith("executor 0");
        assertThat(height("#memory figure:last-child .area-anon")).isGreaterThan(5);
        assertThat(visible("#memory > .pager button")).isFalse();
    }

    @Test
    void thePolicyOfThePageRefusesEachRequestAndEachForeignScript() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            open(report());
            JsonNode outcome =
                    chromium.run("""
                    const server = arguments[0];
                    const refused = [];
                    document.addEventListener("securitypolicyviolation",
                        (event) => refused.push(event.violatedDirective));
                    const add = (name, attributes) => document.body.append(
                        Object.assign(document.createElement(name), attributes));
                    add("img", { src: server + "image" });
                    add("link", { rel: "stylesheet", href: server + "style" });
                    add("style", { textContent: "body { background: url(" + server + "background) }" });
                    add("iframe", { src: server + "frame" });
                    const attempt = (work) => { try { work(); } catch (e) { refused.push(e.name); } };
                    attempt(() => document.body.setAttribute("onclick", "window.broken = 1"));
                    attempt(() => add("script", { textContent: "window.broken = 1" }));
                    attempt(() => { document.body.innerHTML = "<p onclick='window.broken = 1'>markup"; });
                    return fetch(server + "fetch").catch(() => new Promise((done) => setTimeout(() => {
                      document.body.click();
                      done({ refused, broken: window.broken === 1 });
                    }, 100)));
                    """, "http://127.0.0.1:" + server.getAddress().getPort() + "/");

            assertThat(outcome.path("broken").asBoolean()).isFalse();
            assertThat(list(outcome.path("refused")))
                    .contains("img-src", "style-src-elem", "frame-src", "connect-src")
                    .filteredOn("TypeError"::equals)
                    .as("the three attempts to make script of text")
                    .hasSize(3);
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
        // What was refused stands in the console.
        chromium.console();
        chromium.requests();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void eachTextStandsOutFromItsGround(String scheme) throws IOException {
        media("", scheme);
        ObjectNode report = failures();
        report.put("outcome", "failed")
                .putObject("error")
                .put("condition", "ZIPMAP_X")
                .put("message", "Cannot do it");
        ((ObjectNode) report.at("/processes/0")).put("loss", "killed");
        open(report);

        boolean bright = chromium.run("return getComputedStyle(document.body).backgroundColor")
                .asText()
                .matches("rgb\\(2\\d\\d, .*");
        assertThat(bright).isEqualTo(scheme.equals("light"));
        assertThat(faint()).isEmpty();
    }

    @Test
    void aPhoneNeedsNoScrollingToTheSide() throws IOException {
        screen(360, 740, true);
        ObjectNode report = failures();
        report.setAll((ObjectNode) arrays(60));
        open(report);

        assertThat(chromium.run("return document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(360);
        assertThat(visible("#failures thead")).isFalse();
        assertThat(width(".plot")).isBetween(280.0, 360.0);
        assertThat(faint()).isEmpty();
    }

    @Test
    void aPrintIsLightAndHasNoControls() throws IOException {
        media("print", "dark");
        open(report());

        assertThat(chromium.run("return getComputedStyle(document.body).backgroundColor")
                        .asText())
                .isEqualTo("rgb(255, 255, 255)");
        assertThat(visible("nav")).isFalse();
        assertThat(visible("#arrays input")).isFalse();
        assertThat(visible(".plot svg")).isTrue();
    }

    @Test
    void eachControlChartAndTableHasANameForAScreenReader() throws IOException {
        ObjectNode report = failures();
        report.setAll((ObjectNode) arrays(60));
        open(report);

        List<String> roles = new ArrayList<>();
        for (JsonNode node :
                chromium.tool("Accessibility.getFullAXTree", Map.of()).path("nodes")) {
            String role = node.at("/role/value").asText();
            if (!node.path("ignored").asBoolean()
                    && List.of(
                                    "button",
                                    "slider",
                                    "searchbox",
                                    "radio",
                                    "radiogroup",
                                    "image",
                                    "table",
                                    "region",
                                    "link")
                            .contains(role)) {
                roles.add(role);
                assertThat(node.at("/name/value").asText()).as(node.toString()).isNotBlank();
            }
        }
        assertThat(roles).contains("button", "slider", "searchbox", "radiogroup", "image", "table", "region", "link");
        assertThat(chromium.run("return [...document.querySelectorAll('h1, h2, h3, h4')].map((node) => node.tagName)")
                        .toString())
                .as("no level of headings is left out")
                .startsWith("[\"H1\",\"H2\",\"H3\"")
                .doesNotContain("\"H2\",\"H4\"");
    }

    @Test
    void aFailedRunSaysWhy() throws IOException {
        ObjectNode report = report().put("outcome", "failed");
        report.putObject("error")
                .put("condition", "ZIPMAP_MEMORY_GREW")
                .put("message", "[ZIPMAP_MEMORY_GREW] Cannot go on\n  advice: less");
        open(report);

        assertThat(text(".outcome")).isEqualTo("failed");
        assertThat(text(".error")).isEqualTo("ZIPMAP_MEMORY_GREWCannot go on\n  advice: less");
        assertThat(chromium.run("return document.title").asText()).startsWith("zipmap run: failed, 2026-11-");
    }

    @Test
    void runsAreComparedWithOneScaleOfBytesAndOfTime() throws IOException {
        open(comparison());

        assertThat(texts(".run h3")).containsExactly("the trapdied", "zipmap");
        assertThat(texts(".run-peak b")).containsExactly("1.9 GiB", "302 MiB");
        assertThat(height(".run:nth-of-type(1) .area-anon"))
                .isCloseTo(height(".run:nth-of-type(2) .area-anon") * 1902 / 302, within10Percent());
        assertThat(width(".run:nth-of-type(1) .area-anon"))
                .isCloseTo(width(".run:nth-of-type(2) .area-anon") * 2, within10Percent());
    }

    @Test
    void theScriptOfTheReadmeMakesAPictureOfTheComparison() throws Exception {
        open(comparison());
        Path png = folder.resolve("picture.png");

        Process script = start("bench/picture.sh", folder.resolve("index.html"), png);

        assertThat(script.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(script.exitValue()).isZero();
        BufferedImage picture = ImageIO.read(png.toFile());
        assertThat(picture.getWidth()).isEqualTo(1350);
        assertThat(picture.getHeight()).isEqualTo(930);
        Map<Integer, Integer> colors = new HashMap<>();
        for (int pixel : picture.getRGB(0, 0, 1350, 930, null, 0, 1350)) {
            colors.merge(pixel, 1, Integer::sum);
        }
        assertThat(colors.get(0xffd1561f)).as("pixels of anonymous memory").isGreaterThan(50_000);
        assertThat(colors.get(0xffb3d0e0)).as("pixels of mapped files").isGreaterThan(10_000);
        int paper = 0xfffbfaf8;
        assertThat(picture.getRGB(0, 0, 1350, 15, null, 0, 1350)).containsOnly(paper);
        assertThat(picture.getRGB(0, 915, 1350, 15, null, 0, 1350))
                .as("nothing is cut off below")
                .containsOnly(paper);
    }

    @Test
    void aNewerFormatIsNotDrawn() throws IOException {
        open(report().put("format", 2));

        assertThat(text("main")).startsWith("This report has format 2");
        assertThat(texts("h2")).isEmpty();
    }

    // What the pages show.

    private static ObjectNode report() throws IOException {
        ObjectNode report = (ObjectNode) JSON.readTree("""
                {"format": 1, "zipmap": "0.1.0", "outcome": "done", "error": null, "command": "run",
                 "master": "local[2]", "sentence": "Memory stayed between 300 and 302 MiB.",
                 "summary": [{"label": "archives", "value": "15 (411.7 MiB)"}],
                 "reads": [{"host": "10.0.0.7", "local": 14, "healed": 1, "reused": 3}],
                 "columns": [{"name": "c0", "count": 30000000, "nanCount": 12, "min": -1.0, "max": "Infinity",
                   "mean": 0.5000099410447438, "stddev": "NaN",
                   "histogram": {"from": -1, "to": 2, "counts": [20, 1200, 3], "sampled": 1223, "every": 64}}],
                 "options": [{"name": "--input", "value": "/data/*.zip"}],
                 "versions": [{"name": "Spark", "value": "4.2.0"}]}
                """);
        report.put("started", STARTED).put("ended", STARTED + 16_000);
        report.putArray("processes").add(process("driver", "driver", 300, 500));
        ArrayNode stages = report.putArray("stages");
        long[] bounds = {900, 2600, 8700, 12_200, 16_000};
        String[] names = {"plan", "extract", "map", "publish"};
        for (int i = 0; i < names.length; i++) {
            stages.addObject()
                    .put("name", names[i])
                    .put("start", STARTED + bounds[i])
                    .put("end", STARTED + bounds[i + 1])
                    .putArray("hosts");
        }
        // Within the last one, as Spark's own stages are.
        stages.addObject()
                .put("name", "keyBy at A.java:28")
                .put("start", STARTED + 13_000)
                .put("end", STARTED + 14_000);
        ((ArrayNode) stages.get(1).get("hosts"))
                .addObject()
                .put("host", "10.0.0.7")
                .put("arrays", 15)
                .put("bytes", 480_000_000)
                .put("seconds", 6.0);
        report.setAll((ObjectNode) arrays(3));
        return report;
    }

    /** A process whose anonymous memory stays within 2 MiB, while its mapped files grow. */
    private static ObjectNode process(String name, String kind, int anon, int files) {
        ObjectNode process = JSON.createObjectNode()
                .put("name", name)
                .put("host", "10.0.0.7")
                .put("kind", kind);
        process.putNull("loss").putObject("peak").put("rssAnon", (anon + 2) * MIB);
        ObjectNode points = process.putObject("points");
        for (String series : List.of("millis", "rssAnon", "rssFile", "heapUsed", "heapAfterCollection")) {
            points.putArray(series);
        }
        for (int i = 0; i < POINTS; i++) {
            points.withArray("millis").add(STARTED + 400 + 400L * i);
            points.withArray("rssAnon").add((anon + (i == POINTS - 1 ? 2 : i % 2)) * MIB);
            points.withArray("rssFile").add(files * MIB * (i + 1) / POINTS);
            points.withArray("heapUsed").add(100 * MIB);
            if (i < 5) {
                points.withArray("heapAfterCollection").addNull();
            } else {
                points.withArray("heapAfterCollection").add(40 * MIB);
            }
        }
        return process;
    }

    /** Two runs. The second takes half the time of the first, and starts later. */
    private static ObjectNode comparison() throws IOException {
        ObjectNode report = report();
        ObjectNode trap = JSON.createObjectNode().put("title", "the trap").put("outcome", "died");
        trap.putArray("processes").add(process("driver", "driver", 1900, 20));
        ObjectNode right = JSON.createObjectNode().put("title", "zipmap").put("sentence", "It stayed flat.");
        ObjectNode shorter = process("driver", "driver", 300, 500);
        ArrayNode millis = (ArrayNode) shorter.at("/points/millis");
        for (int i = 0; i < POINTS; i++) {
            millis.set(i, millis.get(i).asLong() + 100_000 - 200L * i);
        }
        right.putArray("processes").add(shorter);
        report.remove("processes");
        report.putArray("compare").add(trap).add(right);
        return report;
    }

    private static ObjectNode failures() throws IOException {
        ObjectNode report = report().put("outcome", "done with failures");
        ObjectNode failures = report.putObject("failures").put("total", 4100);
        failures.putArray("groups")
                .add(JSON.createObjectNode().put("condition", "ZIPMAP_A").put("count", 100))
                .add(JSON.createObjectNode().put("condition", "ZIPMAP_B").put("count", 4000));
        List.of("condition", "archive", "entry", "host", "message").forEach(failures.putArray("fields")::add);
        ArrayNode rows = failures.putArray("rows");
        for (int i = 0; i < 60; i++) {
            rows.addArray()
                    .add(i % 3 == 0 ? "ZIPMAP_A" : "ZIPMAP_B")
                    .add("hdfs://nn:8020/data/set_" + i + ".zip")
                    .add("x.npy")
                    .add("10.0.0.7")
                    .add("Cannot read the entry: it is broken\n  expected: 1");
        }
        return report;
    }

    /** A report of arrays alone. */
    private static ObjectNode arrays(int count) {
        ObjectNode report = JSON.createObjectNode().put("format", 1);
        ObjectNode arrays = report.putObject("arrays").put("total", count == 10_000 ? 200_000 : count);
        List.of("archive", "entry", "host", "dtype", "shape", "order", "bytes", "method", "placed")
                .forEach(arrays.putArray("fields")::add);
        ArrayNode rows = arrays.putArray("rows");
        for (int i = 0; i < count; i++) {
            rows.addArray()
                    .add("file:/data/set_" + i + ".zip")
                    .add("x.npy")
                    .add("10.0.0.7")
                    .add("<f4")
                    .add("(2000000, 4)")
                    .add("C")
                    .add(1000 + i)
                    .add("deflated")
                    .add("scratch");
        }
        return report;
    }

    /** Makes each text of a report hostile, but those that the page knows. */
    private static void makeHostile(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String name : (Iterable<String>) object::fieldNames) {
                if (object.get(name).isTextual()
                        && !List.of("min", "max", "stddev").contains(name)) {
                    object.put(name, HOSTILE);
                }
            }
            object.remove("error");
            if (object.has("format")) {
                object.putObject("error").put("condition", HOSTILE).put("message", HOSTILE);
            }
        } else if (node instanceof ArrayNode array
                && !array.isEmpty()
                && array.get(0).isTextual()
                && array.size() > 1) {
            boolean row =
                    array.get(0).asText().contains("/") || array.get(0).asText().startsWith("ZIPMAP");
            for (int i = 0; row && i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, JSON.getNodeFactory().textNode(HOSTILE));
                }
            }
        }
        node.forEach(ReportPageIT::makeHostile);
    }

    // What the browser shows.

    private static void open(JsonNode report) throws IOException {
        String json = ReportJson.text(generator -> {
            for (Map.Entry<String, JsonNode> field : report.properties()) {
                generator.writeFieldName(field.getKey());
                JSON.writeTree(generator, field.getValue());
            }
        });
        URI page =
                Files.write(folder.resolve("index.html"), ReportPage.of(json)).toUri();
        chromium.open(page);
    }

    private static Process start(String script, Object... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Repository.file(script).toString()));
        Stream.of(words).map(Object::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
        builder.environment().put("ZIPMAP_CLASS_DATA", "off");
        return builder.start();
    }

    private static void screen(int width, int height, boolean phone) throws IOException {
        chromium.tool(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
    }

    private static void media(String media, String scheme) throws IOException {
        chromium.tool(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private static List<String> texts(String selector) throws IOException {
        return list(chromium.run(
                "return [...document.querySelectorAll(arguments[0])].map((node) => node.textContent)", selector));
    }

    private static List<String> list(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String text(String selector) throws IOException {
        return String.join("\n", texts(selector));
    }

    private static String attribute(String selector, String name) throws IOException {
        return chromium.run("return document.querySelector(arguments[0]).getAttribute(arguments[1])", selector, name)
                .asText();
    }

    private static boolean visible(String selector) throws IOException {
        return chromium.run("return document.querySelector(arguments[0]).checkVisibility()", selector)
                .asBoolean();
    }

    private static double height(String selector) throws IOException {
        return chromium.run("return document.querySelector(arguments[0]).getBoundingClientRect().height", selector)
                .asDouble();
    }

    private static double width(String selector) throws IOException {
        return chromium.run("return document.querySelector(arguments[0]).getBoundingClientRect().width", selector)
                .asDouble();
    }

    private static Percentage within10Percent() {
        return Percentage.withPercentage(10);
    }

    /** Texts whose contrast with their ground is below 4.5 to 1. Ground within a chart is that of the figure. */
    private static List<String> faint() throws IOException {
        JsonNode faint = chromium.run("""
                const parse = (color) => color.match(/[\\d.]+/g).map(Number);
                const light = (color) => {
                  const [r, g, b] = parse(color).map((c) => c / 255)
                    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const ground = (node) => {
                  const color = getComputedStyle(node).backgroundColor;
                  return parse(color)[3] === 0 ? ground(node.parentElement) : color;
                };
                const texts = [...document.querySelectorAll("body *:not(script, title)")].filter((node) =>
                  node.checkVisibility() && [...node.childNodes].some((c) => c.nodeType === 3 && c.data.trim()));
                if (texts.length < 20) throw new Error("Too few texts: " + texts.length);
                return texts.filter((node) => !node.closest(":disabled")).map((node) => {
                  const style = getComputedStyle(node);
                  const a = light(node.namespaceURI.endsWith("svg") ? style.fill : style.color);
                  const b = light(ground(node));
                  const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                  return contrast < 4.5 ? node.tagName + "." + node.getAttribute("class") + " " + contrast : "";
                }).filter((text) => text);
                """);
        return list(faint);
    }

    /** Waits for what a search shows; it starts a moment after the last key. */
    private static void await(String selector, String text) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!text(selector).equals(text) && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(text(selector)).isEqualTo(text);
    }
}
