package dev.sampo.cluster.console;

import java.io.PrintWriter;
import java.util.Map;

/** Where a command prints: data to {@code out}, talk to {@code talk}. Thread-safe. */
public final class Console {

  /** How data is printed. */
  public enum Format {
    /** For people; may change. */
    TEXT,
    /** One JSON object; stable. */
    JSON
  }

  private final PrintWriter out;
  private final PrintWriter talk;
  private final Format format;

  public Console(PrintWriter out, PrintWriter talk, Format format) {
    this.out = out;
    this.talk = talk;
    this.format = format;
  }

  /** Prints the answer of the command in the form that was asked for. */
  public void answer(String text, Map<String, Object> json) {
    synchronized (out) {
      out.println(
          switch (format) {
            case TEXT -> printable(text);
            case JSON -> Json.of(json);
          });
      out.flush();
    }
  }

  /** Tells what is going on. */
  public void say(String line) {
    synchronized (talk) {
      talk.println(printable(line));
      talk.flush();
    }
  }

  /** What nodes and files say must not steer the terminal: control characters become {@code ?}. */
  private static String printable(String text) {
    var cleaned = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      cleaned.append(Character.isISOControl(c) && c != '\n' ? '?' : c);
    }
    return cleaned.toString();
  }
}
