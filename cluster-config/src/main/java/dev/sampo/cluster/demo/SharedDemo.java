package dev.sampo.cluster.demo;

import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.launch.Collector;
import dev.sampo.cluster.launch.NodeJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A demo whose validators have several nodes each, which share their replicas in a database. It
 * stays until it is stopped, and takes orders from {@code demo kill} and {@code demo restart}.
 */
public final class SharedDemo {

  /** How an order to kill a node begins; its name follows. */
  public static final String KILL = "kill ";

  private static final String RESTART = "restart ";
  private static final Duration READY_MAX = Duration.ofMinutes(5);
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(250);

  private final Console console;
  private final Path pointerFile;
  private final Collector collector;
  private final Lifetime lifetime;

  /** With nodes whose memory {@code collector} reclaims. */
  public SharedDemo(Console console, Path pointerFile, Collector collector) {
    this.console = console;
    this.pointerFile = pointerFile;
    this.collector = collector;
    this.lifetime = Lifetime.untilStopped(console::say);
  }

  /** Returns only if the demo cannot start. */
  public ExitCode run(DemoChoice choice, int nodesPerValidator, DemoDatabase database)
      throws IOException, InterruptedException {
    try {
      if (DemoPointer.find(pointerFile).isPresent()) {
        throw new CommandFailed(
            ExitCode.CONFLICT, "a demo runs already; stop it with Ctrl-C first");
      }
      var running = start(choice, nodesPerValidator, database);
      console.answer(running.text(), running.pointer().json());
      new CountDownLatch(1).await();
      return ExitCode.OK;
    } finally {
      lifetime.end();
    }
  }

  private Running start(DemoChoice choice, int nodesPerValidator, DemoDatabase database)
      throws IOException, InterruptedException {
    var folder = DemoFolder.open(choice.data());
    lifetime.atEnd("remove " + folder.path(), folder::removeIfTemporary);
    var layout = DemoLayout.in(folder.path(), choice, new SecureRandom());
    var ports = DemoPorts.ephemeral(layout.validators().size() * nodesPerValidator);
    var nodes = new SharedNodes(layout, ports, nodesPerValidator, database);
    nodes.prepare();
    var control = Files.createTempDirectory("sampo-control-").resolve("control.sock");
    lifetime.atEnd("remove " + control, () -> Files.deleteIfExists(control.resolveSibling("")));
    var running = new Running(nodes, processes(nodes), control);
    lifetime.atEnd("stop the nodes", running::stop);
    console.say("starting " + nodes.count() + " nodes in " + folder.path() + " ...");
    running.start();
    var socket = ControlSocket.listen(control);
    lifetime.atEnd("close " + control, () -> close(socket, control));
    socket.serve(running::obey, failed -> console.say("an order was not understood: " + failed));
    running.point();
    lifetime.atEnd("remove " + pointerFile, () -> Files.deleteIfExists(pointerFile));
    return running;
  }

  private static void close(ControlSocket socket, Path control) throws IOException {
    socket.close();
    Files.deleteIfExists(control);
  }

  private List<ValidatorProcess> processes(SharedNodes nodes) throws IOException {
    var jvm = new NodeJvm(collector, Optional.empty(), nodes.ledgers());
    var processes = new ArrayList<ValidatorProcess>();
    for (int i = 0; i < nodes.count(); i++) {
      var config = nodes.writeConfig(i);
      processes.add(new ValidatorProcess(nodes.nameOf(i), config, nodes.log(i), jvm, this::report));
    }
    return processes;
  }

  private void report(ValidatorProcess.Death death) {
    console.say(
        "%s (process %d) ended with exit code %d; bring it back with: ./sampo demo restart %s"
            .formatted(death.name(), death.pid(), death.exitCode(), death.name()));
  }

  /** The demo's processes, and what they are told. */
  private final class Running {

    private final SharedNodes nodes;
    private final List<ValidatorProcess> processes;
    private final Path control;

    Running(SharedNodes nodes, List<ValidatorProcess> processes, Path control) {
      this.nodes = nodes;
      this.processes = processes;
      this.control = control;
    }

    /** Returns when a node of each validator hosts each ledger. */
    synchronized void start() throws IOException, InterruptedException {
      for (var process : processes) {
        process.start();
      }
      int ledgers = DemoCharters.of(nodes.layout()).ledgers().size();
      for (int i = 0; i < nodes.layout().validators().size(); i++) {
        int validator = i;
        await(validator, () -> hosted(validator) == ledgers);
        console.say(DemoLayout.nameOf(validator) + " hosts its ledgers");
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

    void point() throws IOException {
      pointer().write(pointerFile);
    }

    DemoPointer pointer() throws IOException {
      var entries = new ArrayList<DemoPointer.Validator>();
      for (int i = 0; i < nodes.count(); i++) {
        entries.add(
            new DemoPointer.Validator(
                nodes.nameOf(i), nodes.dataCentreOf(i), nodes.endpoint(i), processes.get(i).pid()));
      }
      var layout = nodes.layout();
      return new DemoPointer(
          ProcessHandle.current().pid(),
          layout.genesis().ledgerId(),
          layout.keys(),
          control,
          entries,
          DemoCharters.of(layout).ledgers());
    }

    String text() throws IOException {
      var text = new StringBuilder("Sampo is ready. Its nodes:\n");
      for (int i = 0; i < nodes.count(); i++) {
        text.append(
            "  %s  data centre %s  %s  process %d  hosts %s%n"
                .formatted(
                    nodes.nameOf(i),
                    nodes.dataCentreOf(i),
                    nodes.endpoint(i),
                    processes.get(i).pid(),
                    HostingProbe.ledgers(nodes.endpoint(i))));
      }
      return text.append("Ctrl-C stops it.").toString();
    }

    /** Answers in one line, as the demo of single nodes does. */
    String obey(String order) {
      try {
        var killed = find(order, KILL);
        if (killed.isPresent()) {
          killed.get().kill();
          return InteractiveDemo.DONE + killed.get().name() + " is killed";
        }
        var restarted = find(order, RESTART);
        if (restarted.isPresent()) {
          restart(restarted.get());
          return InteractiveDemo.DONE
              + restarted.get().name()
              + " runs again, as process "
              + restarted.get().pid();
        }
        return "there is no such node: " + order;
      } catch (IOException | IllegalStateException failed) {
        return "not done: " + order + ": " + failed.getMessage();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return "the demo is being stopped";
      }
    }

    private Optional<ValidatorProcess> find(String order, String verb) {
      return order.startsWith(verb)
          ? processes.stream()
              .filter(process -> process.name().equals(order.substring(verb.length())))
              .findFirst()
          : Optional.empty();
    }

    private synchronized void restart(ValidatorProcess process)
        throws IOException, InterruptedException {
      process.requestStop();
      process.awaitEnd(STOP_GRACE);
      process.start();
      point();
    }

    void stop() throws InterruptedException {
      processes.forEach(ValidatorProcess::requestStop);
      for (var process : processes) {
        process.awaitEnd(STOP_GRACE);
      }
    }
  }
}
