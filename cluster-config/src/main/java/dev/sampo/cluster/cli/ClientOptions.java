package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.TrustAnchor;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.DemoPointer;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.wire.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ledger, at which nodes; by default the demo that runs. */
final class ClientOptions {

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
      paramLabel = "ID",
      description = "Id of the ledger in hexadecimal, instead of the genesis document.")
  private @Nullable String ledger;

  @Option(names = "--keys", paramLabel = "DIR", description = "Folder with the keys, NAME.key.")
  private @Nullable Path keys;

  /** The demo that runs, unless endpoints are named. */
  Optional<DemoPointer> demo() {
    return endpoints.isEmpty() ? DemoPointer.find(DemoPointer.file()) : Optional.empty();
  }

  ClientSettings settings(Duration callTimeout) {
    var addresses = endpoints.isEmpty() ? requireDemo().endpoints() : endpoints;
    return ClientSettings.of(trust(), addresses.toArray(String[]::new))
        .withCallTimeout(callTimeout);
  }

  TrustAnchor trust() {
    if (genesis != null) {
      return new TrustAnchor.Document(read(genesis));
    }
    if (ledger != null) {
      return new TrustAnchor.Pinned(ledgerId(ledger));
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

  private static LedgerId ledgerId(String hex) {
    try {
      return LedgerId.fromHex(hex);
    } catch (IllegalArgumentException malformed) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--ledger: an id has 64 hexadecimal digits, not '" + hex + "'",
          malformed);
    }
  }

  private static Genesis read(Path file) {
    try {
      return Genesis.decode(Bytes.owning(Files.readAllBytes(file)));
    } catch (IOException unreadable) {
      throw new CommandFailed(
          ExitCode.FAILED, "--genesis: cannot read " + unreadable.getMessage(), unreadable);
    } catch (Malformed | IllegalArgumentException damaged) {
      throw new CommandFailed(
          ExitCode.FAILED,
          "--genesis: " + file + " is not a genesis document: " + damaged.getMessage(),
          damaged);
    }
  }
}
