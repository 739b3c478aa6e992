package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.TrustAnchor;
import dev.sampo.cluster.config.DirectoryFile;
import dev.sampo.cluster.config.FaultyConfig;
import dev.sampo.cluster.config.NamedDirectory;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.DemoCharters;
import dev.sampo.cluster.demo.DemoPointer;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.LedgerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ledger, at which nodes; by default the demo that runs. */
final class ClientOptions {

  private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{64}");

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "Address of a node, such as http://127.0.0.1:8080. May be repeated.")
  private List<String> endpoints = List.of();

  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      description = "Genesis document of the ledger; the root of all trust.")
  private @Nullable Path genesis;

  @Option(
      names = "--ledger",
      paramLabel = "ID|NAME",
      description =
          "Which ledger: its id in hexadecimal or, in the running demo, its name. Default: the one"
              + " that the demo was started with.")
  private @Nullable String ledger;

  @Option(names = "--keys", paramLabel = "DIR", description = "Folder with the keys, NAME.key.")
  private @Nullable Path keys;

  @Option(
      names = "--directory",
      paramLabel = "FILE",
      description =
          "The ledgers that accounts are spread over; NAME without @LEDGER is looked for there."
              + " Default: that of the running demo, if it was started with --spread.")
  private @Nullable Path directory;

  private @Nullable NamedDirectory named;

  /** Where accounts are looked for; nothing if the command names a ledger, or there is none. */
  Optional<NamedDirectory> directory() {
    if (directory != null) {
      return Optional.of(read(directory));
    }
    if (ledger != null || genesis != null) {
      return Optional.empty();
    }
    try {
      var demo = demo();
      return demo.isEmpty() ? Optional.empty() : DemoCharters.of(demo.get()).directory();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the folder of the demo", unreadable);
    }
  }

  /** Reads the file once. */
  private NamedDirectory read(Path file) {
    var known = named;
    if (known == null) {
      try {
        known = DirectoryFile.read(file);
      } catch (FaultyConfig faulty) {
        var why = String.join("\n  ", faulty.faults());
        throw new CommandFailed(ExitCode.FAILED, "--directory " + file + ":\n  " + why, faulty);
      }
      named = known;
    }
    return known;
  }

  /** The ledger that has created an account, as the directory says; nothing without one. */
  Optional<LedgerId> firstLedgerOf(AccountId id) {
    return directory().flatMap(known -> known.directory().home(id));
  }

  /** The demo that runs, unless endpoints are named. */
  Optional<DemoPointer> demo() {
    return endpoints.isEmpty() ? DemoPointer.find(DemoPointer.file()) : Optional.empty();
  }

  ClientSettings settings(Duration callTimeout) {
    return settings(trust(), callTimeout);
  }

  /** About a ledger that the command names itself, by its id or, in the running demo, its name. */
  ClientSettings settings(String ledgerNamed, Duration callTimeout) {
    return settings(trust(ledgerNamed), callTimeout);
  }

  /** In a ledger that the command names itself. */
  TrustAnchor trust(String ledgerNamed) {
    return new TrustAnchor.Pinned(ledgerId(ledgerNamed));
  }

  private ClientSettings settings(TrustAnchor trust, Duration callTimeout) {
    return ClientSettings.of(trust, endpoints().toArray(String[]::new))
        .withCallTimeout(callTimeout);
  }

  /** Addresses of nodes: those that were named, or those of the running demo. */
  List<String> endpoints() {
    return endpoints.isEmpty() ? requireDemo().endpoints() : endpoints;
  }

  /** How a later command may name the ledger that the options are about. */
  String ledgerNamed() {
    return ledger == null ? trust().ledger().hex() : ledger;
  }

  /** What a later command needs to be about the same ledger; begins with a space if not empty. */
  String sameLedger() {
    return ledger == null ? "" : " --ledger " + ledger;
  }

  TrustAnchor trust() {
    if (genesis != null) {
      return new TrustAnchor.Document(GenesisFile.read("--genesis", genesis));
    }
    if (ledger != null) {
      return new TrustAnchor.Pinned(ledgerId(ledger));
    }
    if (directory != null) {
      return new TrustAnchor.Pinned(read(directory).directory().ledgers().getFirst());
    }
    return new TrustAnchor.Pinned(
        demo()
            .map(DemoPointer::ledger)
            .orElseThrow(
                () ->
                    endpoints.isEmpty()
                        ? noDemo()
                        : new CommandFailed(
                            ExitCode.USAGE,
                            "--endpoint also needs --genesis FILE or --ledger ID: without it"
                                + " nothing that a node says can be checked")));
  }

  /** What a ledger is called in the running demo. */
  Optional<String> nameOf(LedgerId id) {
    return demo().stream()
        .flatMap(demo -> DemoCharters.of(demo).ledgers().entrySet().stream())
        .filter(entry -> entry.getValue().equals(id))
        .map(entry -> entry.getKey().text())
        .findFirst();
  }

  Path keyFolder() {
    return keys != null ? keys : requireDemo().keys();
  }

  private DemoPointer requireDemo() {
    return demo().orElseThrow(ClientOptions::noDemo);
  }

  private static CommandFailed noDemo() {
    return new CommandFailed(
        ExitCode.FAILED,
        "no demo is running; start one with './sampo demo', or name a ledger with --endpoint,"
            + " --genesis and --keys");
  }

  private LedgerId ledgerId(String idOrName) {
    if (ID.matcher(idOrName).matches()) {
      return LedgerId.fromHex(idOrName);
    }
    var name = Words.ledger(idOrName);
    var demo =
        demo()
            .orElseThrow(
                () ->
                    endpoints.isEmpty()
                        ? noDemo()
                        : new CommandFailed(
                            ExitCode.USAGE,
                            "with --endpoint a ledger has to be named by its id, of 64 hexadecimal"
                                + " digits, not '"
                                + idOrName
                                + "'"));
    var known = DemoCharters.of(demo).ledgers();
    return Optional.ofNullable(known.get(name))
        .orElseThrow(
            () ->
                new CommandFailed(
                    ExitCode.NOT_FOUND,
                    "the demo has no ledger " + name + "; it has " + known.keySet()));
  }
}
