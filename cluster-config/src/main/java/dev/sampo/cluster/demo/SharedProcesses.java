package dev.sampo.cluster.demo;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.launch.Collector;
import dev.sampo.cluster.launch.NodeJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The nodes of a demo whose validators have several each, as processes; {@link #stop} leaves none
 * of them behind.
 */
final class SharedProcesses {

  private static final Duration READY_MAX = Duration.ofMinutes(5);
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(250);

  private final SharedNodes nodes;
  private final List<ValidatorProcess> processes;

  private SharedProcesses(SharedNodes nodes, List<ValidatorProcess> processes) {
    this.nodes = nodes;
    this.processes = List.copyOf(processes);
  }

  /** Makes their replicas and configurations; {@link #start} starts them. */
  static SharedProcesses prepare(
      SharedNodes nodes, Collector collector, Consumer<ValidatorProcess.Death> onDeath)
      throws IOException {
    nodes.prepare();
    var jvm = new NodeJvm(collector, Optional.empty(), nodes.ledgers());
    var processes = new ArrayList<ValidatorProcess>();
    for (int i = 0; i < nodes.count(); i++) {
      var config = nodes.writeConfig(i);
      processes.add(new ValidatorProcess(nodes.nameOf(i), config, nodes.log(i), jvm, onDeath));
    }
    return new SharedProcesses(nodes, processes);
  }

  SharedNodes nodes() {
    return nodes;
  }

  /** Returns when a node of each validator hosts each ledger. */
  synchronized void start(Consumer<String> progress) throws IOException, InterruptedException {
    for (var process : processes) {
      process.start();
    }
    int ledgers = DemoCharters.of(nodes.layout()).ledgers().size();
    for (int i = 0; i < nodes.layout().validators().size(); i++) {
      int validator = i;
      await(validator, () -> hosted(validator) == ledgers);
      progress.accept(DemoLayout.nameOf(validator) + " hosts its ledgers");
    }
  }

  private int hosted(int validator) {
    return nodes.ofValidator(validator).stream()
        .mapToInt(node -> HostingProbe.ledgers(nodes.endpoint(node)).size())
        .sum();
  }

  private void await(int validator, BooleanSupplier condition)
      throws InterruptedException, IOException {
    long deadline = System.nanoTime() + READY_MAX.toNanos();
    while (!condition.getAsBoolean()) {
      for (int node : nodes.ofValidator(validator)) {
        var process = processes.get(node);
        if (process.exitCode().isPresent() || System.nanoTime() > deadline) {
          throw new CommandFailed(
              ExitCode.FAILED,
              process.name()
                  + " does not start; the end of "
                  + process.log()
                  + ":\n"
                  + process.logTail());
        }
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
  }

  /** The node of this name. */
  Optional<ValidatorProcess> find(String name) {
    return processes.stream().filter(process -> process.name().equals(name)).findFirst();
  }

  /** Stops the node if it runs, and starts it again. */
  synchronized void restart(ValidatorProcess process) throws IOException, InterruptedException {
    process.requestStop();
    process.awaitEnd(STOP_GRACE);
    process.start();
  }

  /** Where those answer that run. */
  List<String> endpointsAlive() {
    return IntStream.range(0, nodes.count())
        .filter(node -> processes.get(node).isAlive())
        .mapToObj(nodes::endpoint)
        .toList();
  }

  DemoPointer pointer(Path control) throws IOException {
    var entries =
        IntStream.range(0, nodes.count())
            .mapToObj(
                node ->
                    new DemoPointer.Validator(
                        nodes.nameOf(node),
                        nodes.dataCentreOf(node),
                        nodes.endpoint(node),
                        processes.get(node).pid(),
                        nodes.validatorNameOf(node)))
            .toList();
    var layout = nodes.layout();
    return new DemoPointer(
        ProcessHandle.current().pid(),
        layout.genesis().ledgerId(),
        layout.keys(),
        control,
        entries,
        DemoCharters.of(layout).ledgers(),
        List.of());
  }

  /** For a command that puts load on them. */
  DemoSession session() throws IOException {
    var layout = nodes.layout();
    return new DemoSession(
        DemoCharters.of(layout).documents(),
        layout.keys(),
        IntStream.range(0, layout.validators().size()).mapToObj(this::endpointsOf).toList(),
        List.of(),
        processes.stream().map(ValidatorProcess::pid).toList(),
        List.of());
  }

  private List<String> endpointsOf(int validator) {
    return nodes.ofValidator(validator).stream().map(nodes::endpoint).toList();
  }

  void stop() throws InterruptedException {
    processes.forEach(ValidatorProcess::requestStop);
    for (var process : processes) {
      process.awaitEnd(STOP_GRACE);
    }
  }
}
