package dev.sampo.cluster.console;

import java.util.List;
import java.util.Map;

/**
 * A JSON value on one line (RFC 8259). Members stand in the order of the map; strings are escaped
 * so that no terminal control character gets out.
 */
public final class Json {

  /** Stands for {@code null}: a member that is there although nobody knows its value. */
  public enum Unknown {
    UNKNOWN
  }

  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /** Takes maps with string keys, lists, strings, booleans, finite numbers and {@link Unknown}. */
  public static String of(Object value) {
    var json = new Json();
    json.write(value);
    return json.out.toString();
  }

  private void write(Object value) {
    switch (value) {
      case Map<?, ?> object -> object(object);
      case List<?> array -> array(array);
      case Unknown _ -> out.append("null");
      case Boolean flag -> out.append(flag.booleanValue());
      case Double number when !Double.isFinite(number) ->
          throw new IllegalArgumentException("JSON has no " + number);
      case Number number -> out.append(number);
      case String text -> text(text);
      default -> throw new IllegalArgumentException("not a JSON value: " + value.getClass());
    }
  }

  private void object(Map<?, ?> object) {
    out.append('{');
    String separator = "";
    for (var member : object.entrySet()) {
      out.append(separator);
      text(String.valueOf(member.getKey()));
      out.append(':');
      write(member.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private void array(List<?> array) {
    out.append('[');
    String separator = "";
    for (var element : array) {
      out.append(separator);
      write(element);
      separator = ",";
    }
    out.append(']');
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
        out.append("\\u").append(String.format("%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
