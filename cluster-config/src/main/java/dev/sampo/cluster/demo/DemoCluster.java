package dev.sampo.cluster.demo;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.launch.NodeJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The validators, gateways and readers of a demo as running processes; {@link #stop} leaves none of
 * them behind.
 */
final class DemoCluster {

  private static final Duration STOP_GRACE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);

  private final DemoLayout layout;
  private final DemoPorts ports;
  private final List<ValidatorProcess> processes;
  private final List<ValidatorProcess> gateways;
  private final List<ValidatorProcess> readers;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean stopping;

  private DemoCluster(
      DemoLayout layout,
      DemoPorts ports,
      List<ValidatorProcess> processes,
      List<ValidatorProcess> gateways,
      List<ValidatorProcess> readers) {
    this.layout = layout;
    this.ports = ports;
    this.processes = List.copyOf(processes);
    this.gateways = List.copyOf(gateways);
    this.readers = List.copyOf(readers);
  }

  /**
   * Prepares the processes, with configurations that {@code files} writes; {@link #start} starts
   * them.
   *
   * @param jvms what is chosen about the JVM of each validator, in the order of their indices
   */
  static DemoCluster prepare(
      DemoLayout layout,
      DemoPorts ports,
      NodeFiles files,
      List<NodeJvm> jvms,
      Consumer<ValidatorProcess.Death> onDeath)
      throws IOException {
    var processes = new ArrayList<ValidatorProcess>();
    for (int i = 0; i < layout.validators().size(); i++) {
      var log = layout.home(i).resolve("node.log");
      processes.add(
          new ValidatorProcess(DemoLayout.nameOf(i), files.write(i), log, jvms.get(i), onDeath));
    }
    var gateways = new ArrayList<ValidatorProcess>();
    for (int i = 0; i < layout.sites().gateways(); i++) {
      var config = files.writeGateway(i);
      var log = layout.gatewayHome(i).resolve("node.log");
      var jvm = new NodeJvm(jvms.getFirst().collector(), Optional.empty(), 1);
      gateways.add(new ValidatorProcess(DemoLayout.gatewayName(i), config, log, jvm, onDeath));
    }
    var readers = new ArrayList<ValidatorProcess>();
    for (int i = 0; i < layout.sites().readers(); i++) {
      var config = files.writeReader(i);
      var log = layout.readerHome(i).resolve("node.log");
      var jvm =
          new NodeJvm(jvms.getFirst().collector(), Optional.empty(), jvms.getFirst().ledgers());
      readers.add(new ValidatorProcess(DemoLayout.readerName(i), config, log, jvm, onDeath));
    }
    return new DemoCluster(layout, ports, processes, gateways, readers);
  }

  synchronized void start() throws IOException {
    if (stopping) {
      throw new IllegalStateException("the demo is being stopped");
    }
    for (var process : all()) {
      process.start();
    }
  }

  private List<ValidatorProcess> all() {
    var all = new ArrayList<>(processes);
    all.addAll(gateways);
    all.addAll(readers);
    return all;
  }

  /** Where each gateway serves; none if there are none. */
  List<String> gatewayEndpoints() {
    return IntStream.range(0, gateways.size())
        .mapToObj(index -> "http://127.0.0.1:" + ports.gatewayApi(index))
        .toList();
  }

  private String readerEndpoint(int index) {
    return "http://127.0.0.1:" + ports.readerApi(index);
  }

  List<ValidatorProcess> processes() {
    return processes;
  }

  /** The validator, gateway or reader of that name. */
  Optional<ValidatorProcess> find(String name) {
    return all().stream().filter(process -> process.name().equals(name)).findFirst();
  }

  /** Stops the node if it runs, and starts it again. */
  synchronized void restart(ValidatorProcess process) throws IOException, InterruptedException {
    if (stopping) {
      throw new IllegalStateException("the demo is being stopped");
    }
    process.requestStop();
    process.awaitEnd(STOP_GRACE);
    process.start();
  }

  String endpoint(int index) {
    return "http://127.0.0.1:" + ports.api().get(index);
  }

  List<String> endpoints() {
    return IntStream.range(0, processes.size()).mapToObj(this::endpoint).toList();
  }

  DemoPointer pointer(Path control) throws IOException {
    var validators =
        IntStream.range(0, processes.size())
            .mapToObj(
                i ->
                    new DemoPointer.Validator(
                        DemoLayout.nameOf(i),
                        layout.dataCentreOf(i),
                        endpoint(i),
                        processes.get(i).pid()))
            .toList();
    return new DemoPointer(
        ProcessHandle.current().pid(),
        layout.genesis().ledgerId(),
        layout.keys(),
        control,
        validators,
        DemoCharters.of(layout).ledgers(),
        readerEntries());
  }

  private List<DemoPointer.Reader> readerEntries() {
    return IntStream.range(0, readers.size())
        .mapToObj(
            i ->
                new DemoPointer.Reader(
                    DemoLayout.readerName(i), layout.dataCentreInTurn(i), readerEndpoint(i)))
        .toList();
  }

  /** Waits until every validator is ready and sees all others as members of the cluster. */
  void awaitReady(Duration atMost, Consumer<String> progress)
      throws InterruptedException, IOException {
    long deadline = System.nanoTime() + atMost.toNanos();
    for (int i = 0; i < processes.size(); i++) {
      int index = i;
      awaitThat(processes.get(index), deadline, () -> ReadyProbe.isReady(endpoint(index)));
      progress.accept(processes.get(i).name() + " is ready");
    }
    try (var clients = ValidatorClients.connect(layout.genesis(), endpoints())) {
      for (int i = 0; i < processes.size(); i++) {
        int index = i;
        awaitThat(processes.get(index), deadline, () -> seesAll(clients, index));
      }
    }
    for (int i = 0; i < gateways.size(); i++) {
      var endpoint = gatewayEndpoints().get(i);
      awaitThat(gateways.get(i), deadline, () -> ReadyProbe.isReady(endpoint));
      progress.accept(gateways.get(i).name() + " is ready");
    }
    for (int i = 0; i < readers.size(); i++) {
      int index = i;
      awaitThat(readers.get(i), deadline, () -> ReadyProbe.isReady(readerEndpoint(index)));
      progress.accept(readers.get(i).name() + " is ready");
    }
    int organisations = layout.sites().organisations();
    progress.accept(
        organisations == 1
            ? "the cluster has " + all().size() + " members"
            : "the clusters of " + organisations + " organisations have all their members");
  }

  /** Waits until the node runs; it may have to wait for others before it is ready. */
  void awaitAlive(ValidatorProcess process, Duration atMost)
      throws InterruptedException, IOException {
    var endpoint = endpointOf(process);
    long deadline = System.nanoTime() + atMost.toNanos();
    awaitThat(process, deadline, () -> ReadyProbe.isAlive(endpoint));
  }

  /** Where a node of this demo serves. */
  String endpointOf(ValidatorProcess process) {
    int gateway = gateways.indexOf(process);
    int reader = readers.indexOf(process);
    return gateway >= 0
        ? gatewayEndpoints().get(gateway)
        : reader >= 0 ? readerEndpoint(reader) : endpoint(processes.indexOf(process));
  }

  private boolean seesAll(ValidatorClients clients, int index) {
    int members = layout.sameOrganisation(index).size() + gateways.size() + readers.size();
    return clients
        .status(index)
        .filter(status -> status.getClusterMembersUp() == members)
        .isPresent();
  }

  /** A condition of a validator that can only come true while it runs. */
  private interface Condition {
    boolean holds();
  }

  private void awaitThat(ValidatorProcess process, long deadline, Condition condition)
      throws InterruptedException, IOException {
    while (!condition.holds()) {
      var exitCode = process.exitCode();
      if (exitCode.isPresent()) {
        throw notStarted(process, "ended with exit code " + exitCode.get());
      }
      if (System.nanoTime() > deadline) {
        throw notStarted(process, "is not ready in time");
      }
      if (stopped.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InterruptedException("the demo is being stopped");
      }
    }
  }

  private static CommandFailed notStarted(ValidatorProcess process, String what)
      throws IOException {
    return new CommandFailed(
        ExitCode.FAILED,
        process.name() + " " + what + "; the end of " + process.log() + ":\n" + process.logTail());
  }

  synchronized void stop() throws InterruptedException {
    stopping = true;
    stopped.countDown();
    all().forEach(ValidatorProcess::requestStop);
    for (var process : all()) {
      process.awaitEnd(STOP_GRACE);
    }
  }
}
