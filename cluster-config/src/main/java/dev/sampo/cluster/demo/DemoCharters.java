package dev.sampo.cluster.demo;

import dev.sampo.client.KeyFile;
import dev.sampo.cluster.config.NamedDirectory;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.core.assets.Shard;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerCharter;
import dev.sampo.core.genesis.LedgerName;
import dev.sampo.core.types.LedgerId;
import dev.sampo.node.ledger.LedgerSettings;
import dev.sampo.persistence.store.LedgerDirectories;
import dev.sampo.persistence.store.NodeIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The charters of the further ledgers of a running demo: {@code ledgers/NAME.charter} in its
 * folder. They have the accounts, keys and parameters of the demo's first ledger, and stay, so that
 * a ledger that only some nodes have taken can be brought to the others.
 */
public final class DemoCharters {

  private static final String FOLDER = "ledgers";
  private static final String SUFFIX = ".charter";

  private final Path home;
  private final SortedMap<LedgerName, LedgerId> announced;
  private final List<DemoPointer.Validator> validators;

  private DemoCharters(
      Path home,
      SortedMap<LedgerName, LedgerId> announced,
      List<DemoPointer.Validator> validators) {
    this.home = home;
    this.announced = announced;
    this.validators = validators;
  }

  /** Those of {@code demo}, which runs on this machine and whose folder is believed. */
  public static DemoCharters of(DemoPointer demo) {
    return new DemoCharters(demo.folder(), demo.ledgers(), demo.validators());
  }

  /** Those of a demo that does not run yet. */
  static DemoCharters of(DemoLayout layout) {
    var first = new TreeMap<>(Map.of(LedgerSettings.FIRST_NAME, layout.genesis().ledgerId()));
    return new DemoCharters(layout.folder(), first, List.of());
  }

  /** Connects a ledger that was made here with the first one; waits until it is decided. */
  public DemoChannels.Connected connect(LedgerCharter charter) throws IOException {
    var layout = DemoLayout.open(home);
    var both = new TreeMap<LedgerName, Genesis>();
    both.put(LedgerSettings.FIRST_NAME, layout.genesis());
    both.put(charter.name(), charter.genesis());
    var endpoints = committee(charter).stream().map(DemoPointer.Validator::endpoint).toList();
    return DemoChannels.connect(both, layout.keys(), DemoSession.clientsAt(endpoints));
  }

  /** What each of them starts from, the demo's first one included. */
  SortedMap<LedgerName, Genesis> documents() throws IOException {
    var documents = new TreeMap<LedgerName, Genesis>();
    documents.put(LedgerSettings.FIRST_NAME, DemoLayout.open(home).genesis());
    all().forEach(charter -> documents.put(charter.name(), charter.genesis()));
    return documents;
  }

  /**
   * Makes ledgers until there are {@code count} with the first one, and has the nodes, none of
   * which runs, host all that there are.
   */
  void hostAtLeast(int count, DemoLayout layout, DemoCommittees committees) throws IOException {
    for (int i = 2; ledgers().size() < count; i++) {
      var name = new LedgerName("ledger-" + i);
      if (!ledgers().containsKey(name)) {
        make(name, committees.ofLedger(i));
      }
    }
    for (var charter : all()) {
      host(charter, layout);
    }
  }

  private static void host(LedgerCharter charter, DemoLayout layout) throws IOException {
    for (int i = 0; i < layout.validators().size(); i++) {
      var key = layout.validators().get(i).publicKey();
      var hosted = new LedgerDirectories(layout.dataDirectory(i), layout.genesis().ledgerId(), key);
      boolean isMember = charter.genesis().validators().indexOf(key).isPresent();
      if (isMember) {
        hostOnce(hosted, charter);
      }
    }
    for (int i = 0; i < layout.sites().readers(); i++) {
      hostOnce(
          new LedgerDirectories(
              layout.readerData(i), layout.genesis().ledgerId(), NodeIdentity.READER),
          charter);
    }
  }

  private static void hostOnce(LedgerDirectories hosted, LedgerCharter charter) throws IOException {
    var ledger = charter.genesis().ledgerId();
    if (!hosted.charters(LedgerCharter.ENCODED_BYTES_MAX).containsKey(ledger)) {
      hosted.create(ledger, charter.encoded());
    }
  }

  /** Every ledger of the demo that has a name: those that it says it has, and those chartered. */
  public SortedMap<LedgerName, LedgerId> ledgers() {
    var ledgers = new TreeMap<LedgerName, LedgerId>();
    for (var charter : all()) {
      ledgers.put(charter.name(), charter.genesis().ledgerId());
    }
    ledgers.putAll(announced);
    return ledgers;
  }

  /** The charter that was made for {@code name}. */
  public Optional<LedgerCharter> find(LedgerName name) {
    var file = file(name);
    return Files.isRegularFile(file) ? Optional.of(CharterFile.read(file)) : Optional.empty();
  }

  /**
   * Makes a ledger of the given validators of the demo, with the consents of all of them.
   *
   * @param names such as v1; each only once
   */
  public LedgerCharter make(LedgerName name, List<String> names) throws IOException {
    if (ledgers().containsKey(name)) {
      throw new CommandFailed(ExitCode.CONFLICT, "the demo has a ledger " + name + " already");
    }
    var layout = DemoLayout.open(home);
    var random = new SecureRandom();
    var committee = chosen(layout, names);
    var keys = committee.stream().map(KeyFile::publicKey).toList();
    var genesis =
        DemoAccounts.open(layout.keys())
            .genesisOfFurther(keys, layout.genesis().parameters(), part(layout), random);
    var charter = LedgerCharter.draft(name, genesis);
    for (var validator : committee) {
      charter = charter.consentedBy(validator.signer());
    }
    DemoLayout.privateFolder(home.resolve(FOLDER));
    CharterFile.create(file(name), charter);
    return charter;
  }

  /** The next number; what is made beyond a spread demo's ledgers is the home of nobody. */
  private Shard part(DemoLayout layout) {
    return new Shard(
        DemoSpread.shard(layout.genesis()).map(Shard::rule).orElse(DemoSpread.NONE),
        ledgers().size());
  }

  /** Where the demo's people are, if they are spread over its ledgers. */
  public Optional<NamedDirectory> directory() throws IOException {
    return DemoSpread.directory(documents());
  }

  /** Of a ledger that no node has taken; its name is free again. */
  public void forget(LedgerName name) throws IOException {
    Files.deleteIfExists(file(name));
  }

  /** In the order of their indices, which is that of the names. */
  private static List<KeyFile> chosen(DemoLayout layout, List<String> names) {
    var chosen = new ArrayList<KeyFile>();
    for (int i = 0; i < layout.validators().size(); i++) {
      if (names.contains(DemoLayout.nameOf(i))) {
        chosen.add(layout.validators().get(i));
      }
    }
    if (chosen.size() != names.size()) {
      throw new CommandFailed(
          ExitCode.NOT_FOUND,
          "the demo has the validators v1 to v"
              + layout.validators().size()
              + ", each once; not all of "
              + names);
    }
    return chosen;
  }

  /** Those of the demo's validators that are on the committee of {@code charter}. */
  public List<DemoPointer.Validator> committee(LedgerCharter charter) throws IOException {
    var layout = DemoLayout.open(home);
    var names =
        charter.genesis().validators().keys().stream()
            .map(layout.genesis().validators()::indexOf)
            .flatMap(Optional::stream)
            .map(index -> DemoLayout.nameOf(index.number()))
            .toList();
    return validators.stream().filter(validator -> names.contains(validator.name())).toList();
  }

  private List<LedgerCharter> all() {
    var folder = home.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(CharterFile::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Path file(LedgerName name) {
    return home.resolve(FOLDER).resolve(name + SUFFIX);
  }
}
