package dev.sampo.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Test vectors: a JSON array of objects, one on each line, whose values are plain strings. */
public final class FlatJson {

  private static final Pattern OBJECT = Pattern.compile("\\{([^{}]*)\\}");
  private static final Pattern FIELD = Pattern.compile("\"([^\"\\\\]*)\"\\s*:\\s*\"([^\"\\\\]*)\"");

  private FlatJson() {}

  /** The text of the resource {@code vectors/<name>}. */
  public static String text(String name) {
    try (var in = FlatJson.class.getResourceAsStream("/vectors/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource vectors/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  public static List<Map<String, String>> read(String name) {
    var objects = new ArrayList<Map<String, String>>();
    var object = OBJECT.matcher(text(name));
    while (object.find()) {
      var fields = new LinkedHashMap<String, String>();
      var field = FIELD.matcher(object.group(1));
      while (field.find()) {
        fields.put(field.group(1), field.group(2));
      }
      objects.add(fields);
    }
    return objects;
  }

  public static String write(List<Map<String, String>> objects) {
    var lines = new ArrayList<String>();
    for (var object : objects) {
      var fields = new ArrayList<String>();
      object.forEach((key, value) -> fields.add("\"" + key + "\": \"" + value + "\""));
      lines.add("  {" + String.join(", ", fields) + "}");
    }
    return "[\n" + String.join(",\n", lines) + "\n]\n";
  }
}
