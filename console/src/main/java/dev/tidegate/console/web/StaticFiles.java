package dev.tidegate.console.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The pages' style sheets, scripts and icon, from the class path. Each address carries a digest of
 * the content, so a browser may keep a file for ever and still gets a new one at once.
 */
public final class StaticFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "console.css", "text/css; charset=utf-8",
          "alert.css", "text/css; charset=utf-8",
          "control.css", "text/css; charset=utf-8",
          "uplot.css", "text/css; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "control.js", "text/javascript; charset=utf-8",
          "drift.js", "text/javascript; charset=utf-8",
          "uplot.js", "text/javascript; charset=utf-8",
          "favicon.svg", "image/svg+xml");

  /** Where files are that come from elsewhere: uPlot 1.6.30, MIT licence. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "uplot.css", "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.min.css",
          "uplot.js", "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.iife.min.js");

  private final Map<String, byte[]> files;
  private final Map<String, String> addresses;

  private StaticFiles(Map<String, byte[]> files, Map<String, String> addresses) {
    this.files = files;
    this.addresses = Map.copyOf(addresses);
  }

  /** Reads the files. */
  public static StaticFiles load() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Map<String, String> addresses = new LinkedHashMap<>();
    for (String name : TYPES.keySet()) {
      byte[] content = read(name);
      files.put(name, content);
      addresses.put(name, "/static/" + name + "?v=" + digest(content));
    }
    return new StaticFiles(files, addresses);
  }

  /** Address of each file by its name. */
  public Map<String, String> addresses() {
    return addresses;
  }

  void serve(Context request) {
    String name = request.pathParam("name");
    byte[] content = files.get(name);
    if (content == null) {
      request.status(404).result("no such file");
      return;
    }
    request
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .contentType(String.valueOf(TYPES.get(name)))
        .result(content);
  }

  private static byte[] read(String name) {
    try (InputStream in =
        StaticFiles.class.getResourceAsStream(ELSEWHERE.getOrDefault(name, name))) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
