package dev.sampo.simulation.chart;

import java.util.List;
import java.util.Locale;

/** Rows from top to bottom in the order of time, a line from top to bottom for each column. */
final class Drawing {

  private static final int LEFT = 110;
  private static final int COLUMN = 190;
  private static final int TOP = 50;
  private static final int ROW = 18;
  private static final int TEXT_MAX = 160;

  private static final String STYLE =
      """
      body { font: 13px sans-serif; margin: 16px; }
      svg text { font: 10px sans-serif; }
      .line { stroke: #bbb; }
      .arrow { stroke: #68c; marker-end: url(#head); }
      .time { fill: #888; }
      .sent { fill: #68c; } .vote { fill: #284; } .heard { fill: #555; } .sync { fill: #a80; }
      .commit { fill: #063; font-weight: bold; } .start { fill: #06c; } .client { fill: #639; }
      .fault { fill: #c50; font-weight: bold; } .evidence { fill: #909; }
      .violation { fill: #d00; font-weight: bold; } .end { stroke: #d00; stroke-width: 2; }
      p.violation { color: #d00; font-weight: bold; white-space: pre-wrap; }
      """;

  private final String title;
  private final int clients;
  private final List<Entry> entries;
  private final Markup out = new Markup();

  /** The columns are those of the validators, and {@code clients}. */
  Drawing(String title, int clients, List<Entry> entries) {
    this.title = title;
    this.clients = clients;
    this.entries = entries;
  }

  String html() {
    out.raw("<!DOCTYPE html>\n");
    out.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").open("head");
    out.raw("<meta charset=\"utf-8\"/>").element("title", title);
    out.element("style", STYLE).close("head").open("body").element("h1", title);
    for (var entry : entries) {
      if (entry.kind() == Entry.Kind.VIOLATION) {
        out.element("p", entry.text(), "class", "violation");
      }
    }
    svg();
    return out.close("body").close("html").toString();
  }

  private void svg() {
    int width = LEFT + COLUMN * (clients + 1) + COLUMN;
    int height = TOP + ROW * (entries.size() + 2);
    out.open("svg", "xmlns", "http://www.w3.org/2000/svg", "width", width, "height", height);
    out.raw(
        "<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"6\""
            + " markerHeight=\"6\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#68c\"/>"
            + "</marker></defs>\n");
    for (int column = 0; column <= clients; column++) {
      var name = column == clients ? "clients" : "validator " + column;
      out.element("text", name, "x", x(column), "y", TOP - 20);
      line("line", x(column), TOP - 10, x(column), height);
    }
    for (int row = 0; row < entries.size(); row++) {
      draw(row, entries.get(row));
    }
    out.close("svg");
  }

  private void draw(int row, Entry entry) {
    var kind = entry.kind().name().toLowerCase(Locale.ROOT);
    out.element("text", timeOf(entry), "class", "time", "x", 4, "y", y(row) + 3);
    int x = entry.column() == Entry.EVERYWHERE ? LEFT - 20 : x(entry.column());
    switch (entry.kind()) {
      case HEARD -> arrow(row, entry);
      case VIOLATION -> line("end", LEFT - 20, y(row), x(clients) + COLUMN / 2, y(row));
      case SENT, VOTE, SYNC, COMMIT, START, FAULT, EVIDENCE, CLIENT ->
          out.element("circle", "", "class", kind, "cx", x, "cy", y(row), "r", 3);
    }
    int below = entry.kind() == Entry.Kind.VIOLATION ? ROW : 3;
    out.open("text", "class", kind, "x", x + 6, "y", y(row) + below);
    out.element("title", entry.text()).text(shortened(entry.text())).close("text");
  }

  /** From where the message was sent, or from the upper edge if that was before. */
  private void arrow(int row, Entry heard) {
    int sent = row - 1;
    while (sent >= 0 && !isOrigin(entries.get(sent), heard)) {
      sent--;
    }
    line("arrow", x(heard.peer()), sent < 0 ? TOP - 10 : y(sent), x(heard.column()), y(row));
  }

  private static boolean isOrigin(Entry sent, Entry heard) {
    return sent.column() == heard.peer()
        && sent.kind() != Entry.Kind.HEARD
        && sent.message().isPresent()
        && sent.message().equals(heard.message());
  }

  private void line(String kind, int fromX, int fromY, int toX, int toY) {
    out.element("line", "", "class", kind, "x1", fromX, "y1", fromY, "x2", toX, "y2", toY);
  }

  private static String timeOf(Entry entry) {
    return String.format(Locale.ROOT, "%.6f s", entry.nanos() / 1e9);
  }

  private static String shortened(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
  }

  private static int x(int column) {
    return LEFT + COLUMN * column;
  }

  private static int y(int row) {
    return TOP + ROW * row;
  }
}
