package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.CharterFile;
import dev.sampo.cluster.demo.DemoCharters;
import dev.sampo.cluster.demo.DemoPointer;
import dev.sampo.cluster.placement.Member;
import dev.sampo.cluster.placement.Placement;
import dev.sampo.core.genesis.LedgerCharter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Has nodes host a new ledger and waits until they are ready for it. By NAME: one of the",
      "running demo, with the accounts and keys of its first one. By --charter: one that all its",
      "validators have consented to. The same command may be repeated: what is hosted already",
      "stays as it is."
    })
final class LedgerCreateCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "What to call it.")
  private @Nullable String name;

  @Option(
      names = "--validators",
      split = ",",
      paramLabel = "v1,v2,...",
      description = "Which of the demo's are its validators. Default: all.")
  private List<String> validators = List.of();

  @Option(
      names = "--charter",
      paramLabel = "FILE",
      description = "The charter, as 'ledger draft' and 'ledger sign' made it.")
  private @Nullable Path charter;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "With --charter: each node that is to host it. May be repeated.")
  private List<String> endpoints = List.of();

  @Option(
      names = "--i-understand",
      description = {
        "Fewer than four validators will do, although none of them may lie then, and so will a",
        "committee that halts when one data centre is lost."
      })
  private boolean understood;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationText.class,
      description = "How long the nodes may take to be ready, such as 30s. Default: 60s.")
  private Duration timeout = Duration.ofSeconds(60);

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Usage.require((name == null) != (charter == null), "either NAME or --charter FILE");
    Usage.require(charter != null || endpoints.isEmpty(), "--endpoint needs --charter");
    Usage.require(charter == null || validators.isEmpty(), "--validators needs NAME");
    Usage.require(
        List.copyOf(new LinkedHashSet<>(validators)).equals(validators),
        "--validators names one twice");
    var exitCode = charter != null ? bring(charter) : create(Objects.requireNonNull(name));
    return exitCode.number();
  }

  private ExitCode create(String wanted) throws IOException, InterruptedException {
    var ledger = Words.ledger(wanted);
    var demo = RunningDemo.find().pointer();
    var charters = DemoCharters.of(demo);
    requireSafe(placement(demo));
    var known = charters.find(ledger);
    var made = known.isPresent() ? known.get() : charters.make(ledger, validatorsOf(demo));
    var committee = charters.committee(made);
    requireSame(made, committee);
    var nodes = committee.stream().map(DemoPointer.Validator::endpoint).toList();
    var delivery = new CharterDelivery(made, nodes, Optional.of(ledger));
    var exitCode = delivery.run(timeout, output.console());
    if (exitCode == ExitCode.OK) {
      output.console().say(charters.connect(made).text());
    }
    if (known.isEmpty() && delivery.isNowhere()) {
      charters.forget(ledger);
    }
    return exitCode;
  }

  private Placement placement(DemoPointer demo) {
    var names = validatorsOf(demo);
    var members =
        demo.validators().stream()
            .filter(each -> names.contains(each.name()))
            .map(each -> new Member(each.name(), each.dataCentre()))
            .toList();
    if (members.isEmpty()) {
      throw new CommandFailed(ExitCode.NOT_FOUND, "the demo has none of the validators " + names);
    }
    return new Placement(members);
  }

  private List<String> validatorsOf(DemoPointer demo) {
    return validators.isEmpty()
        ? demo.validators().stream().map(DemoPointer.Validator::name).toList()
        : validators;
  }

  /** A ledger that was begun before keeps its validators. */
  private void requireSame(LedgerCharter made, List<DemoPointer.Validator> committee) {
    var names = committee.stream().map(DemoPointer.Validator::name).sorted().toList();
    if (!validators.isEmpty() && !validators.stream().sorted().toList().equals(names)) {
      throw new CommandFailed(
          ExitCode.CONFLICT, "there is a ledger " + made.name() + " with the validators " + names);
    }
  }

  private ExitCode bring(Path file) throws InterruptedException {
    Usage.require(!endpoints.isEmpty(), "--charter needs at least one --endpoint");
    var read = CharterFile.read(file);
    var picture = new CharterPicture(read);
    if (!picture.isBinding()) {
      throw new CommandFailed(
          ExitCode.DENIED,
          file + " does not bind its validators:\n  " + String.join("\n  ", picture.faults()));
    }
    requireSafe(NetworkSites.of(endpoints).placementOf(read.genesis()));
    return new CharterDelivery(read, endpoints, Optional.empty()).run(timeout, output.console());
  }

  private void requireSafe(Placement placement) {
    int count = placement.committee().size();
    Usage.require(
        understood || count >= Placement.LIAR_TOLERATED_FROM,
        "a ledger of "
            + count
            + " validators fails if one of them lies; choose at least "
            + Placement.LIAR_TOLERATED_FROM
            + ", or add --i-understand");
    var fatal = placement.fatalDataCentres();
    Usage.require(
        understood || fatal.isEmpty(),
        "the ledger would halt if it lost data centre "
            + String.join(" or ", fatal)
            + "; see 'sampo quorum plan' for a committee that would not, or add --i-understand");
  }
}
