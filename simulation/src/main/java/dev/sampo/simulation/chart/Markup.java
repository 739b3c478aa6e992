package dev.sampo.simulation.chart;

/** Writes XML; whatever is text or a value is escaped. */
final class Markup {

  private final StringBuilder out = new StringBuilder();

  /** Raw markup, never of what a run says. */
  Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  Markup text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** An element with a text; attributes are pairs of name and value. */
  Markup element(String name, String content, Object... attributes) {
    open(name, attributes);
    text(content);
    return close(name);
  }

  Markup open(String name, Object... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escaped(String.valueOf(attributes[i + 1]))).append('"');
    }
    out.append('>');
    return this;
  }

  Markup close(String name) {
    out.append("</").append(name).append(">\n");
    return this;
  }

  /** What XML cannot hold, control characters and halves of pairs, becomes U+FFFD. */
  static String escaped(String text) {
    var safe = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isAllowed(point) ? point : 0xFFFD);
              }
            });
    return safe.toString();
  }

  private static boolean isAllowed(int point) {
    return point == '\n'
        || point == '\t'
        || point >= 0x20 && point <= 0xD7FF
        || point >= 0xE000 && point <= 0xFFFD
        || point >= 0x10000;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
