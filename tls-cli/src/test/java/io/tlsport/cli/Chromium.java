package io.tlsport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real browser without a window, driven by its DevTools. */
final class Chromium implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private static final int EXIT_SECONDS = 5;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

  private final Process process;
  private final Path profile;
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private int lastId;
  private @Nullable String session;

  private Chromium(Process process, Path profile, String endpoint) {
    this.process = process;
    this.profile = profile;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(endpoint), new Answers())
            .join();
  }

  /** Starts it and opens that page. */
  static Chromium open(Path page) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory("chromium");
    List<String> command =
        List.of(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Chromium browser = new Chromium(process, profile, endpoint(process));
    JsonNode targets = browser.call("Target.getTargets", JSON.createObjectNode());
    String target = "";
    for (JsonNode info : targets.get("targetInfos")) {
      if (info.get("type").textValue().equals("page")) {
        target = info.get("targetId").textValue();
      }
    }
    ObjectNode attach = JSON.createObjectNode().put("targetId", target).put("flatten", true);
    browser.session = browser.call("Target.attachToTarget", attach).get("sessionId").textValue();
    browser.call("Page.enable", JSON.createObjectNode());
    browser.go(page);
    return browser;
  }

  private static String endpoint(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> said = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.add(line);
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread drain = new Thread(() -> lines.lines().forEach(said::add), "chromium-output");
        drain.setDaemon(true);
        drain.start();
        return listening.group(1);
      }
    }
    throw new AssertionError("chromium does not start: " + said);
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        try {
          answers.add(JSON.readTree(text.toString()));
        } catch (IOException notJson) {
          throw new IllegalStateException(notJson);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  /** Calls a method of the protocol; its result. */
  JsonNode call(String method, ObjectNode parameters) throws InterruptedException {
    int id = ++lastId;
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    socket.sendText(message.toString(), true).join();
    while (true) {
      JsonNode answer = next(method);
      if (answer.path("id").asInt() == id) {
        if (answer.has("error")) {
          throw new AssertionError(method + ": " + answer.get("error"));
        }
        return answer.get("result");
      }
    }
  }

  private JsonNode next(String what) throws InterruptedException {
    JsonNode answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("chromium says nothing to " + what);
    }
    return answer;
  }

  /** Opens that page in place of the one before. */
  void go(Path page) throws InterruptedException {
    call("Page.navigate", JSON.createObjectNode().put("url", page.toUri().toString()));
    while (!next("the load of the page").path("method").asText().equals("Page.loadEventFired")) {
      // Events of other kinds come before it.
    }
  }

  /** The value of an expression in the page. */
  JsonNode value(String script) throws InterruptedException {
    JsonNode result =
        call(
            "Runtime.evaluate",
            JSON.createObjectNode().put("expression", script).put("returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(script + ": " + result.get("exceptionDetails"));
    }
    return result.get("result").path("value");
  }

  /** Sets the width of the window, and whether it is a phone's. */
  void width(int pixels, boolean phone) throws InterruptedException {
    call(
        "Emulation.setDeviceMetricsOverride",
        JSON.createObjectNode()
            .put("width", pixels)
            .put("height", 800)
            .put("deviceScaleFactor", 1)
            .put("mobile", phone));
  }

  /** Shows it on a screen or in print, in a dark or a light room. */
  void media(String media, String scheme) throws InterruptedException {
    ObjectNode parameters = JSON.createObjectNode().put("media", media);
    parameters
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", scheme);
    call("Emulation.setEmulatedMedia", parameters);
  }

  /** Presses a key, as a user does. */
  void key(String name) throws InterruptedException {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          JSON.createObjectNode().put("type", type).put("key", name).put("code", name));
    }
  }

  /** Clicks in the middle of what a selector finds first. */
  void click(String selector) throws InterruptedException {
    ObjectNode at = middle(selector).put("button", "left").put("clickCount", 1);
    call("Input.dispatchMouseEvent", at.put("type", "mousePressed"));
    call("Input.dispatchMouseEvent", at.put("type", "mouseReleased"));
  }

  /** Points there, and does not click. */
  void point(String selector) throws InterruptedException {
    call("Input.dispatchMouseEvent", middle(selector).put("type", "mouseMoved"));
  }

  private ObjectNode middle(String selector) throws InterruptedException {
    JsonNode at =
        value(
            "(function () { var e = document.querySelector('"
                + selector
                + "'); e.scrollIntoView({block: 'center'});"
                + " var b = e.getBoundingClientRect();"
                + " return {x: b.left + b.width / 2, y: b.top + b.height / 2}; })()");
    return JSON.createObjectNode()
        .put("x", at.get("x").doubleValue())
        .put("y", at.get("y").doubleValue());
  }

  /** A picture of what is seen, as PNG. */
  byte[] picture() throws InterruptedException {
    String data =
        call("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"))
            .get("data")
            .textValue();
    return Base64.getDecoder().decode(data);
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    // Its helpers outlive it for a moment, and write into the profile.
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : all) {
      one.onExit().completeOnTimeout(one, EXIT_SECONDS, TimeUnit.SECONDS).join();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
