package io.zipmap.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A headless Chromium with an empty profile, driven through {@code chromedriver} by the protocol of WebDriver. It has
 * one window. {@link #close} ends both processes.
 */
public final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Pattern READY = Pattern.compile("started successfully on port (\\d+)");
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final String server;
    private final String session;

    private Chromium(Process driver, Path browser, Path profile) throws IOException {
        this.driver = driver;
        this.server = "http://127.0.0.1:" + port(driver);
        List<String> flags = List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
        Map<String, Object> options = Map.of(
                "browserName", "chrome",
                "goog:chromeOptions", Map.of("binary", browser.toString(), "args", flags),
                "goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
        this.session = "/session/"
                + post("/session", Map.of("capabilities", Map.of("alwaysMatch", options)))
                        .path("sessionId")
                        .asText();
    }

    /** Whether the machine has a Chromium and its driver. */
    public static boolean available() {
        return browser().isPresent() && onPath("chromedriver").isPresent();
    }

    /** @param profile an empty folder, to which the browser writes */
    public static Chromium start(Path profile) throws IOException {
        Path browser = browser().orElseThrow();
        Process driver = new ProcessBuilder(onPath("chromedriver").orElseThrow().toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        try {
            return new Chromium(driver, browser, profile);
        } catch (IOException | RuntimeException e) {
            end(driver);
            throw e;
        }
    }

    /** Opens a page, and waits until it is loaded. */
    public void open(URI page) throws IOException {
        post(session + "/url", Map.of("url", page.toString()));
    }

    /** What the body of a function returns in the page. */
    public JsonNode run(String script, Object... arguments) throws IOException {
        return post(session + "/execute/sync", Map.of("script", script, "args", arguments));
    }

    /** As a click of the mouse: the element is scrolled into view, and must not be covered. */
    public void click(String selector) throws IOException {
        post(element(selector) + "/click", Map.of());
    }

    /** Types into an element; the keys of WebDriver such as {@code \uE014} (right arrow) are keys that are pressed. */
    public void type(String selector, String keys) throws IOException {
        post(element(selector) + "/value", Map.of("text", keys));
    }

    /** Presses a key in the element that has the focus. */
    public void press(String key) throws IOException {
        List<Map<String, String>> strokes =
                List.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key));
        post(
                session + "/actions",
                Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", strokes))));
    }

    /** Moves the mouse to a position in an element. */
    public void hover(String selector, double shareOfWidth, double shareOfHeight) throws IOException {
        JsonNode at = run(
                "const node = document.querySelector(arguments[0]); node.scrollIntoView({ block: 'center' });"
                        + "const box = node.getBoundingClientRect();"
                        + "return [box.x + box.width * arguments[1], box.y + box.height * arguments[2]];",
                selector,
                shareOfWidth,
                shareOfHeight);
        tool("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", at.get(0), "y", at.get(1)));
    }

    /** The result of a command of the browser's own protocol. */
    public JsonNode tool(String command, Map<String, ?> parameters) throws IOException {
        return post(session + "/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    /** What the console of the page has got since the last call: errors, warnings, and what scripts print. */
    public List<String> console() throws IOException {
        List<String> lines = new ArrayList<>();
        log("browser").forEach(line -> lines.add(line.path("message").asText()));
        return lines;
    }

    /** The addresses of all requests since the last call. */
    public List<String> requests() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (JsonNode line : log("performance")) {
            JsonNode message = JSON.readTree(line.path("message").asText()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                addresses.add(message.at("/params/request/url").asText());
            }
        }
        return addresses;
    }

    @Override
    public void close() throws IOException {
        try {
            call("DELETE", session, HttpRequest.BodyPublishers.noBody());
        } finally {
            end(driver);
        }
    }

    private JsonNode log(String type) throws IOException {
        return post(session + "/se/log", Map.of("type", type));
    }

    private String element(String selector) throws IOException {
        JsonNode found = post(session + "/element", Map.of("using", "css selector", "value", selector));
        return session + "/element/" + found.elements().next().asText();
    }

    private JsonNode post(String path, Object body) throws IOException {
        return call("POST", path, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private JsonNode call(String method, String path, HttpRequest.BodyPublisher body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .timeout(LIMIT)
                .header("Content-Type", "application/json; charset=utf-8")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode value = JSON.readTree(response.body()).path("value");
            if (response.statusCode() != 200) {
                throw new IOException(path + ": " + value.path("message").asText());
            }
            return value;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while Chromium worked", e);
        }
    }

    private static int port(Process driver) throws IOException {
        // The driver prints nothing after this line.
        BufferedReader lines = driver.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return Integer.parseInt(ready.group(1));
            }
        }
        throw new IOException("chromedriver ended before it was ready");
    }

    private static void end(Process driver) {
        List<ProcessHandle> started = driver.descendants().toList();
        driver.destroy();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static Optional<Path> browser() {
        return NAMES.stream().flatMap(name -> onPath(name).stream()).findFirst();
    }

    private static Optional<Path> onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Chromium::real);
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
