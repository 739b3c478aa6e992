package dev.sampo.cluster.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.sampo.cluster.console.Json;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.ledger.LedgerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells the other commands about the demo that is running.
 *
 * @param pid of the demo
 * @param ledger the one that its nodes were started with
 * @param control where the demo takes orders, a Unix domain socket
 * @param ledgers all that its nodes host, by their names; if the demo does not say, the one that
 *     they were started with, under the name {@link LedgerSettings#FIRST_NAME}
 * @param readers that follow them without a vote
 */
public record DemoPointer(
    long pid,
    LedgerId ledger,
    Path keys,
    Path control,
    List<Validator> validators,
    SortedMap<LedgerName, LedgerId> ledgers,
    List<Reader> readers) {

  private static final String LEDGERS = "ledgers";
  private static final String VALIDATOR = "validator";
  private static final String READERS = "readers";

  /**
   * A node of the demo, running or not.
   *
   * @param validator whose node it is: its own name, unless validators have several nodes
   */
  public record Validator(
      String name, String dataCentre, String endpoint, long pid, String validator) {

    /** The only node of its validator. */
    public Validator(String name, String dataCentre, String endpoint, long pid) {
      this(name, dataCentre, endpoint, pid, name);
    }
  }

  /** A reader of the demo, running or not. */
  public record Reader(String name, String dataCentre, String endpoint) {}

  public DemoPointer {
    readers = List.copyOf(readers);
    validators = List.copyOf(validators);
    ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
  }

  /** Of a demo with one ledger. */
  public DemoPointer(
      long pid, LedgerId ledger, Path keys, Path control, List<Validator> validators) {
    this(
        pid,
        ledger,
        keys,
        control,
        validators,
        new TreeMap<>(Map.of(LedgerSettings.FIRST_NAME, ledger)),
        List.of());
  }

  /** Where the demo keeps everything. */
  public Path folder() {
    return keys.toAbsolutePath().resolve("..").normalize();
  }

  public List<String> endpoints() {
    return validators.stream().map(Validator::endpoint).toList();
  }

  /** The nodes of each validator, in their order. */
  public SequencedMap<String, List<Validator>> byValidator() {
    var nodes = new LinkedHashMap<String, List<Validator>>();
    validators.forEach(
        each -> nodes.computeIfAbsent(each.validator(), _ -> new ArrayList<>()).add(each));
    return nodes;
  }

  /** All nodes of the validator that {@code node} is one of; none if there is no such node. */
  public List<Validator> siblingsOf(String node) {
    return byValidator().values().stream()
        .filter(nodes -> nodes.stream().anyMatch(each -> each.name().equals(node)))
        .findFirst()
        .orElse(List.of());
  }

  /** The key of a validator, in the folder where the demo keeps everything. */
  public Path keyOf(String validator) {
    return folder().resolve(validator).resolve(DemoLayout.KEY);
  }

  /** Below {@code SAMPO_HOME}, which the launcher sets to its own folder. */
  public static Path file() {
    String home = System.getenv().getOrDefault("SAMPO_HOME", ".");
    return Path.of(home).toAbsolutePath().normalize().resolve(".sampo").resolve("demo.json");
  }

  /**
   * The demo that runs now; nothing if there is none, although one was killed without cleaning up.
   */
  public static Optional<DemoPointer> find(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(ConfigFactory.parseString(Files.readString(file))))
          .filter(pointer -> ProcessHandle.of(pointer.pid()).isPresent());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (ConfigException | IllegalArgumentException damaged) {
      throw new IllegalStateException(file + " is damaged: delete it", damaged);
    }
  }

  private static DemoPointer read(Config json) {
    var ledger = LedgerId.fromHex(json.getString("ledger_id"));
    return new DemoPointer(
        json.getLong("pid"),
        ledger,
        Path.of(json.getString("keys")),
        Path.of(json.getString("control")),
        json.getConfigList("validators").stream()
            .map(
                validator ->
                    new Validator(
                        validator.getString("name"),
                        validator.getString("data_centre"),
                        validator.getString("endpoint"),
                        validator.getLong("pid"),
                        validator.hasPath(VALIDATOR)
                            ? validator.getString(VALIDATOR)
                            : validator.getString("name")))
            .toList(),
        ledgers(json, ledger),
        readers(json));
  }

  private static List<Reader> readers(Config json) {
    return json.hasPath(READERS)
        ? json.getConfigList(READERS).stream()
            .map(
                reader ->
                    new Reader(
                        reader.getString("name"),
                        reader.getString("data_centre"),
                        reader.getString("endpoint")))
            .toList()
        : List.of();
  }

  private static SortedMap<LedgerName, LedgerId> ledgers(Config json, LedgerId first) {
    var ledgers = new TreeMap<LedgerName, LedgerId>();
    if (!json.hasPath(LEDGERS)) {
      ledgers.put(LedgerSettings.FIRST_NAME, first);
      return ledgers;
    }
    for (var entry : json.getObject(LEDGERS).entrySet()) {
      var id = String.valueOf(entry.getValue().unwrapped());
      ledgers.put(new LedgerName(entry.getKey()), LedgerId.fromHex(id));
    }
    return ledgers;
  }

  /** Replaces the file as a whole; only its owner may read it. */
  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var draft = file.resolveSibling("demo.json." + pid);
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(draft, Json.of(json()) + "\n");
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Also what the demo prints when it is ready. */
  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("pid", pid);
    json.put("ledger_id", ledger.hex());
    json.put("keys", keys.toString());
    json.put("control", control.toString());
    var named = new LinkedHashMap<String, Object>();
    ledgers.forEach((name, id) -> named.put(name.text(), id.hex()));
    json.put(LEDGERS, named);
    json.put("validators", validators.stream().map(DemoPointer::json).toList());
    if (!readers.isEmpty()) {
      json.put(READERS, readers.stream().map(DemoPointer::json).toList());
    }
    return json;
  }

  private static Map<String, Object> json(Reader reader) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", reader.name());
    json.put("data_centre", reader.dataCentre());
    json.put("endpoint", reader.endpoint());
    return json;
  }

  private static Map<String, Object> json(Validator validator) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", validator.name());
    json.put("data_centre", validator.dataCentre());
    json.put("endpoint", validator.endpoint());
    json.put("pid", validator.pid());
    json.put(VALIDATOR, validator.validator());
    return json;
  }
}
