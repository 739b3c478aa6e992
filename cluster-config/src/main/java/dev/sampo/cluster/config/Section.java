package dev.sampo.cluster.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One object of a configuration, read key by key. Faults are collected rather than thrown, and
 * {@link #close} adds one for each key that nobody asked for.
 */
final class Section implements AutoCloseable {

  private final String path;
  private final Config config;
  private final List<String> faults;
  private final TreeSet<String> unread;

  Section(String path, ConfigObject object, List<String> faults) {
    this.path = path;
    this.config = object.toConfig();
    this.faults = faults;
    this.unread = new TreeSet<>(object.keySet());
  }

  String text(String key) {
    String text = read(key, "", config::getString);
    if (text.isEmpty() && config.hasPath(ConfigUtil.quoteString(key))) {
      faults.add(where(key) + ": empty");
    }
    return text;
  }

  /** A TCP port; 0 lets the system choose. */
  int port(String key) {
    int port = read(key, 0, config::getInt);
    if (port < 0 || port > 65_535) {
      faults.add(where(key) + ": a port is 0 to 65535, not " + port);
    }
    return port;
  }

  /** Reads with {@code parse}, whose {@link IllegalArgumentException} becomes a fault. */
  <T> T parsed(String key, T fallback, Function<String, T> parse) {
    int before = faults.size();
    String text = text(key);
    if (faults.size() > before) {
      return fallback;
    }
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException wrong) {
      faults.add(where(key) + ": " + wrong.getMessage());
      return fallback;
    }
  }

  /** As {@link #parsed}, of a key that may be missing. */
  <T> Optional<T> optional(String key, Function<String, T> parse) {
    if (!config.root().containsKey(key)) {
      return Optional.empty();
    }
    return parsed(key, Optional.empty(), text -> Optional.of(parse.apply(text)));
  }

  Section section(String key) {
    ConfigObject none = ConfigFactory.empty().root();
    return new Section(pathOf(key), read(key, none, config::getObject), faults);
  }

  /** A key that must not be there. */
  void refuse(String key, String why) {
    if (config.root().containsKey(key)) {
      unread.remove(key);
      faults.add(where(key) + ": " + why);
    }
  }

  /** As {@link #section}, of a key that may be missing. */
  Optional<Section> optionalSection(String key) {
    return config.root().containsKey(key) ? Optional.of(section(key)) : Optional.empty();
  }

  /** As {@link #sections}, of a key that may be missing. */
  List<Section> optionalSections(String key) {
    return config.root().containsKey(key) ? sections(key) : List.of();
  }

  List<Section> sections(String key) {
    List<ConfigObject> objects = new ArrayList<>(read(key, List.of(), this::objects));
    var sections = new ArrayList<Section>();
    for (int i = 0; i < objects.size(); i++) {
      sections.add(new Section(pathOf(key) + "[" + i + "]", objects.get(i), faults));
    }
    return sections;
  }

  @Override
  public void close() {
    unread.forEach(key -> faults.add(where(key) + ": unknown key"));
  }

  private List<ConfigObject> objects(String key) {
    return List.copyOf(config.getObjectList(key));
  }

  private <T> T read(String key, T fallback, Function<String, T> getter) {
    unread.remove(key);
    String quoted = ConfigUtil.quoteString(key);
    try {
      return getter.apply(quoted);
    } catch (ConfigException.Missing missing) {
      faults.add(pathOf(key) + ": missing");
    } catch (ConfigException.WrongType wrong) {
      faults.add(where(key) + ": wrong type, found " + found(quoted));
    }
    return fallback;
  }

  private String found(String quoted) {
    ConfigValue value = config.getValue(quoted);
    return value.valueType() + " " + value.render(ConfigRenderOptions.concise());
  }

  private String where(String key) {
    var value = config.root().get(key);
    String line =
        value == null || value.origin().lineNumber() < 0
            ? ""
            : " (line " + value.origin().lineNumber() + ")";
    return pathOf(key) + line;
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
