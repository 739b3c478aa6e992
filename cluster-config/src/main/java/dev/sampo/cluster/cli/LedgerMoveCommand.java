package dev.sampo.cluster.cli;

import dev.sampo.client.ClientSettings;
import dev.sampo.client.KeyFile;
import dev.sampo.client.SampoClient;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.console.Json;
import dev.sampo.cluster.demo.DemoPointer;
import dev.sampo.cluster.placement.ReplicaMove;
import dev.sampo.core.genesis.MoveOrder;
import dev.sampo.core.types.LedgerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "move",
    description = {
      "Has another node of a validator host its replica of a ledger, and waits until it is in sync",
      "there; exit code 10 if it is not in time. The order is signed here with the validator's"
          + " key.",
      "It stays there until that node goes."
    })
final class LedgerMoveCommand implements Callable<Integer> {

  private static final Duration CALL_MAX = Duration.ofSeconds(10);

  @Parameters(paramLabel = "LEDGER", description = "Its id or, in the running demo, its name.")
  private String ledger = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "NODE",
      description = "The node that is to host it, such as v1b.")
  private String to = "";

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Key file of the validator. Default: that of the running demo.")
  private @Nullable Path key;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long to wait, such as 30s. Default: 60s.")
  private Duration timeout = Duration.ofSeconds(60);

  @Mixin private final ClientOptions options = new ClientOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws InterruptedException {
    Usage.require(MoveOrder.isName(to), "--to names a node");
    var id = options.trust(ledger).ledger();
    var siblings = siblings();
    var signer = KeyFile.read(keyFile(siblings)).signer();
    try (var client = SampoClient.connect(settings(siblings))) {
      var result = new ReplicaMove(client, id, signer).run(to, timeout);
      output.console().answer(text(result), json(id, result));
      return (result.isThere() ? ExitCode.OK : ExitCode.UNHEALTHY).number();
    }
  }

  /** The demo's nodes of the validator that has the node; none if other nodes are named. */
  private List<DemoPointer.Validator> siblings() {
    var demo = options.demo();
    if (demo.isEmpty()) {
      return List.of();
    }
    var siblings = demo.get().siblingsOf(to);
    if (siblings.isEmpty()) {
      throw new CommandFailed(ExitCode.NOT_FOUND, "the demo has no node " + to);
    }
    return siblings;
  }

  private ClientSettings settings(List<DemoPointer.Validator> siblings) {
    var trust = options.trust(ledger);
    var endpoints =
        siblings.isEmpty()
            ? options.endpoints()
            : siblings.stream().map(DemoPointer.Validator::endpoint).toList();
    return ClientSettings.of(trust, endpoints.toArray(String[]::new)).withCallTimeout(CALL_MAX);
  }

  private Path keyFile(List<DemoPointer.Validator> siblings) {
    Usage.require(key != null || !siblings.isEmpty(), "--endpoint needs --key");
    var file =
        key != null ? key : options.demo().orElseThrow().keyOf(siblings.getFirst().validator());
    if (!Files.exists(file)) {
      throw new CommandFailed(ExitCode.NOT_FOUND, "there is no file " + file);
    }
    return file;
  }

  private String text(ReplicaMove.Result result) {
    if (result.wasThere()) {
      return "%s is hosted by %s already".formatted(ledger, to);
    }
    var host = result.host();
    if (!result.isThere() || host.isEmpty()) {
      return "%s is not in sync at %s after %d ms; %s"
          .formatted(
              ledger,
              to,
              result.took().toMillis(),
              host.map(each -> each.node() + " hosts it").orElse("nobody is known to host it"));
    }
    return ("%s moved from %s to %s, writer epoch %d;"
            + " nobody hosted it for %d ms, in sync after %d ms")
        .formatted(
            ledger,
            result.from(),
            to,
            host.get().writerEpoch(),
            host.get().unhosted().toMillis(),
            result.took().toMillis());
  }

  private Map<String, Object> json(LedgerId id, ReplicaMove.Result result) {
    var json = new LinkedHashMap<String, Object>();
    json.put("ledger", ledger);
    json.put("ledger_id", id.hex());
    json.put("from", result.from());
    json.put("to", to);
    json.put("already_there", result.wasThere());
    json.put("in_sync", result.isThere());
    var host = result.host();
    json.put("host", host.<Object>map(ReplicaMove.Host::node).orElse(Json.Unknown.UNKNOWN));
    json.put(
        "writer_epoch",
        host.<Object>map(ReplicaMove.Host::writerEpoch).orElse(Json.Unknown.UNKNOWN));
    json.put(
        "unhosted_ms",
        host.<Object>map(each -> each.unhosted().toMillis()).orElse(Json.Unknown.UNKNOWN));
    json.put("took_ms", result.took().toMillis());
    return json;
  }
}
